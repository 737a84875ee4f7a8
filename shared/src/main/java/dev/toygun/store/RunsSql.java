package dev.toygun.store;

/** The statements of {@link Runs}. */
final class RunsSql {
  /*
   * What is not asked is folded away when the statement is planned with its values: then what is active,
   * a task of a type, and all there is have an index in this order. Of what that has so many rows are looked
   * at ($9), and the last one is there too where there are so many, so that the next page goes on behind it.
   */
  /**
   * $1 a type, $2 a task, $3 whether active, $4 whether it has panicked, $5 how it ended, null for
   * any; $6 from this uuid on, $7 before this one, $8 how many, $9 how many are looked at, $10
   * below this resource.
   */
  static final String ROWS =
      """
      SELECT r.*, r.n = $9::bigint AS looked_through,
             (SELECT o.label FROM resources o WHERE o.uuid = r.resource_uuid) AS label
        FROM (SELECT t.resource_uuid, t.uuid, t.type, t.name, t.run, t.state, t.step, t.active, t.outcome,
                     t.started_by, t.cause, t.due_at, t.error, t.created_at, t.updated_at, t.ended_at,
                     row_number() OVER (ORDER BY t.uuid DESC) AS n,
                     %s AND ($10::uuid IS NULL OR EXISTS (
                       SELECT FROM resources o
                        WHERE o.uuid = t.resource_uuid AND (o.uuid = $10 OR $10 = ANY (o.path)) OFFSET 0)) AS meant
                FROM tasks t
               WHERE ($3::boolean IS NOT TRUE
                      OR (t.active AND t.uuid > '00000000-0000-0000-0000-000000000000'))
                 AND ($3::boolean IS TRUE OR $1::text IS NULL OR $2::text IS NULL OR (t.type = $1 AND t.name = $2))
                 AND ($6::uuid IS NULL OR t.uuid >= $6)
                 AND ($7::uuid IS NULL OR t.uuid < $7)
               ORDER BY t.uuid DESC
               LIMIT $9::bigint) AS r
       WHERE r.meant OR r.n = $9::bigint
       ORDER BY r.uuid DESC
       LIMIT $8
      """
          .formatted(meant());

  /**
   * The same of what is below a resource ($9) that has little below it, all of which is looked at.
   */
  static final String FEW =
      SubtreeSql.below("$9", "true")
          + """
          SELECT t.resource_uuid, t.uuid, t.type, t.name, t.run, t.state, t.step, t.active, t.outcome,
                 t.started_by, t.cause, t.due_at, t.error, t.created_at, t.updated_at, t.ended_at,
                 true AS meant, false AS looked_through,
                 (SELECT o.label FROM resources o WHERE o.uuid = t.resource_uuid) AS label
            FROM below b
           CROSS JOIN LATERAL (
             SELECT t.* FROM tasks t
              WHERE t.resource_uuid = b.uuid AND %s
                AND ($6::uuid IS NULL OR t.uuid >= $6)
                AND ($7::uuid IS NULL OR t.uuid < $7)
              ORDER BY t.uuid DESC
              LIMIT $8) AS t
           ORDER BY t.uuid DESC
           LIMIT $8
          """
              .formatted(meant());

  private static String meant() {
    return """
    ($1::text IS NULL OR t.type = $1)
      AND ($2::text IS NULL OR t.name = $2)
      AND ($3::boolean IS NULL OR t.active = $3)
      AND ($4::boolean IS NULL OR (t.state = '__panic__') = $4)
      AND ($5::text IS NULL OR coalesce(t.outcome, 'finished') = $5)\
    """;
  }

  private RunsSql() {}
}

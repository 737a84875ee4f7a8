package dev.toygun.store;

/**
 * The statements that remove what has ended. Each goes along an index of what has ended, or by a
 * key, and takes so many rows at most.
 */
final class RetentionSql {
  /*
   * From task to task along the index, one probe each; what the newest version of its type that has it
   * says of it.
   */
  /** $1, $2: how many runs, and for how many seconds, where no type says. */
  static final String TASKS =
      """
      WITH RECURSIVE ended AS (
        (SELECT type, name FROM tasks WHERE NOT active ORDER BY type, name LIMIT 1)
        UNION ALL
        SELECT n.type, n.name
          FROM ended e
         CROSS JOIN LATERAL (
           SELECT t.type, t.name
             FROM tasks t
            WHERE NOT t.active AND (t.type, t.name) > (e.type, e.name)
            ORDER BY t.type, t.name
            LIMIT 1) AS n)
      SELECT e.type, e.name, coalesce((k.keep ->> 'runs')::integer, $1::integer),
             coalesce((k.keep ->> 'time')::bigint, $2::bigint)
        FROM ended e
        LEFT JOIN LATERAL (
          SELECT t.task -> 'keep' AS keep
            FROM resource_types d
           CROSS JOIN LATERAL jsonb_array_elements(d.definition -> 'tasks') AS t (task)
           WHERE d.name = e.type AND t.task ->> 'name' = e.name
           ORDER BY d.version DESC
           LIMIT 1) AS k ON true
      """;

  /** $1: for how many seconds, where no type says. */
  static final String TYPES =
      """
      WITH RECURSIVE ended AS (
        (SELECT type FROM resources WHERE NOT active ORDER BY type LIMIT 1)
        UNION ALL
        SELECT n.type
          FROM ended e
         CROSS JOIN LATERAL (
           SELECT r.type FROM resources r WHERE NOT r.active AND r.type > e.type ORDER BY r.type LIMIT 1) AS n)
      SELECT e.type,
             coalesce((SELECT (d.definition ->> 'keep')::bigint
                         FROM resource_types d WHERE d.name = e.type ORDER BY d.version DESC LIMIT 1), $1::bigint)
        FROM ended e
      """;

  /*
   * Most of what ended long ago is the latest run of something that lives: it is looked at, page by
   * page, and stays.
   */
  /**
   * $1, $2 type and task, $3 seconds, $4 runs, $5, $6 what the page before ended with, $7 how many.
   */
  static final String RUNS =
      """
      WITH seen AS MATERIALIZED (
        SELECT t.resource_uuid, t.uuid, t.run, t.ended_at
          FROM tasks t
         WHERE NOT t.active AND t.type = $1 AND t.name = $2
           AND t.ended_at < now() - $3::bigint * interval '1 s'
           AND (t.ended_at, t.uuid) > (coalesce($5::timestamptz, '-infinity'),
                                       coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
         ORDER BY t.ended_at, t.uuid
         LIMIT $7)
      SELECT s.resource_uuid, s.uuid, s.ended_at,
             s.run <= (SELECT l.run
                         FROM tasks l
                        WHERE l.resource_uuid = s.resource_uuid AND l.name = $2
                        ORDER BY l.run DESC
                        LIMIT 1) - $4::bigint AS over
        FROM seen s
       ORDER BY s.ended_at, s.uuid
      """;

  /** $1 type, $2 seconds, $3, $4 what the page before ended with, $5 how many. */
  static final String RESOURCES =
      """
      SELECT r.uuid, r.uuid, r.ended_at, true
        FROM resources r
       WHERE NOT r.active AND r.type = $1
         AND r.ended_at < now() - $2::bigint * interval '1 s'
         AND (r.ended_at, r.uuid) > (coalesce($3::timestamptz, '-infinity'),
                                     coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
       ORDER BY r.ended_at, r.uuid
       LIMIT $5
      """;

  /** $1 what the page before ended with, $2 how many resources. */
  static final String LIVING =
      """
      SELECT r.uuid, r.uuid, r.created_at, r.active
        FROM resources r
       WHERE r.uuid > $1
       ORDER BY r.uuid
       LIMIT $2
      """;

  /* An alarm may tell of the error of a run, and be its resource's. */
  /** $1, $2 runs, $3 how many of the latest stay. */
  static final String LOCK_RUNS =
      """
      SELECT t.resource_uuid, t.uuid
        FROM unnest($1::uuid[], $2::uuid[]) AS v (resource_uuid, uuid)
        JOIN tasks t ON t.resource_uuid = v.resource_uuid AND t.uuid = v.uuid
        JOIN resources r ON r.uuid = t.resource_uuid
       WHERE NOT t.active
         AND t.run <= (SELECT l.run
                         FROM tasks l
                        WHERE l.resource_uuid = t.resource_uuid AND l.name = t.name
                        ORDER BY l.run DESC
                        LIMIT 1) - $3::bigint
         AND NOT EXISTS (SELECT FROM alarms a
                          WHERE a.resource_uuid = t.resource_uuid AND a.active
                            AND (a.subject_uuid = t.uuid
                                 OR EXISTS (SELECT FROM errors e WHERE e.uuid = a.error AND e.subject_uuid = t.uuid)))
         AND %s
         FOR UPDATE OF t SKIP LOCKED
      """
          .formatted(HeldSql.NO_TASK);

  /** $1 resources. A child that has ended goes before its parent does. */
  static final String LOCK_RESOURCES =
      """
      SELECT r.uuid, r.uuid
        FROM unnest($1::uuid[]) AS v (uuid)
        JOIN resources r ON r.uuid = v.uuid
       WHERE NOT r.active
         AND NOT EXISTS (SELECT FROM resources c WHERE c.parent_uuid = r.uuid)
         AND NOT EXISTS (SELECT FROM tasks t WHERE t.resource_uuid = r.uuid AND t.active)
         AND NOT EXISTS (SELECT FROM alarms a WHERE a.resource_uuid = r.uuid AND a.active)
         AND %s
         FOR UPDATE OF r SKIP LOCKED
      """
          .formatted(HeldSql.NO_RESOURCE);

  /** $1, $2 runs: their alarms, which are closed, and have moves of their own. */
  static final String ALARMS_OF_RUNS =
      """
      SELECT a.resource_uuid, a.uuid
        FROM unnest($1::uuid[], $2::uuid[]) AS v (resource_uuid, uuid)
        JOIN alarms a ON a.resource_uuid = v.resource_uuid AND a.subject_uuid = v.uuid AND NOT a.active
      """;

  /** $1 resources: themselves and their active tasks. */
  static final String MACHINES =
      """
      SELECT v.uuid, v.uuid FROM unnest($1::uuid[]) AS v (uuid)
       UNION ALL
      SELECT t.resource_uuid, t.uuid
        FROM unnest($1::uuid[]) AS v (uuid)
        JOIN tasks t ON t.resource_uuid = v.uuid AND t.active
      """;

  private static final String SUBJECT =
      "o.resource_uuid = v.resource_uuid AND o.subject_uuid = v.subject_uuid";
  private static final String RESOURCE = "o.resource_uuid = v.resource_uuid";

  /* Of runs and their alarms; $1, $2 resources and subjects, $3 how many rows. */
  static final String MOVES =
      deletion("transitions", "resource_uuid, subject_uuid, step, at", SUBJECT);
  static final String CHANGES =
      deletion("changes", "resource_uuid, subject_uuid, version", SUBJECT);
  static final String LOG = deletion("log", "seq", SUBJECT);
  static final String ERRORS = deletion("errors", "uuid, at", "o.subject_uuid = v.subject_uuid");
  static final String SIGNALS = deletion("signals", "resource_uuid, uuid", SUBJECT);
  static final String HOPS =
      deletion("hops", "error_uuid, level", "o.panicked_uuid = v.subject_uuid");
  static final String ALARMS =
      deletion("alarms", "resource_uuid, uuid", SUBJECT + " AND NOT o.active");
  static final String THINNED = deletion("thinned", "resource_uuid, subject_uuid", SUBJECT);
  static final String RUN =
      deletion("tasks", "resource_uuid, uuid", RESOURCE + " AND o.uuid = v.subject_uuid");

  /* Of whole resources; $1, $2 each twice, $3 how many rows. */
  static final String ALL_MOVES =
      deletion("transitions", "resource_uuid, subject_uuid, step, at", RESOURCE);
  static final String ALL_CHANGES =
      deletion("changes", "resource_uuid, subject_uuid, version", RESOURCE);
  static final String ALL_LOG = deletion("log", "seq", RESOURCE);
  static final String ALL_ERRORS = deletion("errors", "uuid, at", RESOURCE);
  static final String ALL_SIGNALS = deletion("signals", "resource_uuid, uuid", RESOURCE);
  static final String ALL_HOPS =
      deletion("hops", "error_uuid, level", "o.panicked_resource = v.resource_uuid");
  static final String ALL_THINNED = deletion("thinned", "resource_uuid, subject_uuid", RESOURCE);
  static final String ALL_ALARMS = deletion("alarms", "resource_uuid, uuid", RESOURCE);
  static final String OBSERVATIONS =
      deletion("observations", "resource_uuid, at, version", RESOURCE);
  static final String TRIGGERS = deletion("triggers", "resource_uuid, name", RESOURCE);
  static final String SCHEDULES = deletion("schedules", "resource_uuid, name", RESOURCE);
  static final String FIELD_INDEX = deletion("field_index", "resource_uuid, field", RESOURCE);
  static final String ALL_RUNS = deletion("tasks", "resource_uuid, uuid", RESOURCE);
  static final String ITSELF = deletion("resources", "uuid", "o.uuid = v.resource_uuid");

  /** $1 seconds, $2 how many. */
  static final String AUDIT =
      """
      DELETE FROM audit
       WHERE seq IN (SELECT o.seq FROM audit o
                      WHERE o.at < now() - $1::bigint * interval '1 s' ORDER BY o.at, o.seq LIMIT $2)
      """;

  /** $1 seconds, $2 how many. */
  static final String HOLDS =
      """
      DELETE FROM holds
       WHERE uuid IN (SELECT o.uuid FROM holds o
                       WHERE o.settled_at < now() - $1::bigint * interval '1 s' ORDER BY o.settled_at LIMIT $2)
      """;

  /** $1 how many: of bulk runs that ended 30 days ago. */
  static final String BULK_ITEMS =
      """
      DELETE FROM bulk_items
       WHERE (bulk_uuid, resource_uuid) IN (
             SELECT o.bulk_uuid, o.resource_uuid
               FROM (SELECT b.uuid FROM bulks b
                      WHERE b.ended_at < now() - interval '30 days' ORDER BY b.ended_at LIMIT 100) AS b
              CROSS JOIN LATERAL (
                SELECT i.bulk_uuid, i.resource_uuid FROM bulk_items i
                 WHERE i.bulk_uuid = b.uuid ORDER BY i.resource_uuid LIMIT $1) AS o
              LIMIT $1)
      """;

  /** $1 how many: the same, of which no item is left. */
  static final String BULKS =
      """
      DELETE FROM bulks
       WHERE uuid IN (SELECT o.uuid FROM bulks o
                       WHERE o.ended_at < now() - interval '30 days'
                         AND NOT EXISTS (SELECT FROM bulk_items i WHERE i.bulk_uuid = o.uuid)
                       ORDER BY o.ended_at LIMIT $1)
      """;

  /* Found row by row from its owner, and deleted by its key: no table is read for what is young. */
  private static String deletion(String table, String key, String whose) {
    return """
    DELETE FROM %1$s AS d
     USING (SELECT o.*
              FROM unnest($1::uuid[], $2::uuid[]) AS v (resource_uuid, subject_uuid)
             CROSS JOIN LATERAL (SELECT %2$s FROM %1$s AS o WHERE %3$s LIMIT $3) AS o
             LIMIT $3) AS o
     WHERE (%4$s) = (%5$s)
    """
        .formatted(table, key, whose, columns("d", key), columns("o", key));
  }

  private static String columns(String of, String key) {
    return of + "." + key.replace(", ", ", " + of + ".");
  }

  private RetentionSql() {}
}

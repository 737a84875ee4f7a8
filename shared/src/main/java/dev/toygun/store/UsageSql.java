package dev.toygun.store;

/** The statements about what ticks have used. */
final class UsageSql {
  /* In the order of the key: two workers at once never wait for each other in a circle. */
  /** $1 types, $2 tasks, $3 resources, $4 ticks, $5 to $7 seconds. */
  static final String CHARGE =
      """
      INSERT INTO usage AS u (minute, type, task, resource_uuid, ticks, ran_s, waited_s, committed_s)
      SELECT date_trunc('minute', now()), v.type, v.task, v.resource_uuid, v.ticks, v.ran_s, v.waited_s, v.committed_s
        FROM unnest($1::text[], $2::text[], $3::uuid[], $4::float8[], $5::float8[], $6::float8[], $7::float8[])
               AS v (type, task, resource_uuid, ticks, ran_s, waited_s, committed_s)
       ORDER BY v.type, v.task, v.resource_uuid
          ON CONFLICT (minute, type, task, resource_uuid) DO UPDATE
         SET ticks = u.ticks + excluded.ticks, ran_s = u.ran_s + excluded.ran_s,
             waited_s = u.waited_s + excluded.waited_s, committed_s = u.committed_s + excluded.committed_s
      """;

  /*
   * used     what each machine's rows of these minutes come to: those that are exact, or where it
   *          matters whose they are, those of the samples
   * charged  the same with whom it is charged to. Who is above a resource is read now, from its
   *          path, so nobody is charged twice; one that was removed stands for itself
   * items    who used most
   */
  /** $1 seconds, $2 by, $3 under, $4 types, $5 limit. */
  static final String USED =
      """
      WITH span AS (
        SELECT date_trunc('minute', now() - $1::bigint * interval '1 s') AS since),
      used AS MATERIALIZED (
        SELECT u.type, u.task, nullif(u.resource_uuid, '00000000-0000-0000-0000-000000000000') AS resource_uuid,
               sum(u.ticks) AS ticks, sum(u.ran_s) AS ran_s, sum(u.waited_s) AS waited_s, sum(u.committed_s) AS committed_s
          FROM usage u
         WHERE u.minute >= (SELECT since FROM span)
           AND (u.resource_uuid = '00000000-0000-0000-0000-000000000000')
                 = ($3::uuid IS NULL AND $2::text IN ('type', 'task'))
           AND ($4::text[] IS NULL OR u.type = ANY ($4))
         GROUP BY u.type, u.task, u.resource_uuid),
      charged AS MATERIALIZED (
        SELECT u.type, CASE WHEN $2 = 'task' THEN u.task ELSE '' END AS task,
               CASE WHEN $2 = 'resource' THEN u.resource_uuid
                    WHEN $2 = 'tree' AND $3 IS NULL THEN coalesce(r.path[1], u.resource_uuid)
                    WHEN $2 = 'tree' THEN coalesce((r.path || r.uuid)[array_position(r.path || r.uuid, $3) + 1], $3)
                END AS resource_uuid,
               u.ticks, u.ran_s, u.waited_s, u.committed_s
          FROM used u
          LEFT JOIN resources r ON r.uuid = u.resource_uuid
         WHERE $3 IS NULL OR $3 = ANY (r.path || r.uuid)),
      total AS (
        SELECT coalesce(sum(ticks), 0) AS ticks, coalesce(sum(ran_s), 0) AS ran_s,
               coalesce(sum(waited_s), 0) AS waited_s, coalesce(sum(committed_s), 0) AS committed_s
          FROM charged),
      items AS (
        SELECT coalesce(max(r.type), max(c.type)) AS type, c.task, c.resource_uuid, coalesce(max(r.label), '') AS label,
               sum(c.ticks) AS ticks, sum(c.ran_s) AS ran_s, sum(c.waited_s) AS waited_s, sum(c.committed_s) AS committed_s,
               EXISTS (SELECT FROM heavy h WHERE h.resource_uuid = c.resource_uuid) AS heavy
          FROM charged c
          LEFT JOIN resources r ON r.uuid = c.resource_uuid
         WHERE $4 IS NULL OR coalesce(r.type, c.type) = ANY ($4)
         GROUP BY c.task, c.resource_uuid, CASE WHEN c.resource_uuid IS NULL THEN c.type END
         ORDER BY sum(c.ran_s) + sum(c.committed_s) DESC, sum(c.waited_s) DESC, 1, 2, 3
         LIMIT $5)
      SELECT s.since, now(), t.ticks, t.ran_s, t.waited_s, t.committed_s,
             i.type, i.task, i.resource_uuid, i.label, i.ticks, i.ran_s, i.waited_s, i.committed_s, i.heavy
        FROM span s
       CROSS JOIN total t
        LEFT JOIN items i ON true
       ORDER BY i.ran_s + i.committed_s DESC, i.waited_s DESC, i.type, i.task, i.resource_uuid
      """;

  /** $1 seconds, $2 how many. */
  static final String REMOVE =
      """
      DELETE FROM usage
       WHERE (minute, type, task, resource_uuid) IN (
               SELECT o.minute, o.type, o.task, o.resource_uuid
                 FROM usage o
                WHERE o.minute < now() - $1::bigint * interval '1 s'
                ORDER BY o.minute, o.type, o.task, o.resource_uuid
                LIMIT $2)
      """;

  private UsageSql() {}
}

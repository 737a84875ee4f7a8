package dev.toygun.store;

/**
 * The statements of a clock. What they cost follows what is due, not what exists: each goes along
 * an index that begins with a list's columns.
 */
final class DueSql {
  static final String CLAIM =
      """
      INSERT INTO passes AS p (name, owner, until, upto)
      VALUES ($1, $2, now() + $3::bigint * interval '1 microsecond', now())
          ON CONFLICT (name) DO UPDATE
         SET owner = excluded.owner, until = excluded.until
       WHERE p.owner = excluded.owner OR p.until < now()
      RETURNING now(), p.upto
      """;

  static final String ADVANCE =
      """
      UPDATE passes SET upto = $3 WHERE name = $1 AND owner = $2
      """;

  /*
   * From list to list along the index, one probe each. Nobody takes what belongs to the system itself:
   * it is never ticked.
   */
  static final String RESOURCE_LISTS =
      """
      WITH RECURSIVE lists AS (
        (SELECT queue, type, schema_version, priority
           FROM resources
          WHERE active
          ORDER BY queue, type, schema_version, priority
          LIMIT 1)
        UNION ALL
        SELECT n.queue, n.type, n.schema_version, n.priority
          FROM lists l
         CROSS JOIN LATERAL (
           SELECT r.queue, r.type, r.schema_version, r.priority
             FROM resources r
            WHERE r.active
              AND (r.queue, r.type, r.schema_version, r.priority)
                    > (l.queue, l.type, l.schema_version, l.priority)
            ORDER BY r.queue, r.type, r.schema_version, r.priority
            LIMIT 1) AS n)
      SELECT queue, type, schema_version, priority FROM lists WHERE type <> '__system__'
      """;

  static final String TASK_LISTS =
      """
      WITH RECURSIVE lists AS (
        (SELECT queue, type, schema_version, priority
           FROM tasks
          WHERE active AND due_at IS NOT NULL
          ORDER BY queue, type, schema_version, priority
          LIMIT 1)
        UNION ALL
        SELECT n.queue, n.type, n.schema_version, n.priority
          FROM lists l
         CROSS JOIN LATERAL (
           SELECT t.queue, t.type, t.schema_version, t.priority
             FROM tasks t
            WHERE t.active AND t.due_at IS NOT NULL
              AND (t.queue, t.type, t.schema_version, t.priority)
                    > (l.queue, l.type, l.schema_version, l.priority)
            ORDER BY t.queue, t.type, t.schema_version, t.priority
            LIMIT 1) AS n)
      SELECT queue, type, schema_version, priority FROM lists
      """;

  static final String RESOURCES =
      """
      SELECT uuid, uuid, due_at, due_at > now()
        FROM resource_dues
       WHERE queue = $1 AND type = $2 AND schema_version = $3 AND priority = $4
         AND due_at <= now() + $7::bigint * interval '1 microsecond'
         AND (due_at, uuid) > (coalesce($5::timestamptz, '-infinity'),
                               coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
       ORDER BY due_at, uuid
       LIMIT $8
      """;

  static final String TASKS =
      """
      SELECT resource_uuid, uuid, due_at, due_at > now()
        FROM tasks
       WHERE active AND queue = $1 AND type = $2 AND schema_version = $3 AND priority = $4
         AND due_at <= now() + $7::bigint * interval '1 microsecond'
         AND (due_at, uuid) > (coalesce($5::timestamptz, '-infinity'),
                               coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
       ORDER BY due_at, uuid
       LIMIT $8
      """;

  static final String RESOURCE_PERIODS =
      """
      WITH RECURSIVE periods AS (
        (SELECT queue, type, schema_version, priority, every_s
           FROM resources
          WHERE active AND every_s IS NOT NULL
          ORDER BY queue, type, schema_version, priority, every_s
          LIMIT 1)
        UNION ALL
        SELECT n.queue, n.type, n.schema_version, n.priority, n.every_s
          FROM periods p
         CROSS JOIN LATERAL (
           SELECT r.queue, r.type, r.schema_version, r.priority, r.every_s
             FROM resources r
            WHERE r.active AND r.every_s IS NOT NULL
              AND (r.queue, r.type, r.schema_version, r.priority, r.every_s)
                    > (p.queue, p.type, p.schema_version, p.priority, p.every_s)
            ORDER BY r.queue, r.type, r.schema_version, r.priority, r.every_s
            LIMIT 1) AS n)
      SELECT queue, type, schema_version, priority, every_s FROM periods
      """;

  static final String TASK_PERIODS =
      """
      WITH RECURSIVE periods AS (
        (SELECT queue, type, schema_version, priority, every_s
           FROM tasks
          WHERE active AND every_s IS NOT NULL
          ORDER BY queue, type, schema_version, priority, every_s
          LIMIT 1)
        UNION ALL
        SELECT n.queue, n.type, n.schema_version, n.priority, n.every_s
          FROM periods p
         CROSS JOIN LATERAL (
           SELECT t.queue, t.type, t.schema_version, t.priority, t.every_s
             FROM tasks t
            WHERE t.active AND t.every_s IS NOT NULL
              AND (t.queue, t.type, t.schema_version, t.priority, t.every_s)
                    > (p.queue, p.type, p.schema_version, p.priority, p.every_s)
            ORDER BY t.queue, t.type, t.schema_version, t.priority, t.every_s
            LIMIT 1) AS n)
      SELECT queue, type, schema_version, priority, every_s FROM periods
      """;

  static final String POLLED_RESOURCES =
      """
      SELECT uuid, uuid
        FROM resources
       WHERE active AND every_s IS NOT NULL
         AND queue = $1 AND type = $2 AND schema_version = $3 AND priority = $4
         AND every_s = $5 AND (bucket, uuid) > ($6, $7) AND bucket <= $8
       ORDER BY bucket, uuid
       LIMIT $9
      """;

  static final String POLLED_TASKS =
      """
      SELECT resource_uuid, uuid
        FROM tasks
       WHERE active AND every_s IS NOT NULL
         AND queue = $1 AND type = $2 AND schema_version = $3 AND priority = $4
         AND every_s = $5 AND (bucket, uuid) > ($6, $7) AND bucket <= $8
       ORDER BY bucket, uuid
       LIMIT $9
      """;

  /*
   * The limit is on what is looked at, not on what rests: no index knows who rests, so a page of those
   * at rest might take the whole list. The priority is a range of one, for the planner's sake: by the
   * key alone, which has the same order, it might look at all resources for the few of this list.
   */
  static final String WAKE_RESTING =
      """
      WITH seen AS (
        SELECT uuid, due_at IS NULL AS rests
          FROM resources
         WHERE active AND queue = $1 AND type = $2 AND schema_version = $3
           AND (priority, uuid) > ($4, $5) AND priority <= $4
         ORDER BY priority, uuid
         LIMIT $6),
      resting AS (
        SELECT uuid
          FROM resources
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM seen WHERE rests))
           AND active AND due_at IS NULL
           FOR NO KEY UPDATE SKIP LOCKED),
      woken AS (
        UPDATE resources
           SET wakes = wakes + 1, due_at = now()
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM resting))
        RETURNING uuid)
      SELECT ARRAY (SELECT uuid FROM woken ORDER BY uuid),
             (SELECT uuid FROM seen ORDER BY uuid DESC LIMIT 1),
             (SELECT count(*) FROM seen)
      """;

  private DueSql() {}
}

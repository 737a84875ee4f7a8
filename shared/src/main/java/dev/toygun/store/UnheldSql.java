package dev.toygun.store;

/**
 * The statements of a clock while something is on hold: the same as in {@link DueSql} without what
 * is held, so that what is held keeps nobody else from the head of a list.
 */
final class UnheldSql {
  /** Asked once, before anything of the list is looked at: else all of it would be walked. */
  private static final String NO_LIST = HeldSql.noList("$2", "$1");

  static final String RESOURCES =
      """
      SELECT d.uuid, d.uuid, d.due_at, d.due_at > now()
        FROM resource_dues d
        JOIN resources r ON r.uuid = d.uuid
       WHERE d.queue = $1 AND d.type = $2 AND d.schema_version = $3 AND d.priority = $4
         AND d.due_at <= now() + $7::bigint * interval '1 microsecond'
         AND (d.due_at, d.uuid) > (coalesce($5::timestamptz, '-infinity'),
                                   coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
         AND %s
         AND %s
       ORDER BY d.due_at, d.uuid
       LIMIT $8
      """
          .formatted(NO_LIST, HeldSql.NO_RESOURCE);

  static final String TASKS =
      """
      SELECT t.resource_uuid, t.uuid, t.due_at, t.due_at > now()
        FROM tasks t
        JOIN resources r ON r.uuid = t.resource_uuid
       WHERE t.active AND t.queue = $1 AND t.type = $2 AND t.schema_version = $3 AND t.priority = $4
         AND t.due_at <= now() + $7::bigint * interval '1 microsecond'
         AND (t.due_at, t.uuid) > (coalesce($5::timestamptz, '-infinity'),
                                   coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
         AND %s
         AND %s
       ORDER BY t.due_at, t.uuid
       LIMIT $8
      """
          .formatted(NO_LIST, HeldSql.NO_TASK);

  static final String POLLED_RESOURCES =
      """
      SELECT r.uuid, r.uuid
        FROM resources r
       WHERE r.active AND r.every_s IS NOT NULL
         AND r.queue = $1 AND r.type = $2 AND r.schema_version = $3 AND r.priority = $4
         AND r.every_s = $5 AND (r.bucket, r.uuid) > ($6, $7) AND r.bucket <= $8
         AND %s
         AND %s
       ORDER BY r.bucket, r.uuid
       LIMIT $9
      """
          .formatted(NO_LIST, HeldSql.NO_RESOURCE);

  static final String POLLED_TASKS =
      """
      SELECT t.resource_uuid, t.uuid
        FROM tasks t
        JOIN resources r ON r.uuid = t.resource_uuid
       WHERE t.active AND t.every_s IS NOT NULL
         AND t.queue = $1 AND t.type = $2 AND t.schema_version = $3 AND t.priority = $4
         AND t.every_s = $5 AND (t.bucket, t.uuid) > ($6, $7) AND t.bucket <= $8
         AND %s
         AND %s
       ORDER BY t.bucket, t.uuid
       LIMIT $9
      """
          .formatted(NO_LIST, HeldSql.NO_TASK);

  private UnheldSql() {}
}

package dev.toygun.store;

/**
 * The statements of a clock while something is on hold: the same as in {@link DueSql} without what
 * is held, so that what is held keeps nobody else from the head of a list.
 */
final class UnheldSql {
  static final String RESOURCES =
      """
      SELECT d.uuid, d.uuid, d.due_at, d.due_at > now()
        FROM resource_dues d
        JOIN resources r ON r.uuid = d.uuid
       WHERE d.queue = $1 AND d.type = $2 AND d.schema_version = $3 AND d.priority = $4
         AND d.due_at <= now() + $7::bigint * interval '1 microsecond'
         AND (d.due_at, d.uuid) > (coalesce($5::timestamptz, '-infinity'),
                                   coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
         AND NOT EXISTS (
                 SELECT FROM holds h
                  WHERE h.settled_at IS NULL
                    AND CASE h.scope
                          WHEN 'all' THEN true
                          WHEN 'subtree' THEN h.resource_uuid = r.uuid OR h.resource_uuid = ANY (r.path)
                          WHEN 'type' THEN h.name = r.type
                          WHEN 'queue' THEN h.name = r.queue
                          WHEN 'task' THEN false
                        END)
       ORDER BY d.due_at, d.uuid
       LIMIT $8
      """;

  static final String TASKS =
      """
      SELECT t.resource_uuid, t.uuid, t.due_at, t.due_at > now()
        FROM tasks t
        JOIN resources r ON r.uuid = t.resource_uuid
       WHERE t.active AND t.queue = $1 AND t.type = $2 AND t.schema_version = $3 AND t.priority = $4
         AND t.due_at <= now() + $7::bigint * interval '1 microsecond'
         AND (t.due_at, t.uuid) > (coalesce($5::timestamptz, '-infinity'),
                                   coalesce($6::uuid, '00000000-0000-0000-0000-000000000000'))
         AND NOT EXISTS (
                 SELECT FROM holds h
                  WHERE h.settled_at IS NULL
                    AND CASE h.scope
                          WHEN 'all' THEN true
                          WHEN 'subtree' THEN h.resource_uuid = r.uuid OR h.resource_uuid = ANY (r.path)
                          WHEN 'type' THEN h.name = t.type
                          WHEN 'queue' THEN h.name = t.queue
                          WHEN 'task' THEN h.name = t.name
                        END)
       ORDER BY t.due_at, t.uuid
       LIMIT $8
      """;

  static final String POLLED_RESOURCES =
      """
      SELECT r.uuid, r.uuid
        FROM resources r
       WHERE r.active AND r.every_s IS NOT NULL
         AND r.queue = $1 AND r.type = $2 AND r.schema_version = $3 AND r.priority = $4
         AND r.every_s = $5 AND (r.bucket, r.uuid) > ($6, $7) AND r.bucket <= $8
         AND NOT EXISTS (
                 SELECT FROM holds h
                  WHERE h.settled_at IS NULL
                    AND CASE h.scope
                          WHEN 'all' THEN true
                          WHEN 'subtree' THEN h.resource_uuid = r.uuid OR h.resource_uuid = ANY (r.path)
                          WHEN 'type' THEN h.name = r.type
                          WHEN 'queue' THEN h.name = r.queue
                          WHEN 'task' THEN false
                        END)
       ORDER BY r.bucket, r.uuid
       LIMIT $9
      """;

  static final String POLLED_TASKS =
      """
      SELECT t.resource_uuid, t.uuid
        FROM tasks t
        JOIN resources r ON r.uuid = t.resource_uuid
       WHERE t.active AND t.every_s IS NOT NULL
         AND t.queue = $1 AND t.type = $2 AND t.schema_version = $3 AND t.priority = $4
         AND t.every_s = $5 AND (t.bucket, t.uuid) > ($6, $7) AND t.bucket <= $8
         AND NOT EXISTS (
                 SELECT FROM holds h
                  WHERE h.settled_at IS NULL
                    AND CASE h.scope
                          WHEN 'all' THEN true
                          WHEN 'subtree' THEN h.resource_uuid = r.uuid OR h.resource_uuid = ANY (r.path)
                          WHEN 'type' THEN h.name = t.type
                          WHEN 'queue' THEN h.name = t.queue
                          WHEN 'task' THEN h.name = t.name
                        END)
       ORDER BY t.bucket, t.uuid
       LIMIT $9
      """;

  private UnheldSql() {}
}

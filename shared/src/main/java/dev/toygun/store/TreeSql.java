package dev.toygun.store;

/** The statement that reads a page of a tree. */
final class TreeSql {
  /*
   * walk  from the root, or the last one of the page before, to whatever follows it, one at a time:
   *       its first child; or else the next child of its parent, or of the nearest above that has
   *       one. So a page costs what is on it, however large the tree is.
   */
  static final String TREE =
      """
      WITH RECURSIVE walk AS (
        SELECT r.uuid, r.path, 1 AS n
          FROM resources r
         WHERE r.uuid = coalesce($2::uuid, $1::uuid) AND $1 = ANY (r.path || r.uuid)
        UNION ALL
        SELECT next.uuid, next.path, w.n + 1
          FROM walk w
         CROSS JOIN LATERAL (
           SELECT found.uuid, found.path
             FROM ((SELECT c.uuid, c.path, 0 AS up
                      FROM resources c
                     WHERE coalesce(c.parent_uuid, '00000000-0000-0000-0000-000000000000') = w.uuid
                       AND c.active
                     ORDER BY c.type, c.label
                     LIMIT 1)
                   UNION ALL
                   (SELECT c.uuid, c.path, level.up
                      FROM generate_series(
                             1, cardinality(w.path) + 1 - array_position(w.path || w.uuid, $1))
                             AS level (up)
                      JOIN resources b ON b.uuid = (w.path || w.uuid)[cardinality(w.path) + 2 - level.up]
                     CROSS JOIN LATERAL (
                       SELECT s.uuid, s.path
                         FROM resources s
                        WHERE coalesce(s.parent_uuid, '00000000-0000-0000-0000-000000000000')
                                = b.parent_uuid
                          AND s.active
                          AND (s.type, s.label) > (b.type, b.label)
                        ORDER BY s.type, s.label
                        LIMIT 1) AS c)) AS found
            ORDER BY found.up
            LIMIT 1) AS next
         WHERE w.n <= $3::bigint)
      SELECT r.uuid, r.type, r.label, r.parent_uuid, r.path, r.queue, r.schema_version, r.priority, r.state, r.active, r.availability,
             r.deleting <> 'no' AS leaves,
             cardinality(r.path) + 1 - array_position(r.path || r.uuid, $1) AS depth,
             (SELECT coalesce(json_agg(json_build_object(
                       'name', a.name, 'task', a.task, 'state', a.state, 'severity', a.severity)),
                       '[]')::text
                FROM (SELECT o.name, o.task, o.state, o.severity
                        FROM alarms o
                       WHERE o.resource_uuid = r.uuid AND o.active
                       ORDER BY o.created_at DESC, o.uuid DESC
                       LIMIT 10) AS a) AS alarms
        FROM walk w
        JOIN resources r ON r.uuid = w.uuid
       WHERE w.n > 1 OR $2 IS NULL
       ORDER BY w.n
       LIMIT $3
      """;

  private TreeSql() {}
}

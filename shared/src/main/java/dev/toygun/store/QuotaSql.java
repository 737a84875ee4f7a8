package dev.toygun.store;

/** The statements about quotas. */
final class QuotaSql {
  static final String DECLARED =
      """
      SELECT y.name, (y.definition #>> '{quota,used}')::float8, (y.definition #>> '{quota,per}')::bigint
        FROM (SELECT DISTINCT ON (name) name, definition
                FROM resource_types
               ORDER BY name, version DESC) AS y
       WHERE jsonb_typeof(y.definition -> 'quota') = 'object'
       ORDER BY 1
       LIMIT 10000
      """;

  /*
   * spent    what each resource that a sample has kept has used within each time. The minute that a
   *          time begins in is left out: nobody is accused of what was used before it
   * charged  the same with whom it is charged to: each above it that has a quota
   * found    who is heavy; who was so already needs less for it, and comes first
   * gone     who is no longer
   * now      who is
   */
  /**
   * $1 types, $2 seconds that one may use, $3 within so many, $4 the share that relieves, $5 limit.
   */
  static final String JUDGE =
      """
      WITH line AS (
        SELECT l.type, l.used_s, l.per_s
          FROM unnest($1::text[], $2::float8[], $3::bigint[]) AS l (type, used_s, per_s)),
      spent AS MATERIALIZED (
        SELECT p.per_s, u.resource_uuid, sum(u.ran_s + u.committed_s) AS used_s
          FROM (SELECT DISTINCT per_s FROM line) p
          JOIN usage u
            ON u.minute > now() - p.per_s * interval '1 s'
           AND u.resource_uuid <> '00000000-0000-0000-0000-000000000000'
         GROUP BY p.per_s, u.resource_uuid),
      charged AS MATERIALIZED (
        SELECT a.uuid, a.type, a.label, l.used_s AS quota_s, l.per_s, sum(s.used_s) AS used_s
          FROM spent s
          JOIN resources r ON r.uuid = s.resource_uuid
         CROSS JOIN LATERAL unnest(r.path || r.uuid) AS above (uuid)
          JOIN resources a ON a.uuid = above.uuid AND a.active
          JOIN line l ON l.type = a.type AND l.per_s = s.per_s
         GROUP BY a.uuid, a.type, a.label, l.used_s, l.per_s),
      found AS MATERIALIZED (
        SELECT c.uuid, c.type, c.label, c.quota_s, c.per_s, c.used_s
          FROM charged c
          LEFT JOIN heavy h ON h.resource_uuid = c.uuid
         WHERE c.used_s >= c.quota_s * CASE WHEN h.resource_uuid IS NULL THEN 1 ELSE $4::float8 END
         ORDER BY h.resource_uuid IS NULL, c.used_s / c.quota_s DESC, c.uuid
         LIMIT $5),
      gone AS (
        DELETE FROM heavy h
         WHERE NOT EXISTS (SELECT FROM found f WHERE f.uuid = h.resource_uuid)
        RETURNING h.resource_uuid, h.type),
      now AS (
        INSERT INTO heavy AS h (resource_uuid, type)
        SELECT f.uuid, f.type
          FROM found f
         ORDER BY f.uuid
            ON CONFLICT (resource_uuid) DO NOTHING)
      SELECT f.uuid, f.type, f.label, f.quota_s, f.per_s, f.used_s, false AS is_gone
        FROM found f
       UNION ALL
      SELECT g.resource_uuid, g.type, '', 0, 0, 0, true
        FROM gone g
       ORDER BY is_gone, uuid
      """;

  private QuotaSql() {}
}

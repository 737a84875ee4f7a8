package dev.toygun.store;

/** The statements that abandon a subtree. */
final class AbandonSql {
  /** For each of these resources, the holds that abandon it or something above it. */
  static final String ABANDONING =
      """
      SELECT h.uuid, h.scope, h.resource_uuid, h.name, h.reason, h.actor, h.created_at,
             h.effective_at, h.until, h.abandons, r.uuid
        FROM resources r
        JOIN holds h ON h.resource_uuid = ANY (r.path || r.uuid)
       WHERE r.uuid = ANY ($1::uuid[]) AND h.abandons AND h.settled_at IS NULL
      """;

  static final String INSERT =
      """
      INSERT INTO holds (uuid, scope, resource_uuid, reason, actor, created_at, effective_at, abandons)
      VALUES ($1, 'subtree', $2, $3, $4, now(), now() + interval '2 s', true)
      RETURNING uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until,
                abandons
      """;

  static final String ROOT =
      """
      SELECT uuid FROM resources WHERE uuid = $1 AND active
      """;

  /** Active children of these, at most $2. */
  static final String CHILDREN =
      """
      SELECT k.uuid, k.parent_uuid
        FROM unnest($1::uuid[]) AS p(uuid)
       CROSS JOIN LATERAL (
         SELECT c.uuid, c.parent_uuid FROM resources c
          WHERE c.parent_uuid = p.uuid AND c.active
          LIMIT $2) AS k
       LIMIT $2
      """;

  static final String OVER =
      """
      UPDATE holds SET settled_at = now(), released_at = now(), released_by = 'system'
       WHERE uuid = $1 AND abandons AND settled_at IS NULL
      """;

  private AbandonSql() {}
}

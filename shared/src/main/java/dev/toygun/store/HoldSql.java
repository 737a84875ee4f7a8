package dev.toygun.store;

/** The statements of holds. */
final class HoldSql {
  static final String ACTIVE =
      """
      SELECT uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until,
             abandons
        FROM holds
       WHERE settled_at IS NULL
       ORDER BY abandons DESC, created_at
       LIMIT %d
      """
          .formatted(Hold.MOST);

  static final String INSERT =
      """
      INSERT INTO holds (uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until)
      SELECT $1, $2, $3, $4, $5, $6, now(), now() + interval '2 s', $7::timestamptz
       WHERE ($7::timestamptz IS NULL OR $7::timestamptz > now())
         AND ($3::uuid IS NULL OR EXISTS (SELECT FROM resources r WHERE r.uuid = $3 AND r.active))
      RETURNING uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until,
                abandons
      """;

  /** Whether there may be one more. Two that are put at the same moment may both see room. */
  static final String ROOM =
      """
      SELECT count(*) < %1$d
        FROM (SELECT FROM holds WHERE settled_at IS NULL LIMIT %1$d) AS h
      """
          .formatted(Hold.MOST);

  /** From now on what it held is on its way back. */
  static final String RELEASE =
      """
      UPDATE holds
         SET released_at = coalesce(released_at, now()), released_by = coalesce(released_by, $2)
       WHERE uuid = $1 AND settled_at IS NULL AND NOT abandons
      RETURNING uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until,
                abandons
      """;

  /** One that is released or over, and whose rows have not all been moved; none of $1. */
  static final String OVER =
      """
      SELECT uuid, scope, resource_uuid, name, upto, created_at, coalesce(released_at, until)
        FROM holds
       WHERE settled_at IS NULL AND (released_at IS NOT NULL OR until <= now())
         AND uuid <> ALL ($1::uuid[])
       ORDER BY created_at
       LIMIT 1
         FOR UPDATE SKIP LOCKED
      """;

  /** The next resources of a subtree: $1 its root, $2 the last one seen, $3 how many. */
  static final String NEXT_OF_SUBTREE =
      """
      WITH RECURSIVE below AS (
        SELECT r.uuid, r.active FROM resources r WHERE r.uuid = $1
         UNION ALL
        SELECT c.uuid, c.active FROM below b JOIN resources c ON c.parent_uuid = b.uuid AND c.active)
      SELECT uuid, active FROM below WHERE uuid > $2 ORDER BY uuid LIMIT $3
      """;

  /** The next resources at all; which of them are held is seen when they are moved. */
  static final String NEXT =
      """
      SELECT uuid, active FROM resources WHERE uuid > $1 ORDER BY uuid LIMIT $2
      """;

  /*
   * What polls, or rests until its deadline, is woken; what has another time to be ticked at keeps it.
   *
   * $1 resources, $2 a type or null, $3 a queue or null, $4 since when they were held, $5 until when.
   */
  static final String MOVE_RESOURCES =
      """
      UPDATE resources
         SET deadline_at = deadline_at + ($5::timestamptz - $4::timestamptz),
             due_at = CASE WHEN every_s IS NULL AND due_at < deadline_at THEN due_at ELSE now() END,
             wakes = wakes + 1
       WHERE uuid = ANY ($1::uuid[]) AND active AND (deadline_at IS NOT NULL OR every_s IS NOT NULL)
         AND ($2::text IS NULL OR type = $2) AND ($3::text IS NULL OR queue = $3)
      """;

  /** The same, and $6 a task's name or null. */
  static final String MOVE_TASKS =
      """
      UPDATE tasks
         SET deadline_at = deadline_at + ($5::timestamptz - $4::timestamptz),
             due_at = CASE WHEN every_s IS NULL AND due_at < deadline_at THEN due_at ELSE now() END,
             wakes = wakes + 1
       WHERE resource_uuid = ANY ($1::uuid[]) AND active
         AND (deadline_at IS NOT NULL OR every_s IS NOT NULL)
         AND ($2::text IS NULL OR type = $2) AND ($3::text IS NULL OR queue = $3)
         AND ($6::text IS NULL OR name = $6)
      """;

  /** Whom a panic waits for has as long to answer as if it had been asked now. */
  static final String MOVE_HOPS =
      """
      UPDATE hops AS p
         SET due_at = now() + interval '%d s'
        FROM resources r, holds h
       WHERE h.uuid = $1 AND p.due_at IS NOT NULL AND r.uuid = p.resource_uuid
         AND %s
      """
          .formatted(AlarmRows.LEVEL.toSeconds(), HeldSql.RESOURCE);

  static final String ADVANCE =
      """
      UPDATE holds SET upto = $2 WHERE uuid = $1
      """;

  static final String SETTLE =
      """
      UPDATE holds
         SET settled_at = now(), released_at = coalesce(released_at, until),
             released_by = coalesce(released_by, 'system')
       WHERE uuid = $1
      """;

  private HoldSql() {}
}

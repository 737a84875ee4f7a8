package dev.toygun.store;

/** The statements of holds. */
final class HoldSql {
  static final String ACTIVE =
      """
      SELECT uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until,
             abandons, tasks, probes, spread_s
        FROM holds
       WHERE settled_at IS NULL
       ORDER BY abandons DESC, created_at
       LIMIT %d
      """
          .formatted(Hold.MOST);

  /** Of the same those that are neither over nor released. */
  static final String IN_FORCE =
      """
      SELECT uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until,
             abandons, tasks, probes, spread_s
        FROM holds
       WHERE settled_at IS NULL AND released_at IS NULL AND (until IS NULL OR until > now())
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

  /** From now on what they held is on its way back: $1 which. */
  static final String RELEASE =
      """
      UPDATE holds
         SET released_at = coalesce(released_at, now()), released_by = coalesce(released_by, $2)
       WHERE uuid = ANY ($1::uuid[]) AND settled_at IS NULL AND NOT abandons AND scope <> 'breaker'
      RETURNING uuid, scope, resource_uuid, name, reason, actor, created_at, effective_at, until,
                abandons
      """;

  /** One that is released or over, and whose rows have not all been moved; none of $1. */
  static final String OVER =
      """
      SELECT uuid, scope, resource_uuid, name, upto, created_at, coalesce(released_at, until),
             spread_s::bigint
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
   * earlier  holds that were put before this one and were in force after that: by what they held, the
   *          time until their end is theirs to move, whichever of them ends first
   */
  private static final String EARLIER =
      """
      WITH earlier AS MATERIALIZED (
        SELECT scope, resource_uuid, name, tasks, probes, coalesce(released_at, until, 'infinity') AS ended_at
          FROM holds
         WHERE (settled_at IS NULL OR settled_at > $5::timestamptz)
           AND coalesce(released_at, until, 'infinity') > $5::timestamptz
           AND (created_at, uuid) < ($5::timestamptz, $4::uuid))\
      """;

  /*
   * What polls, or rests until its deadline, is woken; what has another time to be ticked at keeps it.
   *
   * $1 resources, $2 a type or null, $3 a queue or null, $4 the hold, $5 since when it held, $6 until
   * when.
   */
  static final String MOVE_RESOURCES =
      """
      %s
      UPDATE resources AS r
         SET deadline_at = r.deadline_at + ($6::timestamptz - greatest($5::timestamptz, (
               SELECT max(least(h.ended_at, $6::timestamptz)) FROM earlier h WHERE %s))),
             due_at = CASE WHEN r.every_s IS NULL AND r.due_at < r.deadline_at THEN r.due_at
                           ELSE now() END,
             wakes = r.wakes + 1
       WHERE r.uuid = ANY ($1::uuid[]) AND r.active
         AND (r.deadline_at IS NOT NULL OR r.every_s IS NOT NULL)
         AND ($2::text IS NULL OR r.type = $2) AND ($3::text IS NULL OR r.queue = $3)
      """
          .formatted(EARLIER, HeldSql.RESOURCE);

  /** The same, and $7 a task's name or null. */
  static final String MOVE_TASKS =
      """
      %s
      UPDATE tasks AS t
         SET (deadline_at, run_deadline_at) = (
               SELECT t.deadline_at + d.held, t.run_deadline_at + d.held
                 FROM (SELECT $6::timestamptz - greatest($5::timestamptz, (
                         SELECT max(least(h.ended_at, $6::timestamptz))
                           FROM earlier h JOIN resources r ON r.uuid = t.resource_uuid
                          WHERE %s)) AS held) AS d),
             due_at = CASE WHEN t.every_s IS NULL AND t.due_at < t.deadline_at THEN t.due_at
                           ELSE now() END,
             wakes = t.wakes + 1
       WHERE t.resource_uuid = ANY ($1::uuid[]) AND t.active
         AND (t.deadline_at IS NOT NULL OR t.run_deadline_at IS NOT NULL OR t.every_s IS NOT NULL)
         AND ($2::text IS NULL OR t.type = $2) AND ($3::text IS NULL OR t.queue = $3)
         AND ($7::text IS NULL OR t.name = $7)
      """
          .formatted(EARLIER, HeldSql.TASK);

  /*
   * What a breaker kept: $1 resources, $2 its hold, $3 since when, $4 until when, $5 over how many
   * seconds it is spread.
   *
   * It was kept since it was written last: what was under way as the breaker opened went on. What has
   * a time of its own keeps it; the rest does not begin all at once.
   */
  static final String MOVE_KEPT =
      """
      WITH earlier AS MATERIALIZED (
        SELECT scope, resource_uuid, name, tasks, probes, coalesce(released_at, until, 'infinity') AS ended_at
          FROM holds
         WHERE (settled_at IS NULL OR settled_at > $3::timestamptz)
           AND coalesce(released_at, until, 'infinity') > $3::timestamptz
           AND (created_at, uuid) < ($3::timestamptz, $2::uuid))
      UPDATE tasks AS t
         SET (deadline_at, run_deadline_at) = (
               SELECT t.deadline_at + d.kept, t.run_deadline_at + d.kept
                 FROM (SELECT $5::bigint * interval '1 s' + greatest(interval '0',
                         $4::timestamptz - greatest($3::timestamptz, t.updated_at, (
                           SELECT max(least(h.ended_at, $4::timestamptz))
                             FROM earlier h WHERE %s))) AS kept) AS d),
             due_at = CASE WHEN t.every_s IS NOT NULL
                             OR (t.due_at > now() AND t.due_at IS DISTINCT FROM t.deadline_at)
                           THEN t.due_at
                           WHEN t.due_at IS NOT NULL
                           THEN now() + random() * $5::bigint * interval '1 s' END,
             wakes = t.wakes + 1
        FROM resources r, holds h
       WHERE t.resource_uuid = ANY ($1::uuid[]) AND t.active
         AND r.uuid = t.resource_uuid AND h.uuid = $2
         AND (t.deadline_at IS NOT NULL OR t.due_at <= now())
         AND %s
      """
          .formatted(HeldSql.TASK, HeldSql.KEPT);

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

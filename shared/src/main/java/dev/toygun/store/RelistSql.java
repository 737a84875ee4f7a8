package dev.toygun.store;

/**
 * Has rows follow their type to another queue or priority. Neither their version nor their wakes
 * change: a tick under way is committed all the same, and nobody is woken. Nothing leaves or enters
 * a queue that is on hold, whatever a clock has read of holds. A row that somebody else has locked
 * is left for the next look. What is below a resource that is {@link Quotas heavy} rises to no
 * higher priority.
 */
final class RelistSql {
  /** Whether a resource is heavy, or below one. */
  private static final String HEAVY =
      "(r.path || r.uuid) && ARRAY (SELECT resource_uuid FROM heavy)";

  /** Where each version of a type belongs; a build that says nothing means the usual. */
  static final String HOMES =
      """
      SELECT coalesce(definition->>'queue', 'default'), name, version,
             coalesce(definition->>'priority', 'NORMAL')
        FROM resource_types
       ORDER BY name, version
       LIMIT 10000
      """;

  /**
   * $1 to $4 the list, $5 the resource after which to go on, $6 how many to look at, $7 the queue
   * and $8 the priority to follow to: resources, and their active tasks wherever those are. The
   * priority is a range of one for the planner's sake, as in {@link DueSql#WAKE_RESTING}.
   */
  static final String RELIST =
      """
      WITH held AS (
        SELECT name
          FROM holds
         WHERE settled_at IS NULL AND scope = 'queue'
         LIMIT 1000),
      seen AS (
        SELECT uuid
          FROM resources
         WHERE active AND queue = $1 AND type = $2 AND schema_version = $3
           AND (priority, uuid) > ($4, $5) AND priority <= $4
         ORDER BY priority, uuid
         LIMIT $6),
      ours AS (
        SELECT r.uuid
          FROM resources r
         WHERE r.uuid = ANY (ARRAY (SELECT uuid FROM seen))
           AND r.active AND r.queue = $1 AND r.priority = $4
           AND NOT (ARRAY (SELECT name FROM held) && ARRAY[r.queue, $7])
           AND (r.queue <> $7 OR $8 > $4 OR NOT %1$s)
           FOR NO KEY UPDATE SKIP LOCKED),
      moved AS (
        UPDATE resources r
           SET queue = $7, priority = CASE WHEN %1$s THEN greatest($8, $4) ELSE $8 END
         WHERE r.uuid = ANY (ARRAY (SELECT uuid FROM ours))
        RETURNING r.uuid, r.priority),
      theirs AS (
        SELECT uuid
          FROM tasks
         WHERE resource_uuid = ANY (ARRAY (SELECT uuid FROM ours))
           AND active AND (queue <> $7 OR priority <> %2$s)
           AND queue <> ALL (ARRAY (SELECT name FROM held))
           FOR NO KEY UPDATE SKIP LOCKED),
      relisted AS (
        UPDATE tasks
           SET queue = $7, priority = %2$s
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM theirs))
        RETURNING uuid)
      SELECT (SELECT count(*) FROM moved) + (SELECT count(*) FROM relisted),
             (SELECT uuid FROM seen ORDER BY uuid DESC LIMIT 1),
             (SELECT count(*) FROM seen)
      """
          .formatted(
              HEAVY,
              "CASE WHEN resource_uuid = ANY (ARRAY (SELECT uuid FROM moved WHERE priority <> $8)) THEN $4 ELSE $8 END");

  /**
   * $1 to $4 the list, $5 how many to move, $6 the queue and $7 the priority: tasks that are due or
   * poll there though their resource is gone from it, among ten times as many at the head of each.
   * What waits is found once it is due.
   */
  static final String RELIST_TASKS =
      """
      WITH held AS (
        SELECT name
          FROM holds
         WHERE settled_at IS NULL AND scope = 'queue'
         LIMIT 1000),
      seen AS (
        (SELECT d.uuid
           FROM (SELECT t.uuid, t.resource_uuid
                   FROM tasks t
                  WHERE t.active AND t.due_at IS NOT NULL
                    AND t.queue = $1 AND t.type = $2 AND t.schema_version = $3 AND t.priority = $4
                  ORDER BY t.due_at, t.uuid
                  LIMIT 10 * $5) AS d
          WHERE %1$s
          LIMIT $5)
        UNION
        (SELECT d.uuid
           FROM (SELECT t.uuid, t.resource_uuid
                   FROM tasks t
                  WHERE t.active AND t.every_s IS NOT NULL
                    AND t.queue = $1 AND t.type = $2 AND t.schema_version = $3 AND t.priority = $4
                  ORDER BY t.every_s, t.bucket, t.uuid
                  LIMIT 10 * $5) AS d
          WHERE %1$s
          LIMIT $5)),
      ours AS (
        SELECT uuid
          FROM tasks
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM seen))
           AND active AND queue = $1 AND priority = $4
           AND NOT (ARRAY (SELECT name FROM held) && ARRAY[queue, $6])
           FOR NO KEY UPDATE SKIP LOCKED),
      relisted AS (
        UPDATE tasks
           SET queue = $6, priority = $7
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM ours))
        RETURNING uuid)
      SELECT (SELECT count(*) FROM relisted), (SELECT count(*) FROM seen)
      """
          .formatted(
              "NOT EXISTS (SELECT FROM resources r WHERE r.uuid = d.resource_uuid AND r.queue = $1 AND r.priority = $4)");

  /**
   * $1 how far back, in seconds, $2 how much is little, $3 how many: who used most below heavy
   * ones.
   */
  static final String SINKING =
      """
      WITH lately AS MATERIALIZED (
        SELECT u.resource_uuid, sum(u.ran_s + u.committed_s) AS used_s
          FROM usage u
         WHERE u.minute > now() - $1::bigint * interval '1 s'
           AND u.resource_uuid <> '00000000-0000-0000-0000-000000000000'
         GROUP BY u.resource_uuid
        HAVING sum(u.ran_s + u.committed_s) >= $2)
      SELECT r.uuid, r.queue, r.type, r.schema_version, r.priority
        FROM lately l
        JOIN resources r ON r.uuid = l.resource_uuid
       WHERE r.active AND %s
         AND (r.priority < 9
              OR EXISTS (SELECT FROM tasks t WHERE t.resource_uuid = r.uuid AND t.active AND t.priority < 9))
       ORDER BY l.used_s DESC, r.uuid
       LIMIT $3
      """
          .formatted(HEAVY);

  /** $1 resources. */
  static final String SINK =
      """
      WITH held AS (
        SELECT name
          FROM holds
         WHERE settled_at IS NULL AND scope = 'queue'
         LIMIT 1000),
      ours AS (
        SELECT r.uuid
          FROM resources r
         WHERE r.uuid = ANY ($1::uuid[])
           AND r.active AND %s
           AND r.queue <> ALL (ARRAY (SELECT name FROM held))
           FOR NO KEY UPDATE SKIP LOCKED),
      moved AS (
        UPDATE resources
           SET priority = 9
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM ours)) AND priority < 9
        RETURNING uuid),
      theirs AS (
        SELECT uuid
          FROM tasks
         WHERE resource_uuid = ANY (ARRAY (SELECT uuid FROM ours))
           AND active AND priority < 9
           AND queue <> ALL (ARRAY (SELECT name FROM held))
           FOR NO KEY UPDATE SKIP LOCKED),
      relisted AS (
        UPDATE tasks
           SET priority = 9
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM theirs))
        RETURNING uuid)
      SELECT (SELECT count(*) FROM moved) + (SELECT count(*) FROM relisted)
      """
          .formatted(HEAVY);

  private RelistSql() {}
}

package dev.toygun.store;

/**
 * Has rows follow their type to another queue or priority. Neither their version nor their wakes
 * change: a tick under way is committed all the same, and nobody is woken. Nothing leaves or enters
 * a queue that is on hold, whatever a clock has read of holds. A row that somebody else has locked
 * is left for the next look.
 */
final class RelistSql {
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
        SELECT uuid
          FROM resources
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM seen))
           AND active AND queue = $1 AND priority = $4
           AND NOT (ARRAY (SELECT name FROM held) && ARRAY[queue, $7])
           FOR NO KEY UPDATE SKIP LOCKED),
      moved AS (
        UPDATE resources
           SET queue = $7, priority = $8
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM ours))
        RETURNING uuid),
      theirs AS (
        SELECT uuid
          FROM tasks
         WHERE resource_uuid = ANY (ARRAY (SELECT uuid FROM ours))
           AND active AND (queue <> $7 OR priority <> $8)
           AND queue <> ALL (ARRAY (SELECT name FROM held))
           FOR NO KEY UPDATE SKIP LOCKED),
      relisted AS (
        UPDATE tasks
           SET queue = $7, priority = $8
         WHERE uuid = ANY (ARRAY (SELECT uuid FROM theirs))
        RETURNING uuid)
      SELECT (SELECT count(*) FROM moved) + (SELECT count(*) FROM relisted),
             (SELECT uuid FROM seen ORDER BY uuid DESC LIMIT 1),
             (SELECT count(*) FROM seen)
      """;

  /**
   * $1 to $4 the list, $5 how many to look at, $6 the queue and $7 the priority: tasks that are due
   * or poll there though their resource is gone from it. What waits is found once it is due.
   */
  static final String RELIST_TASKS =
      """
      WITH held AS (
        SELECT name
          FROM holds
         WHERE settled_at IS NULL AND scope = 'queue'
         LIMIT 1000),
      seen AS (
        (SELECT uuid
           FROM tasks
          WHERE active AND due_at IS NOT NULL
            AND queue = $1 AND type = $2 AND schema_version = $3 AND priority = $4
          ORDER BY due_at, uuid
          LIMIT $5)
        UNION
        (SELECT uuid
           FROM tasks
          WHERE active AND every_s IS NOT NULL
            AND queue = $1 AND type = $2 AND schema_version = $3 AND priority = $4
          ORDER BY every_s, bucket, uuid
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
      """;

  private RelistSql() {}
}

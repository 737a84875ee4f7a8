package dev.toygun.store;

/**
 * The statements that lock the rows of a group, and those that read, once they are locked, what has
 * to be judged. Each is a statement of its own: one that locked and read at once would read what
 * was there before it waited.
 */
final class LockSql {
  /*
   * OFFSET 0 keeps the planner from mixing what is inside with what is outside: without it, it may
   * think of reading an index from one end to the other.
   *
   * $1 rows by uuid; $2 those whose parent is wanted too; $3 those whose children are to be asked to
   * go. Whatever somebody else holds is left out.
   */
  static final String RESOURCES =
      """
      SELECT r.uuid, r.parent_uuid, r.path, r.queue, r.type, r.schema_version, r.priority, r.state,
             r.step, r.version, r.wakes, r.entered, r.tries, r.resume, r.due_at, r.every_s,
             r.deadline_at, r.waits, r.active, r.error, r.deleting, r.availability, r.misses,
             r.planned_until, r.observers
        FROM resources r
       WHERE r.uuid IN (
               SELECT d.uuid FROM unnest($1::uuid[]) AS d(uuid)
               UNION
               SELECT c.parent_uuid
                 FROM unnest($2::uuid[]) AS d(uuid)
                CROSS JOIN LATERAL (
                  SELECT c.parent_uuid FROM resources c WHERE c.uuid = d.uuid OFFSET 0) AS c
                WHERE c.parent_uuid IS NOT NULL
               UNION
               SELECT k.uuid
                 FROM unnest($3::uuid[]) AS p(uuid)
                CROSS JOIN LATERAL (
                  SELECT k.uuid FROM resources k
                   WHERE k.parent_uuid = p.uuid AND k.active AND k.deleting = 'no'
                   LIMIT 500) AS k)
       ORDER BY r.uuid
         FOR NO KEY UPDATE OF r SKIP LOCKED
      """;

  /*
   * $1, $2 rows by key; $3, $4 active runs by resource and name; $5 resources whose active tasks are
   * to be told.
   */
  static final String TASKS =
      """
      SELECT t.resource_uuid, t.uuid, t.name, t.queue, t.type, t.schema_version, t.priority, t.state,
             t.step, t.version, t.wakes, t.entered, t.tries, t.resume, t.due_at, t.every_s,
             t.deadline_at, t.waits, t.active, t.error, t.outcome, t.run_deadline_at
        FROM tasks t
        JOIN (SELECT k.resource_uuid, k.uuid
                FROM unnest($1::uuid[], $2::uuid[]) AS k(resource_uuid, uuid)
               UNION
              SELECT s.resource_uuid, s.uuid
                FROM unnest($3::uuid[], $4::text[]) AS n(resource_uuid, name)
               CROSS JOIN LATERAL (
                 SELECT s.resource_uuid, s.uuid FROM tasks s
                  WHERE s.resource_uuid = n.resource_uuid AND s.name = n.name AND s.active
                 OFFSET 0) AS s
               UNION
              SELECT w.resource_uuid, w.uuid
                FROM unnest($5::uuid[]) AS o(resource_uuid)
               CROSS JOIN LATERAL (
                 SELECT w.resource_uuid, w.uuid FROM tasks w
                  WHERE w.resource_uuid = o.resource_uuid AND w.active
                 OFFSET 0) AS w) AS wanted
          ON t.resource_uuid = wanted.resource_uuid AND t.uuid = wanted.uuid
       ORDER BY t.resource_uuid, t.uuid
         FOR NO KEY UPDATE OF t SKIP LOCKED
      """;

  /** The active tasks of resources. */
  static final String ACTIVE =
      """
      SELECT resource_uuid, uuid, name
        FROM tasks
       WHERE resource_uuid = ANY ($1::uuid[]) AND active
      """;

  /** The latest run of each of these names, whether it is active or not. */
  static final String LATEST =
      """
      SELECT t.resource_uuid, t.uuid, t.name, t.run, t.active, t.outcome, t.streak, t.created_at,
             t.ended_at
        FROM unnest($1::uuid[], $2::text[]) AS n(resource_uuid, name)
       CROSS JOIN LATERAL (
         SELECT l.resource_uuid, l.uuid, l.name, l.run, l.active, l.outcome, l.streak, l.created_at,
                l.ended_at
           FROM tasks l
          WHERE l.resource_uuid = n.resource_uuid AND l.name = n.name
          ORDER BY l.run DESC
          LIMIT 1) AS t
      """;

  /** One active child of each of these resources that has any. */
  static final String CHILD =
      """
      SELECT p.uuid, c.uuid, c.type, c.label
        FROM unnest($1::uuid[]) AS p(uuid)
       CROSS JOIN LATERAL (
         SELECT k.uuid, k.type, k.label FROM resources k
          WHERE k.parent_uuid = p.uuid AND k.active
          LIMIT 1) AS c
      """;

  /** Of these children, by parent, type and label, those that are there. */
  static final String TWINS =
      """
      SELECT n.parent_uuid, n.type, n.label
        FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(parent_uuid, type, label)
       CROSS JOIN LATERAL (
         SELECT FROM resources r
          WHERE coalesce(r.parent_uuid, '00000000-0000-0000-0000-000000000000') = n.parent_uuid
            AND r.type = n.type AND r.label = n.label AND r.active
          LIMIT 1) AS r
      """;

  /** How many active children of each of these resources have not been asked to go, up to 1,000. */
  static final String UNASKED =
      """
      SELECT p.uuid, c.n
        FROM unnest($1::uuid[]) AS p(uuid)
       CROSS JOIN LATERAL (
         SELECT count(*) AS n
           FROM (SELECT FROM resources k
                  WHERE k.parent_uuid = p.uuid AND k.active AND k.deleting = 'no'
                  LIMIT 1000) AS k) AS c
      """;

  /** Of these resources and tasks, those that exist, locked or not. */
  static final String THERE =
      """
      SELECT r.uuid FROM resources r WHERE r.uuid = ANY ($1::uuid[])
      UNION ALL
      SELECT t.uuid
        FROM unnest($2::uuid[], $3::uuid[]) AS k(resource_uuid, uuid)
        JOIN tasks t ON t.resource_uuid = k.resource_uuid AND t.uuid = k.uuid
      """;

  /** Of these resources, those that nobody else has locked; and then the same of their tasks. */
  static final String FREE =
      """
      SELECT uuid FROM resources
       WHERE uuid = ANY ($1::uuid[])
       ORDER BY uuid
         FOR NO KEY UPDATE SKIP LOCKED
      """;

  static final String FREE_TASKS =
      """
      SELECT uuid FROM tasks
       WHERE resource_uuid = ANY ($1::uuid[]) AND active
       ORDER BY resource_uuid, uuid
         FOR NO KEY UPDATE SKIP LOCKED
      """;

  /** Waits for resources and then for their active tasks: what a request is judged on. */
  static final String WAITED =
      """
      SELECT uuid FROM resources
       WHERE uuid = ANY ($1::uuid[])
       ORDER BY uuid
         FOR NO KEY UPDATE
      """;

  static final String WAITED_TASKS =
      """
      SELECT uuid FROM tasks
       WHERE resource_uuid = ANY ($1::uuid[]) AND active
       ORDER BY resource_uuid, uuid
         FOR NO KEY UPDATE
      """;

  private LockSql() {}
}

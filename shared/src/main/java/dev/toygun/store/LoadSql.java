package dev.toygun.store;

/** The statements that read rows for workers and requests. */
final class LoadSql {
  static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

  static final String NOW = "SELECT now()";

  static final String RESOURCES =
      """
      SELECT uuid, parent_uuid, path, label, type, schema_version, queue, priority, state, step,
             version, wakes, entered, tries, resume, attrs::text, due_at, every_s, deadline_at, waits,
             active, error, created_at, updated_at, ended_at, deleting, availability, misses,
             planned_until
        FROM resources
       WHERE uuid = ANY ($1::uuid[])
      """;

  static final String PARENTS =
      """
      SELECT p.uuid, p.parent_uuid, p.path, p.label, p.type, p.schema_version, p.queue, p.priority,
             p.state, p.step, p.version, p.wakes, p.entered, p.tries, p.resume, p.attrs::text,
             p.due_at, p.every_s, p.deadline_at, p.waits, p.active, p.error, p.created_at,
             p.updated_at, p.ended_at, p.deleting, p.availability, p.misses,
             p.planned_until
        FROM resources p
       WHERE p.uuid IN (SELECT r.parent_uuid FROM resources r WHERE r.uuid = ANY ($1::uuid[]))
      """;

  static final String CHILDREN =
      """
      SELECT uuid, parent_uuid, path, label, type, schema_version, queue, priority, state, step,
             version, wakes, entered, tries, resume, attrs::text, due_at, every_s, deadline_at, waits,
             active, error, created_at, updated_at, ended_at, deleting, availability, misses,
             planned_until
        FROM resources
       WHERE parent_uuid = ANY ($1::uuid[]) AND active
       ORDER BY uuid
      """;

  /*
   * The latest run of each name, however many runs there were: from name to name along the index
   * (resource_uuid, name, run desc), one probe each, instead of over all runs of years.
   */
  static final String TASKS =
      """
      SELECT t.resource_uuid, t.uuid, t.name, t.run, t.type, t.schema_version, t.queue, t.priority,
             t.state, t.step, t.version, t.wakes, t.entered, t.tries, t.resume, t.attrs::text,
             t.due_at, t.every_s, t.deadline_at, t.waits, t.active, t.error, t.created_at,
             t.updated_at, t.ended_at, t.outcome, t.args::text, t.started_by, t.cause, t.streak
        FROM unnest($1::uuid[]) AS r(uuid)
       CROSS JOIN LATERAL (
         WITH RECURSIVE latest AS (
           (SELECT f.name, f.uuid
              FROM tasks f
             WHERE f.resource_uuid = r.uuid
             ORDER BY f.name, f.run DESC
             LIMIT 1)
           UNION ALL
           SELECT n.name, n.uuid
             FROM latest l
            CROSS JOIN LATERAL (
              SELECT f.name, f.uuid
                FROM tasks f
               WHERE f.resource_uuid = r.uuid AND f.name > l.name
               ORDER BY f.name, f.run DESC
               LIMIT 1) AS n)
         SELECT uuid FROM latest) AS latest
       CROSS JOIN LATERAL (
         SELECT * FROM tasks f
          WHERE f.resource_uuid = r.uuid AND f.uuid = latest.uuid
         OFFSET 0) AS t
      """;

  static final String SIGNALS =
      """
      SELECT uuid, resource_uuid, subject_uuid, type, attrs::text, sender, sent_at
        FROM signals
       WHERE resource_uuid = ANY ($1::uuid[]) AND state = 'waiting'
       ORDER BY sent_at, uuid
      """;

  static final String ERRORS =
      """
      SELECT uuid, resource_uuid, subject_uuid, kind, message, attrs::text, stack, stack_hash, state,
             step, try, worker, build, at
        FROM errors
       WHERE uuid = ANY ($1::uuid[])
      """;

  static final String TASK_KEY =
      """
      SELECT resource_uuid, uuid FROM tasks WHERE uuid = $1
      """;

  private LoadSql() {}
}

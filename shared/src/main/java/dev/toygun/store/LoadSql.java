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
             planned_until, observers
        FROM resources
       WHERE uuid = ANY ($1::uuid[])
      """;

  static final String PARENTS =
      """
      SELECT p.uuid, p.parent_uuid, p.path, p.label, p.type, p.schema_version, p.queue, p.priority,
             p.state, p.step, p.version, p.wakes, p.entered, p.tries, p.resume, p.attrs::text,
             p.due_at, p.every_s, p.deadline_at, p.waits, p.active, p.error, p.created_at,
             p.updated_at, p.ended_at, p.deleting, p.availability, p.misses,
             p.planned_until, p.observers
        FROM resources p
       WHERE p.uuid IN (SELECT r.parent_uuid FROM resources r WHERE r.uuid = ANY ($1::uuid[]))
      """;

  static final String CHILDREN =
      """
      SELECT uuid, parent_uuid, path, label, type, schema_version, queue, priority, state, step,
             version, wakes, entered, tries, resume, attrs::text, due_at, every_s, deadline_at, waits,
             active, error, created_at, updated_at, ended_at, deleting, availability, misses,
             planned_until, observers
        FROM resources
       WHERE parent_uuid = ANY ($1::uuid[]) AND active
       ORDER BY uuid
      """;

  /*
   * Resources, the latest run of each task name, and of the signals that wait the oldest of each type
   * for each subject: in one statement, so of one snapshot without a transaction around it, and for
   * one round trip. What kind a row is shows in label, name and sender, of which it has one.
   *
   * latest  from name to name along the index (resource_uuid, name, run desc), one probe each, instead
   *         of over all runs of years; and all resources in step, as a recursion for each costs more
   *         than its probes. The rows are then fetched from where they lie: another index would have
   *         to be read to find them by their key
   * oldest  in the same way from type to type, as code sees no other of a type: where signals come
   *         faster than they are consumed, a load stays what it is
   */
  static final String FAMILIES =
      """
      WITH RECURSIVE latest AS (
        SELECT r.uuid AS resource, f.name, f.place
          FROM unnest($1::uuid[]) AS r(uuid)
         CROSS JOIN LATERAL (
           SELECT f.name, f.ctid AS place
             FROM tasks f
            WHERE f.resource_uuid = r.uuid
            ORDER BY f.name, f.run DESC
            LIMIT 1) AS f
        UNION ALL
        SELECT l.resource, f.name, f.place
          FROM latest l
         CROSS JOIN LATERAL (
           SELECT f.name, f.ctid AS place
             FROM tasks f
            WHERE f.resource_uuid = l.resource AND f.name > l.name
            ORDER BY f.name, f.run DESC
            LIMIT 1) AS f),
      oldest AS (
        SELECT r.uuid AS resource, f.subject_uuid AS subject, f.type, f.place
          FROM unnest($1::uuid[]) AS r(uuid)
         CROSS JOIN LATERAL (
           SELECT f.subject_uuid, f.type, f.ctid AS place
             FROM signals f
            WHERE f.resource_uuid = r.uuid AND f.state = 'waiting'
            ORDER BY f.subject_uuid, f.type, f.sent_at, f.uuid
            LIMIT 1) AS f
        UNION ALL
        SELECT o.resource, f.subject_uuid, f.type, f.place
          FROM oldest o
         CROSS JOIN LATERAL (
           SELECT f.subject_uuid, f.type, f.ctid AS place
             FROM signals f
            WHERE f.resource_uuid = o.resource AND f.state = 'waiting'
              AND (f.subject_uuid, f.type) > (o.subject, o.type)
            ORDER BY f.subject_uuid, f.type, f.sent_at, f.uuid
            LIMIT 1) AS f)
      SELECT uuid, parent_uuid, path, label, type, schema_version, queue, priority, state, step,
             version, wakes, entered, tries, resume, attrs::text, due_at, every_s, deadline_at, waits,
             active, error, created_at, updated_at, ended_at, deleting, availability, misses,
             planned_until, observers,
             NULL::text AS name, NULL::bigint AS run, NULL::text AS outcome, NULL::text AS args,
             NULL::text AS started_by, NULL::text AS cause, NULL::int AS streak,
             NULL::uuid AS subject_uuid, NULL::text AS sender, now() AS now,
             NULL::text AS admission, NULL::timestamptz AS run_deadline_at
        FROM resources
       WHERE uuid = ANY ($1::uuid[])
      UNION ALL
      SELECT t.uuid, t.resource_uuid, NULL, NULL, t.type, t.schema_version, t.queue, t.priority,
             t.state, t.step, t.version, t.wakes, t.entered, t.tries, t.resume, t.attrs::text,
             t.due_at, t.every_s, t.deadline_at, t.waits, t.active, t.error, t.created_at,
             t.updated_at, t.ended_at, NULL, NULL, NULL, NULL, NULL,
             t.name, t.run, t.outcome, t.args::text, t.started_by, t.cause, t.streak,
             NULL, NULL, NULL, t.admission, t.run_deadline_at
        FROM latest l
        JOIN tasks t ON t.ctid = l.place AND t.resource_uuid = l.resource
      UNION ALL
      SELECT s.uuid, s.resource_uuid, NULL, NULL, s.type, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             NULL, NULL, NULL, s.attrs::text, NULL, NULL, NULL, NULL, NULL, NULL, s.sent_at, NULL,
             NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             s.subject_uuid, s.sender, NULL, NULL, NULL
        FROM oldest o
        JOIN signals s ON s.ctid = o.place AND s.resource_uuid = o.resource
      """;

  static final String ERRORS =
      """
      SELECT uuid, resource_uuid, subject_uuid, kind, message, attrs::text, stack, stack_hash, state,
             step, try, worker, build, at, breaker
        FROM errors
       WHERE uuid = ANY ($1::uuid[])
      """;

  static final String TASK_KEY =
      """
      SELECT resource_uuid, uuid FROM tasks WHERE uuid = $1
      """;

  private LoadSql() {}
}

package dev.toygun.store;

/** The one statement of a group of plain starts. */
final class StartSql {
  /*
   * held   those of them, on resources that differ, whose resource is of the type and version that
   *        they are for, may have new tasks and is locked by nobody else
   * free   where nothing stands in the way, and no task is active that would have to be told. All but
   *        the locked rows is read as it was when the statement began: what was abandoned since is so
   *        from after this start on; of what began since the resource's wakes and its version tell
   * noted  what the audit says of those whom somebody asked for
   *
   * What is not begun is not judged here: it comes again as any request does.
   */
  static final String START =
      """
      WITH held AS (
        SELECT i.resource_uuid, i.uuid, i.name, coalesce(i.queue, r.queue) AS queue, i.type,
               i.schema_version, coalesce(i.priority, r.priority) AS priority, i.attrs, i.args,
               i.started_by, i.cause, i.entry, r.path, r.wakes, r.version
          FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[],
                      $7::int[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
            AS i (resource_uuid, uuid, name, queue, type, schema_version, priority, attrs, args,
                  started_by, cause, entry)
         CROSS JOIN LATERAL (
                 SELECT o.path, o.queue, o.priority, o.wakes, o.version
                   FROM resources o
                  WHERE o.uuid = i.resource_uuid AND o.active AND o.deleting = 'no'
                    AND o.type = i.type AND o.schema_version = i.schema_version
                    FOR NO KEY UPDATE SKIP LOCKED) AS r),
      free AS (
        SELECT h.*, coalesce(l.run, 0) + 1 AS run
          FROM held h
          LEFT JOIN LATERAL (
                 SELECT l.run
                   FROM tasks l
                  WHERE l.resource_uuid = h.resource_uuid AND l.name = h.name
                  ORDER BY l.run DESC
                  LIMIT 1) AS l ON true
         WHERE (h.wakes, h.version) = (
                 SELECT s.wakes, s.version FROM resources s WHERE s.uuid = h.resource_uuid)
           AND NOT EXISTS (
                 SELECT FROM tasks w
                  WHERE w.resource_uuid = h.resource_uuid AND w.active
                 OFFSET 0)
           AND NOT EXISTS (
                 SELECT FROM unnest(h.path || h.resource_uuid) AS p(uuid)
                  CROSS JOIN LATERAL (
                    SELECT FROM holds a
                     WHERE a.resource_uuid = p.uuid AND a.abandons AND a.settled_at IS NULL
                    OFFSET 0) AS a
                 OFFSET 0)),
      -- noted {
      noted AS (
        INSERT INTO audit (actor, role, action, resource_uuid, subject_uuid, target, allowed, status,
                           reason, remote, trace)
        SELECT e.actor, e.role, e.action, e.resource, e.subject, e.target, e.allowed, e.status,
               e.reason, e.remote, e.trace
          FROM free f
         CROSS JOIN LATERAL jsonb_to_record(f.entry::jsonb)
            AS e (actor text, role text, action text, resource uuid, subject uuid, target text,
                  allowed boolean, status int, reason text, remote text, trace text)
         WHERE f.entry IS NOT NULL),
      -- }
      begun AS (
        INSERT INTO tasks (resource_uuid, uuid, name, run, queue, type, schema_version, priority,
                           attrs, args, started_by, cause, streak, due_at)
        SELECT f.resource_uuid, f.uuid, f.name, f.run, f.queue, f.type, f.schema_version, f.priority,
               f.attrs::jsonb, f.args::jsonb, f.started_by, f.cause, 0, now()
          FROM free f
        RETURNING resource_uuid, uuid, name, run, queue, type, schema_version, priority, state,
                  attrs, args, started_by, cause, version)
      UPDATE resources AS r
         SET wakes = r.wakes + 1, due_at = least(r.due_at, now())
        FROM begun b
       WHERE r.uuid = b.resource_uuid
      RETURNING b.resource_uuid, b.uuid, b.name, b.run, b.queue, b.type, b.schema_version, b.priority,
                b.state, b.version, b.attrs::text, b.args::text, b.started_by, b.cause, now(),
                r.queue, r.type, r.schema_version, r.priority
      """;

  /** The same for a group of one. */
  static final String START_ONE = OneRow.of(START);

  /** Of a group for which nobody asked. */
  static final String START_UNASKED = Parts.without(START, "noted");

  /** The same for a group of one. */
  static final String START_UNASKED_ONE = OneRow.of(START_UNASKED);

  private StartSql() {}
}

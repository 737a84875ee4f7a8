package dev.toygun.store;

/** The one statement of a group of plain starts. */
final class StartSql {
  /*
   * held   those of them, on resources that differ, whose resource may have new tasks and is locked
   *        by nobody else
   * begun  the runs where nothing stands in the way, and nobody who waits has to be woken. All but
   *        the locked rows is read as it was when the statement began: what was abandoned since is
   *        so from after this start on, and of a run that began since an index says so, by an error
   *
   * What is not begun is not judged here: it comes again as any request does.
   */
  static final String START =
      """
      WITH held AS (
        SELECT i.*, r.path
          FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[],
                      $7::int[], $8::text[], $9::text[], $10::text[], $11::text[])
            AS i (resource_uuid, uuid, name, queue, type, schema_version, priority, attrs, args,
                  started_by, cause)
         CROSS JOIN LATERAL (
                 SELECT o.path
                   FROM resources o
                  WHERE o.uuid = i.resource_uuid AND o.active AND o.deleting = 'no'
                    FOR NO KEY UPDATE SKIP LOCKED) AS r),
      begun AS (
        INSERT INTO tasks (resource_uuid, uuid, name, run, queue, type, schema_version, priority,
                           attrs, args, started_by, cause, streak, due_at)
        SELECT h.resource_uuid, h.uuid, h.name, coalesce(l.run, 0) + 1, h.queue, h.type,
               h.schema_version, h.priority, h.attrs::jsonb, h.args::jsonb, h.started_by, h.cause,
               0, now()
          FROM held h
          LEFT JOIN LATERAL (
                 SELECT l.run, l.active
                   FROM tasks l
                  WHERE l.resource_uuid = h.resource_uuid AND l.name = h.name
                  ORDER BY l.run DESC
                  LIMIT 1) AS l ON true
         WHERE l.active IS NOT TRUE
           AND NOT EXISTS (
                 SELECT FROM tasks w
                  WHERE w.resource_uuid = h.resource_uuid AND w.active AND w.waits
                 OFFSET 0)
           AND NOT EXISTS (
                 SELECT FROM unnest(h.path || h.resource_uuid) AS p(uuid)
                  CROSS JOIN LATERAL (
                    SELECT FROM holds a
                     WHERE a.resource_uuid = p.uuid AND a.abandons AND a.settled_at IS NULL
                    OFFSET 0) AS a
                 OFFSET 0)
        RETURNING resource_uuid, uuid, queue, type, schema_version, priority)
      UPDATE resources AS r
         SET wakes = r.wakes + 1, due_at = least(r.due_at, now())
        FROM begun b
       WHERE r.uuid = b.resource_uuid
      RETURNING b.resource_uuid, b.uuid, b.queue, b.type, b.schema_version, b.priority,
                r.queue, r.type, r.schema_version, r.priority
      """;

  private StartSql() {}
}

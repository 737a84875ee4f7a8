package dev.toygun.store;

/** The statements that lock, surround and write alarms. Seldom used: a plain move has none. */
final class AlarmSql {
  /*
   * Older builds stored an alarm that code raises as judged too, and nobody would move that: whether
   * it is stands in the definition of its type.
   */
  static final String LOCK =
      """
      SELECT resource_uuid, uuid, subject_uuid, name, task, queue, type, schema_version, priority,
             state, step, version, severity, message, error,
             judged AND NOT EXISTS (
               SELECT FROM resource_types t, jsonb_array_elements(t.definition -> 'alarms') AS d
                WHERE t.name = alarms.type AND t.version = alarms.schema_version
                  AND d ->> 'name' = alarms.name AND NOT (d ->> 'judged')::boolean),
             attrs ->> 'runbook', escalate_s, due_at, clear_at, snoozed_until, acknowledged, under,
             repairs, created_at, opened_at, ended_at, stands_at
        FROM alarms
       WHERE resource_uuid = ANY ($1::uuid[]) AND active
       ORDER BY resource_uuid, uuid
         FOR NO KEY UPDATE
      """;

  /** What a type's code sees: what is not closed, and what closed within a day. */
  static final String SEEN =
      """
      SELECT a.resource_uuid, a.uuid, a.subject_uuid, a.name, a.task, a.queue, a.type,
             a.schema_version, a.priority, a.state, a.step, a.version, a.severity, a.message, a.error,
             a.judged, a.attrs ->> 'runbook', a.escalate_s, a.due_at, a.clear_at, a.snoozed_until,
             a.acknowledged, a.under, a.repairs, a.created_at, a.opened_at, a.ended_at,
             a.stands_at
        FROM unnest($1::uuid[]) AS d(uuid)
       CROSS JOIN LATERAL (
         (SELECT * FROM alarms n
           WHERE n.resource_uuid = d.uuid AND n.active)
         UNION ALL
         (SELECT * FROM alarms o
           WHERE o.resource_uuid = d.uuid AND NOT o.active AND o.ended_at > now() - interval '1 day'
           ORDER BY o.ended_at DESC
           LIMIT 100)) AS a
      """;

  /**
   * The line of each resource, from its root down to itself, who of it handles panics (of a task
   * that does so itself too), and who may be down.
   */
  static final String LINE =
      """
      SELECT d.uuid, h.uuid, coalesce((t.definition ->> 'handlesPanics')::boolean, false) AND h.active,
             h.availability = 'uncertain',
             ARRAY(SELECT k ->> 'name'
                     FROM jsonb_array_elements(t.definition -> 'tasks') AS k
                    WHERE (k ->> 'handlesPanics')::boolean)
        FROM unnest($1::uuid[]) AS d(uuid)
        JOIN resources r ON r.uuid = d.uuid
       CROSS JOIN LATERAL unnest(r.path || r.uuid) WITH ORDINALITY AS a(uuid, n)
        JOIN resources h ON h.uuid = a.uuid
        LEFT JOIN resource_types t ON t.name = h.type AND t.version = h.schema_version
       ORDER BY d.uuid, a.n
      """;

  /*
   * Shared locks: one that is just closing is waited for, and is no cover once it is closed; one that
   * closes later frees what has been folded under it here.
   */
  static final String COVERS =
      """
      SELECT d.uuid, a.uuid, a.severity, a.state
        FROM unnest($1::uuid[]) AS d(uuid)
        JOIN resources r ON r.uuid = d.uuid
       CROSS JOIN LATERAL unnest(r.path) AS up(uuid)
        JOIN alarms a ON a.resource_uuid = up.uuid AND a.active
       WHERE a.state IN ('open', 'acknowledged', 'snoozed', 'lifted', 'pending', 'climbing')
         FOR SHARE OF a
      """;

  static final String CLOSINGS =
      """
      SELECT resource_uuid, subject_uuid, name, count(*)
        FROM alarms
       WHERE resource_uuid = ANY ($1::uuid[]) AND NOT active AND ended_at > now() - interval '15 min'
         AND opened_at IS NOT NULL
       GROUP BY resource_uuid, subject_uuid, name
      """;

  /** How often handlers have retried these machines since they moved by themselves. */
  static final String RETRIES =
      """
      SELECT h.panicked_resource, h.panicked_uuid, count(*)
        FROM unnest($1::uuid[], $2::bigint[]) AS i(uuid, entered)
        JOIN hops h ON h.panicked_uuid = i.uuid AND h.step >= i.entered
       WHERE h.decision = 'retry'
       GROUP BY h.panicked_resource, h.panicked_uuid
      """;

  /** Of these levels, those that have not answered. */
  static final String LOCK_HOPS =
      """
      SELECT h.error_uuid, h.level
        FROM unnest($1::uuid[], $2::int[]) AS i(error_uuid, level)
        JOIN hops h ON h.error_uuid = i.error_uuid AND h.level = i.level
       WHERE h.due_at IS NOT NULL
       ORDER BY h.error_uuid, h.level
         FOR UPDATE OF h SKIP LOCKED
      """;

  static final String SEEN_HOPS =
      """
      SELECT h.error_uuid, h.level, h.resource_uuid, h.panicked_resource, h.panicked_uuid, h.step,
             h.retries, h.due_at, r.type, r.label, t.name,
             e.uuid, e.resource_uuid, e.subject_uuid, e.kind, e.message, e.attrs::text, e.stack,
             e.stack_hash, e.state, e.step, e.try, e.worker, e.build, e.at, e.breaker
        FROM unnest($1::uuid[]) AS d(uuid)
       CROSS JOIN LATERAL (
         SELECT * FROM hops w
          WHERE w.resource_uuid = d.uuid AND w.due_at IS NOT NULL
          ORDER BY w.at
          LIMIT 20) AS h
        JOIN resources r ON r.uuid = h.panicked_resource
        LEFT JOIN tasks t ON t.resource_uuid = h.panicked_resource AND t.uuid = h.panicked_uuid
        JOIN errors e ON e.uuid = h.error_uuid
       ORDER BY h.at
      """;

  static final String INSERT =
      """
      INSERT INTO alarms (resource_uuid, uuid, subject_uuid, name, task, queue, type, schema_version,
                          priority, state, step, version, severity, message, error, judged, attrs,
                          escalate_s, due_at, under, created_at, opened_at, stands_at,
                          clear_at)
      SELECT i.resource_uuid, i.uuid, i.subject_uuid, i.name, i.task, i.queue, i.type,
             i.schema_version, i.priority, i.state, i.step, i.version, i.severity, i.message, i.error,
             i.judged, jsonb_strip_nulls(jsonb_build_object('runbook', i.runbook)), i.escalate_s,
             i.due_at, i.under, i.created_at, i.opened_at, i.stands_at,
             i.clear_at
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::int[], $9::int[], $10::text[], $11::bigint[], $12::bigint[],
                    $13::text[], $14::text[], $15::uuid[], $16::boolean[], $17::text[], $18::int[],
                    $19::timestamptz[], $20::uuid[], $21::timestamptz[], $22::timestamptz[],
                    $23::bigint[], $24::timestamptz[])
          AS i (resource_uuid, uuid, subject_uuid, name, task, queue, type, schema_version,
                priority, state, step, version, severity, message, error, judged, runbook, escalate_s,
                due_at, under, created_at, opened_at, stands_at, clear_at)
      """;

  static final String WRITE =
      """
      UPDATE alarms AS a
         SET state = i.state, step = i.step, version = i.version, severity = i.severity,
             due_at = i.due_at, clear_at = i.clear_at, snoozed_until = i.snoozed_until,
             acknowledged = i.acknowledged, under = i.under, message = i.message,
             repairs = string_to_array(i.repairs, ',')::timestamptz[], opened_at = i.opened_at,
             active = i.ended_at IS NULL, ended_at = i.ended_at, updated_at = now()
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[],
                    $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::text[],
                    $11::uuid[], $12::text[], $13::timestamptz[], $14::timestamptz[],
                    $15::text[])
          AS i (resource_uuid, uuid, state, step, version, severity, due_at, clear_at, snoozed_until,
                acknowledged, under, repairs, opened_at, ended_at, message)
       WHERE a.resource_uuid = i.resource_uuid AND a.uuid = i.uuid
      """;

  /*
   * What was quiet under alarms or holds that are over is judged again, half a minute later: what went
   * down with its host comes back with it, but not in the same second.
   */
  private static final String FREED =
      """
      under = NULL, due_at = now() + interval '30 s', clear_at = now() + interval '30 s',
             version = version + 1, updated_at = now()""";

  static final String FREE =
      """
      UPDATE alarms
         SET %s
       WHERE under = ANY ($1::uuid[])
      """
          .formatted(FREED);

  /*
   * An alarm may be put under a hold that was still in force as it was read, and is over as the alarm
   * is committed. $1 at most.
   */
  static final String FREE_LATE =
      """
      WITH late AS (
        SELECT a.resource_uuid, a.uuid
          FROM holds h
          JOIN alarms a ON a.under = h.uuid
         WHERE h.settled_at > now() - interval '1 hour'
         LIMIT $1
           FOR NO KEY UPDATE OF a SKIP LOCKED)
      UPDATE alarms AS a
         SET %s
        FROM late l
       WHERE a.resource_uuid = l.resource_uuid AND a.uuid = l.uuid
      """
          .formatted(FREED);

  static final String ASK =
      """
      INSERT INTO hops (error_uuid, level, resource_uuid, panicked_resource, panicked_uuid, step,
                        retries, due_at)
      SELECT i.error_uuid, i.level, i.resource_uuid, i.panicked_resource, i.panicked_uuid, i.step,
             i.retries, i.due_at
        FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[],
                    $7::int[], $8::timestamptz[])
          AS i (error_uuid, level, resource_uuid, panicked_resource, panicked_uuid, step, retries,
                due_at)
          ON CONFLICT DO NOTHING
      """;

  static final String SETTLE =
      """
      UPDATE hops AS h
         SET decision = i.decision, reason = i.reason, due_at = NULL, decided_at = now()
        FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[])
          AS i (error_uuid, level, decision, reason)
       WHERE h.error_uuid = i.error_uuid AND h.level = i.level AND h.due_at IS NOT NULL
      """;

  static final String OVERTAKE =
      """
      UPDATE hops
         SET decision = 'overtaken', reason = 'it was settled otherwise', due_at = NULL,
             decided_at = now()
       WHERE error_uuid = ANY ($1::uuid[]) AND due_at IS NOT NULL
      """;

  static final String WAKE =
      """
      UPDATE resources
         SET wakes = wakes + 1, due_at = least(due_at, now())
       WHERE uuid = ANY ($1::uuid[]) AND active AND type <> '__system__'
      """;

  /** What is past its time, $1 at most, none of these resources; but who is held cannot answer. */
  static final String DUE_HOPS =
      """
      SELECT h.error_uuid, h.level, h.resource_uuid, h.panicked_resource, h.panicked_uuid, h.step,
             h.retries, h.due_at
        FROM hops h
        JOIN resources r ON r.uuid = h.resource_uuid
       WHERE h.due_at <= now() AND h.panicked_resource <> ALL ($2::uuid[])
         AND %s
       ORDER BY h.due_at
       LIMIT $1
      """
          .formatted(HeldSql.NO_RESOURCE);

  static final String DUE_ALARMS =
      """
      SELECT resource_uuid, uuid
        FROM alarms
       WHERE active AND due_at <= now() AND resource_uuid <> ALL ($2::uuid[])
       ORDER BY due_at
       LIMIT $1
      """;

  /** Tasks that were too slow, and of which a later run has come to its end by itself. */
  static final String PUNCTUAL_AGAIN =
      """
      SELECT a.resource_uuid, a.uuid
        FROM alarms a
       CROSS JOIN LATERAL (
         SELECT l.outcome FROM tasks l
          WHERE l.resource_uuid = a.resource_uuid AND l.name = a.task
          ORDER BY l.run DESC
          LIMIT 1) AS last
       WHERE a.active AND a.name = 'timeout' AND a.task IS NOT NULL AND last.outcome = 'finished'
         AND a.resource_uuid <> ALL ($2::uuid[])
       LIMIT $1
      """;

  /** Of machines that were seen to be stuck, those that have not been written since. */
  static final String STILL =
      """
      SELECT i.n, m.name, m.queue, m.type, m.schema_version, m.priority, m.step
        FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) WITH ORDINALITY
          AS i (resource_uuid, uuid, version, n)
       CROSS JOIN LATERAL (
         SELECT NULL::text AS name, r.queue, r.type, r.schema_version, r.priority, r.step
           FROM resources r
          WHERE r.uuid = i.uuid AND r.uuid = i.resource_uuid AND r.version = i.version AND r.active
         UNION ALL
         SELECT t.name, t.queue, t.type, t.schema_version, t.priority, t.step
           FROM tasks t
          WHERE t.resource_uuid = i.resource_uuid AND t.uuid = i.uuid AND t.version = i.version
            AND t.active
            AND EXISTS (SELECT FROM resources r WHERE r.uuid = i.resource_uuid OFFSET 0)) AS m
       ORDER BY i.n
      """;

  /** Alarms of machines that were stuck, and have been written since, or ended, or are held. */
  static final String UNSTUCK =
      """
      SELECT a.resource_uuid, a.uuid
        FROM alarms a
        JOIN resources r ON r.uuid = a.resource_uuid
        LEFT JOIN tasks t ON t.resource_uuid = a.resource_uuid AND t.uuid = a.subject_uuid
       WHERE a.active AND a.name = 'stuck' AND a.resource_uuid <> ALL ($2::uuid[])
         AND (coalesce(t.version, r.version) IS DISTINCT FROM a.stands_at
              OR NOT coalesce(t.active, r.active)
              OR EXISTS (
                SELECT FROM holds h
                 WHERE h.settled_at IS NULL
                   AND %s))
       LIMIT $1
      """
          .formatted(
              HeldSql.machine(
                  HeldSql.SUBTREE, "r.type", "coalesce(t.queue, r.queue)", "t.name", HeldSql.KEPT));

  /** The resource of an alarm, and whether what it tells of stands still. */
  static final String KEY =
      """
      SELECT a.resource_uuid, a.active,
             coalesce(
               a.error IS NOT NULL AND coalesce(t.state, r.state) IN ('__panic__', '__timeout__')
                 OR a.name = 'approval' AND t.active AND t.state = '__new__',
               false)
        FROM alarms a
        JOIN resources r ON r.uuid = a.resource_uuid
        LEFT JOIN tasks t ON t.resource_uuid = a.resource_uuid AND t.uuid = a.subject_uuid
       WHERE a.uuid = $1
      """;

  private AlarmSql() {}
}

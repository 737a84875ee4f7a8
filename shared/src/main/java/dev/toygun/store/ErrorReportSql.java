package dev.toygun.store;

/** The statements that make messages of errors, for sinks that are told of these. */
final class ErrorReportSql {
  /*
   * Errors of one kind from one place are one to whoever is told; what has no place in the code is of the
   * task and the state that it was in. A sink that is told of a group waits until it is told of it again,
   * and hears then how many there were.
   */
  /**
   * $1: how many; $2: for how many seconds a group is told of once. Returns how many there were.
   */
  static final String SORT =
      """
      WITH taken AS (
        DELETE FROM untold_errors
         WHERE uuid = ANY (ARRAY(SELECT uuid FROM untold_errors LIMIT $1 FOR UPDATE SKIP LOCKED))
        RETURNING uuid, at
      ),
      found AS (
        SELECT s.name AS sink, e.uuid, e.at,
               CASE WHEN e.stack_hash IS NULL THEN ARRAY[left(e.kind, 200), r.type, coalesce(t.name, ''), e.state]
                    ELSE ARRAY[left(e.kind, 200), e.stack_hash] END AS fingerprint
          FROM taken n
          JOIN errors e ON e.uuid = n.uuid AND e.at = n.at
          JOIN resources r ON r.uuid = e.resource_uuid
          LEFT JOIN tasks t ON t.resource_uuid = e.resource_uuid AND t.uuid = e.subject_uuid
          JOIN sinks s ON s.active AND s.kind = 'sentry'
           AND (s.types = '{}' OR r.type = ANY (s.types))
           AND (s.under IS NULL OR s.under = r.uuid OR s.under = ANY (r.path))
      ),
      sorted AS (
        INSERT INTO error_reports AS p (sink, fingerprint, times, error_uuid, error_at, due_at)
        SELECT sink, fingerprint, count(*), (array_agg(uuid ORDER BY at DESC, uuid DESC))[1], max(at), now()
          FROM found
         GROUP BY sink, fingerprint
         ORDER BY sink, fingerprint
            ON CONFLICT (sink, fingerprint) DO UPDATE
           SET times = p.times + excluded.times, error_uuid = excluded.error_uuid, error_at = excluded.error_at,
               due_at = coalesce(p.due_at, greatest(now(), p.told_at + make_interval(secs => $2)))
      )
      SELECT count(*) FROM taken
      """;

  /*
   * A sink is told of so many groups a minute at most, by whoever has its row: kinds that are made up of
   * data would else be a flood.
   */
  /** $1: how many groups a minute. */
  static final String TELL =
      """
      WITH room AS (
        SELECT s.name,
               $1 - (SELECT count(*)
                       FROM (SELECT FROM error_reports p
                              WHERE p.sink = s.name AND p.told_at > now() - interval '1 minute' LIMIT $1) AS told) AS left
          FROM sinks s
         WHERE s.active AND s.kind = 'sentry'
         ORDER BY s.name
           FOR NO KEY UPDATE SKIP LOCKED
      ),
      due AS (
        SELECT d.*
          FROM room
         CROSS JOIN LATERAL (
           SELECT p.sink, p.fingerprint, p.times, p.error_uuid, p.error_at
             FROM error_reports p
            WHERE p.sink = room.name AND p.due_at <= now()
            ORDER BY p.due_at
            LIMIT room.left
              FOR UPDATE SKIP LOCKED) AS d
      ),
      told AS (
        UPDATE error_reports AS p
           SET told_at = now(), due_at = NULL, times = 0
          FROM due d
         WHERE p.sink = d.sink AND p.fingerprint = d.fingerprint
      )
      INSERT INTO deliveries (uuid, resource_uuid, error_uuid, sink, event, due_at, body)
      SELECT gen_random_uuid(), e.resource_uuid, e.uuid, d.sink, 'error', now(),
             jsonb_strip_nulls(jsonb_build_object(
               'error', e.uuid,
               'name', e.kind,
               'severity', 'error',
               'message', e.message,
               'resource', e.resource_uuid,
               'resource_type', r.type,
               'resource_label', r.label,
               'task', t.name,
               'error_kind', e.kind,
               'opened_at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               'state', e.state,
               'step', e.step,
               'try', e.try,
               'worker', e.worker,
               'build', e.build,
               'stack', e.stack,
               'fingerprint', to_jsonb(d.fingerprint),
               'times', d.times))
        FROM due d
        JOIN errors e ON e.uuid = d.error_uuid AND e.at = d.error_at
        JOIN resources r ON r.uuid = e.resource_uuid
        LEFT JOIN tasks t ON t.resource_uuid = e.resource_uuid AND t.uuid = e.subject_uuid
      """;

  /*
   * What was told of so long ago is new again, so nothing is lost with it. What could not be told for that
   * long stays where all errors are.
   */
  /** $1: for how many seconds; $2: how many. */
  static final String FORGET =
      """
      DELETE FROM error_reports
       WHERE ctid = ANY (ARRAY(
         SELECT p.ctid
           FROM sinks s
          CROSS JOIN LATERAL (
            (SELECT o.ctid FROM error_reports o
              WHERE o.sink = s.name AND o.due_at IS NULL AND o.told_at < now() - make_interval(secs => $1)
              ORDER BY o.told_at LIMIT $2)
            UNION ALL
            (SELECT o.ctid FROM error_reports o
              WHERE o.sink = s.name AND o.due_at < now() - make_interval(secs => $1)
              ORDER BY o.due_at LIMIT $2)) AS p
          LIMIT $2))
      """;

  private ErrorReportSql() {}
}

package dev.toygun.store;

/** The statements of the outbox: who is told of an alarm, and how that goes. */
final class DeliverySql {
  /*
   * Run in the transaction that opens these alarms: whoever is to be told of them is written down
   * with them. What a message may say is what it says here, once, as it was when the alarm opened.
   * It was made when this ran, not when the transaction began: else one that began before a sink was
   * made, and has seen it, would seem to be for a sink of the same name before it.
   */
  /**
   * $1, $2: resources and alarms, which exist by now; $3: the one sink that is to be told of those
   * that it was not told of since it was made, null for all sinks.
   */
  static final String OPENED =
      """
      INSERT INTO deliveries (uuid, resource_uuid, alarm_uuid, sink, event, due_at, created_at, body)
      SELECT gen_random_uuid(), a.resource_uuid, a.uuid, s.name, 'open', now(), statement_timestamp(),
             jsonb_strip_nulls(jsonb_build_object(
               'alarm', a.uuid,
               'name', a.name,
               'severity', a.severity,
               'message', a.message,
               'resource', a.resource_uuid,
               'resource_type', r.type,
               'resource_label', r.label,
               'task', coalesce(a.task, t.name),
               'error_kind', (SELECT e.kind FROM errors e WHERE e.uuid = a.error LIMIT 1),
               'opened_at', to_char(coalesce(a.opened_at, a.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               'runbook', a.attrs ->> 'runbook',
               'suggested', (
                 SELECT NULLIF(d.alarm -> 'suggested', '[]')
                   FROM resource_types y
                  CROSS JOIN LATERAL jsonb_array_elements(y.definition -> 'alarms') AS d (alarm)
                  WHERE y.name = r.type AND y.version = r.schema_version
                    AND a.subject_uuid = r.uuid AND d.alarm ->> 'name' = a.name
                  LIMIT 1),
               'dedup_key', 'toygun/' || a.uuid))
        FROM unnest($1::uuid[], $2::uuid[]) AS i (resource_uuid, uuid)
        JOIN alarms a ON a.resource_uuid = i.resource_uuid AND a.uuid = i.uuid
        JOIN resources r ON r.uuid = a.resource_uuid
        LEFT JOIN tasks t ON t.resource_uuid = a.resource_uuid AND t.uuid = a.subject_uuid
        JOIN sinks s ON s.active AND s.kind <> 'sentry'
         AND array_position(ARRAY['info', 'warning', 'error', 'critical'], s.min_severity)
             <= array_position(ARRAY['info', 'warning', 'error', 'critical'], a.severity)
         AND (s.types = '{}' OR r.type = ANY (s.types))
         AND (s.under IS NULL OR s.under = r.uuid OR s.under = ANY (r.path))
         AND ($3::text IS NULL OR (s.name = $3 AND NOT EXISTS (
               SELECT FROM deliveries o
                WHERE o.alarm_uuid = a.uuid AND o.sink = s.name AND o.event = 'open' AND o.created_at >= s.created_at)))
      """;

  /*
   * Run in the transaction that closes these alarms: who was told of one is told that it is over, once,
   * whether the sink would still be told of new ones or not.
   */
  /** $1: alarms. */
  static final String CLOSED =
      """
      INSERT INTO deliveries (uuid, resource_uuid, alarm_uuid, sink, event, due_at, body)
      SELECT DISTINCT ON (d.alarm_uuid, d.sink)
             gen_random_uuid(), d.resource_uuid, d.alarm_uuid, d.sink, 'resolve', now(),
             d.body || jsonb_build_object(
               'closed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        FROM deliveries d
       WHERE d.alarm_uuid = ANY ($1::uuid[])
         AND d.event = 'open'
         AND NOT EXISTS (SELECT FROM deliveries o WHERE o.alarm_uuid = d.alarm_uuid AND o.sink = d.sink AND o.event = 'resolve')
       ORDER BY d.alarm_uuid, d.sink, d.created_at DESC
      """;

  /*
   * Lane by lane, so that a sink that hangs, or has a thousand messages waiting, holds up nobody else.
   * A claim is a due time in the future: whoever dies with it is made up for when that comes. tries goes
   * up with each claim, so it tells claims apart. That an alarm is over is not said before it was said
   * that it had begun.
   */
  /** $1: sinks that have enough to do; $2: how many of each; $3: seconds of the claim. */
  static final String CLAIM =
      """
      WITH due AS (
        SELECT c.uuid
          FROM sinks s
         CROSS JOIN LATERAL (
           SELECT d.uuid
             FROM deliveries d
            WHERE d.sink = s.name AND d.state = 'pending' AND d.due_at <= now()
              AND NOT (d.event = 'resolve' AND EXISTS (
                SELECT FROM deliveries o
                 WHERE o.alarm_uuid = d.alarm_uuid AND o.sink = d.sink AND o.event = 'open' AND o.state = 'pending'))
            ORDER BY d.due_at
            LIMIT $2
              FOR UPDATE OF d SKIP LOCKED) AS c
         WHERE s.name <> ALL ($1::text[])
      )
      UPDATE deliveries AS d
         SET tries = d.tries + 1, claimed_until = now() + make_interval(secs => $3), due_at = now() + make_interval(secs => $3)
        FROM due
       CROSS JOIN sinks s
       WHERE d.uuid = due.uuid AND s.name = d.sink
      RETURNING d.uuid, d.sink, d.event, d.body::text, d.tries, d.tries - d.tries_before, s.uuid, s.kind, s.settings::text
      """;

  static final String SENT =
      """
      UPDATE deliveries
         SET state = 'sent', due_at = NULL, claimed_until = NULL, last_error = NULL, sent_at = now()
       WHERE uuid = $1 AND state = 'pending' AND tries = $2
      """;

  static final String LATER =
      """
      UPDATE deliveries
         SET due_at = now() + make_interval(secs => $3), claimed_until = NULL, last_error = $4
       WHERE uuid = $1 AND state = 'pending' AND tries = $2
      """;

  static final String FAILED =
      """
      UPDATE deliveries
         SET state = 'failed', due_at = NULL, claimed_until = NULL, last_error = $3
       WHERE uuid = $1 AND state = 'pending' AND tries = $2
      """;

  /*
   * Who asks twice asks once: one that waits is tried at once, and one that is under way is left alone.
   * That an alarm has begun is not said to who was told that it is over, or is just being told: nobody
   * would ever end what that begins.
   */
  static final String RETRY =
      """
      UPDATE deliveries AS d
         SET state = 'pending', due_at = least(d.due_at, now()),
             tries_before = CASE d.state WHEN 'failed' THEN d.tries ELSE d.tries_before END
        FROM sinks s
       WHERE d.uuid = $1 AND s.name = d.sink
         AND (d.state = 'failed' OR (d.state = 'pending' AND d.claimed_until IS NULL))
         AND NOT (d.event = 'open' AND EXISTS (
           SELECT FROM deliveries o
            WHERE o.alarm_uuid = d.alarm_uuid AND o.sink = d.sink AND o.event = 'resolve'
              AND (o.state = 'sent' OR o.claimed_until > now())))
      RETURNING d.uuid
      """;

  /** Of one that was not to be tried again: how it stands, and whether its sink is there. */
  static final String STANDING =
      """
      SELECT d.state, d.sink, EXISTS (SELECT FROM sinks s WHERE s.name = d.sink)
        FROM deliveries d
       WHERE d.uuid = $1
      """;

  /**
   * How many wait to be sent, have failed for good, and how long the oldest has been due; bounded.
   */
  static final String COUNTS =
      """
      SELECT (SELECT count(*) FROM (SELECT FROM deliveries WHERE state = 'pending' LIMIT 100000) AS p) AS pending,
             (SELECT count(*) FROM (SELECT FROM deliveries WHERE state = 'failed' LIMIT 100000) AS f) AS failed
      """;

  /** How many alarms are open, by severity; bounded. */
  static final String OPEN_ALARMS =
      """
      SELECT severity, count(*) AS open
        FROM (SELECT severity, type FROM alarms WHERE state = 'open' LIMIT 100000) AS o
       WHERE $1::text[] IS NULL OR o.type = ANY ($1)
       GROUP BY severity
      """;

  /*
   * Level, not edge: whoever looks finds that nobody was told, also when the one who should have said
   * so died. Alarms that say just this do not count, or one would keep itself open.
   */
  static final String UNTOLD =
      """
      WITH failed AS (
        SELECT d.alarm_uuid AS uuid, d.created_at,
               'sink ' || d.sink || ' was not told of ' || a.name || ': ' || coalesce(d.last_error, 'it failed') AS why
          FROM deliveries d
          JOIN alarms a ON a.resource_uuid = d.resource_uuid AND a.uuid = d.alarm_uuid
         WHERE d.state = 'failed' AND d.event = 'open' AND a.active AND a.name <> 'nobody_told'
           AND NOT EXISTS (
                 SELECT FROM deliveries o
                  WHERE o.alarm_uuid = d.alarm_uuid AND o.event = 'open' AND o.state = 'sent'
                    AND CASE WHEN o.sink = d.sink THEN o.created_at > d.created_at
                             ELSE NOT EXISTS (SELECT FROM sinks s WHERE s.name = d.sink AND s.active) END)
         ORDER BY d.created_at DESC
         LIMIT 1
      ),
      unheard AS (
        SELECT a.uuid, a.created_at, 'no sink takes the critical alarm ' || a.name AS why
          FROM alarms a
         WHERE a.active AND a.severity = 'critical' AND a.state = 'open' AND a.name <> 'nobody_told'
           AND NOT EXISTS (SELECT FROM deliveries d WHERE d.alarm_uuid = a.uuid)
         ORDER BY a.created_at DESC
         LIMIT 1
      )
      SELECT (SELECT why FROM (SELECT * FROM failed UNION ALL SELECT * FROM unheard) AS u
               ORDER BY created_at DESC LIMIT 1) AS why,
             EXISTS (SELECT FROM alarms
                      WHERE resource_uuid = '00000000-0000-0000-0000-000000000000' AND name = 'nobody_told' AND active)
               AS open
      """;

  /*
   * Whom a message was for is gone, and whoever removed the sink did not see the message. Lane by lane,
   * by the index, so that a sink with much to be sent is one look.
   */
  static final String ORPHANED =
      """
      WITH RECURSIVE lanes AS (
        (SELECT sink FROM deliveries WHERE state = 'pending' ORDER BY sink LIMIT 1)
        UNION ALL
        SELECT (SELECT d.sink FROM deliveries d WHERE d.state = 'pending' AND d.sink > l.sink ORDER BY d.sink LIMIT 1)
          FROM lanes l
         WHERE l.sink IS NOT NULL
      )
      UPDATE deliveries AS d
         SET state = 'failed', due_at = NULL, claimed_until = NULL, last_error = 'the sink was removed'
       WHERE d.state = 'pending' AND d.uuid IN (
         SELECT o.uuid
           FROM lanes l
          CROSS JOIN LATERAL (
            SELECT p.uuid FROM deliveries p WHERE p.state = 'pending' AND p.sink = l.sink LIMIT $1) AS o
          WHERE NOT EXISTS (SELECT FROM sinks s WHERE s.name = l.sink))
      """;

  /** $1, $2: for how many seconds what was sent and what failed is kept; $3: how many. */
  static final String PURGE =
      """
      DELETE FROM deliveries AS d
       WHERE d.uuid IN (
         (SELECT o.uuid
            FROM deliveries o
           WHERE o.state = 'sent' AND o.created_at < now() - make_interval(secs => $1)
             AND NOT EXISTS (SELECT FROM alarms a WHERE a.uuid = o.alarm_uuid AND a.active)
           ORDER BY o.created_at
           LIMIT $3)
         UNION ALL
         (SELECT o.uuid
            FROM deliveries o
           WHERE o.state = 'failed' AND o.created_at < now() - make_interval(secs => $2)
             AND NOT EXISTS (SELECT FROM alarms a WHERE a.uuid = o.alarm_uuid AND a.active)
           ORDER BY o.created_at
           LIMIT $3))
         AND d.state <> 'pending'
      """;

  /** Of an alarm, the newest first. */
  static final String OF_ALARM =
      """
      SELECT uuid, alarm_uuid, error_uuid, body ->> 'name' AS name, sink, event, state, tries, due_at, last_error, created_at, sent_at
        FROM deliveries
       WHERE alarm_uuid = $1
       ORDER BY created_at DESC, uuid
       LIMIT 200
      """;

  /** $1: how they went; $2, $3: what the page before ended with; the newest first. */
  static final String OF_STATE =
      """
      SELECT uuid, alarm_uuid, error_uuid, body ->> 'name' AS name, sink, event, state, tries, due_at, last_error, created_at, sent_at
        FROM deliveries
       WHERE state = $1
         AND (created_at, uuid) < (coalesce($2::text::timestamptz, 'infinity'), coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       ORDER BY created_at DESC, uuid DESC
       LIMIT $4
      """;

  static final String ONE =
      """
      SELECT uuid, alarm_uuid, error_uuid, body ->> 'name' AS name, sink, event, state, tries, due_at, last_error, created_at, sent_at
        FROM deliveries
       WHERE uuid = $1
      """;

  private DeliverySql() {}
}

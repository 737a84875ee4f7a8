package dev.toygun.store;

/** The statements of the outbox: who is told of an alarm, and how that goes. */
final class DeliverySql {
  /*
   * Run in the transaction that opens these alarms: whoever is to be told of them is written down
   * with them. What a message may say is what it says here, once, as it was when the alarm opened.
   */
  /** $1, $2: resources and alarms, which exist by now. */
  static final String OPENED =
      """
      INSERT INTO deliveries (uuid, resource_uuid, alarm_uuid, sink, event, due_at, body)
      SELECT gen_random_uuid(), a.resource_uuid, a.uuid, s.name, 'open', now(),
             jsonb_strip_nulls(jsonb_build_object(
               'alarm', a.uuid,
               'name', a.name,
               'severity', a.severity,
               'message', a.message,
               'resource', a.resource_uuid,
               'resource_type', r.type,
               'resource_label', r.label,
               'task', t.name,
               'error_kind', (SELECT e.kind FROM errors e WHERE e.uuid = a.error LIMIT 1),
               'opened_at', to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               'runbook', a.attrs ->> 'runbook',
               'dedup_key', 'toygun/' || a.uuid))
        FROM unnest($1::uuid[], $2::uuid[]) AS i (resource_uuid, uuid)
        JOIN alarms a ON a.resource_uuid = i.resource_uuid AND a.uuid = i.uuid
        JOIN resources r ON r.uuid = a.resource_uuid
        LEFT JOIN tasks t ON t.resource_uuid = a.resource_uuid AND t.uuid = a.subject_uuid
        JOIN sinks s ON s.active
         AND array_position(ARRAY['info', 'warning', 'error', 'critical'], s.min_severity)
             <= array_position(ARRAY['info', 'warning', 'error', 'critical'], a.severity)
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

  private DeliverySql() {}
}

package dev.toygun.store;

/** The statements of sinks. There are at most a hundred. */
final class SinkSql {
  static final String LIST =
      """
      SELECT name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at, types, under
        FROM sinks
       ORDER BY name
       LIMIT 100
      """;

  static final String FIND =
      """
      SELECT name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at, types, under
        FROM sinks
       WHERE name = $1
      """;

  static final String INSERT =
      """
      INSERT INTO sinks (name, uuid, kind, settings, min_severity, active, created_by, types, under, catch_up)
      SELECT $1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9,
             CASE WHEN $6::boolean THEN '00000000-0000-0000-0000-000000000000'::uuid END
       WHERE (SELECT count(*) FROM sinks) < 100
          ON CONFLICT (name) DO NOTHING
      RETURNING name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at, types, under
      """;

  static final String UPDATE =
      """
      UPDATE sinks
         SET settings = $3::text::jsonb, min_severity = $4, active = $5, types = $6, under = $7, version = version + 1,
             updated_at = now(),
             catch_up = CASE
               WHEN NOT $5::boolean THEN NULL
               WHEN NOT active
                 OR array_position(ARRAY['info', 'warning', 'error', 'critical'], $4::text)
                    < array_position(ARRAY['info', 'warning', 'error', 'critical'], min_severity)
                 OR types <> $6::text[] OR under IS DISTINCT FROM $7::uuid
               THEN '00000000-0000-0000-0000-000000000000'::uuid
               ELSE catch_up END
       WHERE name = $1 AND version = $2
      RETURNING name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at, types, under
      """;

  static final String RESEAL =
      """
      UPDATE sinks
         SET settings = $4::text::jsonb
       WHERE name = $1 AND version = $2 AND settings = $3::text::jsonb
      """;

  /** What was to be sent to it never will be, and says so. */
  static final String DELETE =
      """
      WITH gone AS (
        DELETE FROM sinks WHERE name = $1 AND ($2::bigint IS NULL OR version = $2) RETURNING name
      ),
      failed AS (
        UPDATE deliveries AS d
           SET state = 'failed', due_at = NULL, claimed_until = NULL, last_error = 'the sink was removed'
          FROM gone
         WHERE d.sink = gone.name AND d.state = 'pending'
      ),
      forgotten AS (
        DELETE FROM error_reports AS p USING gone WHERE p.sink = gone.name
      )
      SELECT name FROM gone
      """;

  static final String CATCHING_UP =
      """
      SELECT name FROM sinks WHERE active AND catch_up IS NOT NULL ORDER BY name LIMIT 100
      """;

  /** How far it is; nothing where somebody else tells it, or it is through. */
  static final String CATCH_UP =
      """
      SELECT catch_up FROM sinks WHERE name = $1 AND active AND catch_up IS NOT NULL FOR NO KEY UPDATE SKIP LOCKED
      """;

  /*
   * Locked, so that none closes before its message is there: else nobody would be told that it is over.
   * One that is just being written is left for the next round.
   */
  /** $1: how far it is; $2: how many. */
  static final String OPEN_ALARMS =
      """
      SELECT resource_uuid, uuid
        FROM alarms
       WHERE state = 'open' AND uuid > $1
       ORDER BY uuid
       LIMIT $2
         FOR SHARE SKIP LOCKED
      """;

  /*
   * Rounds go on for a minute, which is longer than any transaction: one that opens an alarm may not
   * have seen the sink, and not be seen by the first of them.
   */
  /** $1: the sink; $2: the last of a full page, null at the end of a round. */
  static final String CAUGHT_UP =
      """
      UPDATE sinks
         SET catch_up = CASE
               WHEN $2::uuid IS NOT NULL THEN $2
               WHEN updated_at > now() - interval '1 minute' THEN '00000000-0000-0000-0000-000000000000'::uuid
             END
       WHERE name = $1
      """;

  private SinkSql() {}
}

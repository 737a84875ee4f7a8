package dev.toygun.store;

/** The statements of sinks. There are at most a hundred. */
final class SinkSql {
  static final String LIST =
      """
      SELECT name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at
        FROM sinks
       ORDER BY name
       LIMIT 100
      """;

  static final String FIND =
      """
      SELECT name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at
        FROM sinks
       WHERE name = $1
      """;

  static final String INSERT =
      """
      INSERT INTO sinks (name, uuid, kind, settings, min_severity, active, created_by)
      SELECT $1, $2, $3, $4::text::jsonb, $5, $6, $7
       WHERE (SELECT count(*) FROM sinks) < 100
          ON CONFLICT (name) DO NOTHING
      RETURNING name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at
      """;

  static final String UPDATE =
      """
      UPDATE sinks
         SET settings = $3::text::jsonb, min_severity = $4, active = $5, version = version + 1, updated_at = now()
       WHERE name = $1 AND version = $2
      RETURNING name, uuid, kind, settings::text, min_severity, active, version, created_by, created_at, updated_at
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
      )
      SELECT name FROM gone
      """;

  private SinkSql() {}
}

package dev.toygun.store;

/**
 * The statements of the alarms of the system itself, which hang off the one resource that is always
 * there. Nobody ticks them, so they work with all workers stopped.
 */
final class SystemAlarmSql {
  /** $1 uuid, $2 name, $3 severity, $4 message; says nothing where it is open already. */
  static final String OPEN =
      """
      WITH opened AS (
        INSERT INTO alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step,
                            severity, message, opened_at)
        VALUES ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', $1, $2,
                '__system__', 1, 'open', 1, $3, $4, now())
            ON CONFLICT DO NOTHING
        RETURNING resource_uuid, uuid, step, state, message
      )
      INSERT INTO transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, message, worker, build)
      SELECT resource_uuid, uuid, step, '__new__', state, 'alarm', 'system', message, '', ''
        FROM opened
      RETURNING subject_uuid
      """;

  /**
   * $1 the names of those that are still true, as somebody sees it. Many do: one of them writes it.
   */
  static final String SEEN =
      """
      UPDATE alarms
         SET updated_at = now()
       WHERE resource_uuid = '00000000-0000-0000-0000-000000000000'
         AND subject_uuid = '00000000-0000-0000-0000-000000000000' AND name = ANY ($1::text[]) AND active
         AND updated_at < now() - interval '3 s'
      """;

  /** $1 name, $2 for how many seconds nobody must have seen it; says nothing where it stays. */
  static final String CLOSE =
      """
      WITH was AS (
        SELECT resource_uuid, uuid, state
          FROM alarms
         WHERE resource_uuid = '00000000-0000-0000-0000-000000000000'
           AND subject_uuid = '00000000-0000-0000-0000-000000000000' AND name = $1 AND active
           AND ($2 = 0 OR updated_at <= now() - $2 * interval '1 s')
           FOR NO KEY UPDATE
      ),
      closed AS (
        UPDATE alarms AS a
           SET state = 'closed', active = false, due_at = NULL, step = a.step + 1, version = a.version + 1,
               updated_at = now(), ended_at = now()
          FROM was
         WHERE a.resource_uuid = was.resource_uuid AND a.uuid = was.uuid
        RETURNING a.resource_uuid, a.uuid, a.step, was.state AS from_state, a.state
      )
      INSERT INTO transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, message, worker, build)
      SELECT resource_uuid, uuid, step, from_state, state, 'alarm', 'system', 'it is over', '', ''
        FROM closed
      RETURNING subject_uuid
      """;

  private SystemAlarmSql() {}
}

package dev.toygun.store;

/**
 * The statements of the alarms of the system itself, which hang off the one resource that is always
 * there. Nobody ticks them, so they work with all workers stopped.
 */
final class SystemAlarmSql {
  /** $1 uuid, $2 name, $3 severity, $4 message; says nothing where it is open already. */
  static final String OPEN =
      """
      INSERT INTO alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step,
                          severity, message, opened_at)
      VALUES ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', $1, $2,
              '__system__', 1, 'open', 1, $3, $4, now())
          ON CONFLICT DO NOTHING
      RETURNING uuid
      """;

  static final String CLOSE =
      """
      UPDATE alarms
         SET state = 'closed', active = false, due_at = NULL, step = step + 1, version = version + 1,
             updated_at = now(), ended_at = now()
       WHERE resource_uuid = '00000000-0000-0000-0000-000000000000'
         AND subject_uuid = '00000000-0000-0000-0000-000000000000' AND name = $1 AND active
      RETURNING uuid
      """;

  private SystemAlarmSql() {}
}

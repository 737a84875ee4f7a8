package dev.toygun.store;

/**
 * The statements of brakes. Who wants a task is in the index of those with limits, {@code
 * tasks_admission}; a brake that holds has counted all of its peers, up to 10,000, and one that
 * does not has counted as many as that takes: what it costs follows who wants the task.
 */
final class BrakeSql {
  /**
   * Brakes that hold, and whose alarm is not there, or is about to close; and those whose alarm was
   * not written for 10 s, with what it says: as many want it as then, or not. Notes which hold.
   */
  static final String HOLDING =
      """
      WITH RECURSIVE %s,
      %s,
      noted AS (
        INSERT INTO held_brakes AS h (type, name, at, held_at)
        SELECT b.type, b.name, b.at, now() FROM brakes b WHERE b.too_many
            ON CONFLICT (type, name, at) DO UPDATE SET held_at = excluded.held_at
         WHERE h.held_at < now() - interval '5 seconds'),
      forgotten AS (
        DELETE FROM held_brakes WHERE held_at < now() - interval '1 day')
      SELECT b.type, b.name, b.at, b.wanted, b.peers, b.percent, r.queue, r.type, r.schema_version,
             r.priority, r.step, a.message
        FROM brakes b
        JOIN resources r ON r.uuid = b.at
        LEFT JOIN LATERAL (
          SELECT a.message, a.updated_at
            FROM alarms a
           WHERE a.resource_uuid = b.at AND a.subject_uuid = b.at AND a.active
             AND a.name = 'brake:' || b.type || ':' || b.name
             AND (a.state <> 'open' OR a.clear_at IS NULL)) AS a ON true
       WHERE b.too_many AND r.active
         AND (a.updated_at IS NULL OR a.updated_at < now() - interval '10 s')
       ORDER BY a.updated_at NULLS FIRST
       LIMIT 200
      """
          .formatted(AdmissionParts.LINES, AdmissionParts.BRAKES);

  /** Alarms of brakes that hold no more: $1 how many, $2 of which resources not. */
  static final String RELEASED =
      """
      WITH RECURSIVE told AS (
        SELECT a.resource_uuid, a.uuid, split_part(a.name, ':', 2) AS type,
               split_part(a.name, ':', 3) AS name
          FROM alarms a
         WHERE a.active AND a.name LIKE 'brake:%%' AND a.resource_uuid <> ALL ($2::uuid[])
           AND (a.state <> 'open' OR a.clear_at IS NULL)),
      lines AS (SELECT DISTINCT type, name FROM told),
      %s
      SELECT t.resource_uuid, t.uuid
        FROM told t
       WHERE NOT EXISTS (
         SELECT FROM brakes b
          WHERE b.type = t.type AND b.name = t.name AND b.at = t.resource_uuid AND b.holds)
       LIMIT $1
      """
          .formatted(AdmissionParts.BRAKES);

  private BrakeSql() {}
}

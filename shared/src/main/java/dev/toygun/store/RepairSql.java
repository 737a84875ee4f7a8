package dev.toygun.store;

/** The statements of repairs. */
final class RepairSql {
  /** By the newest version of each type. */
  static final String DECLARED =
      """
      SELECT DISTINCT y.name, a.alarm ->> 'name', t.task ->> 'name',
             coalesce(a.alarm ->> 'repair' = t.task ->> 'name', false),
             (t.task #>> '{limits,demoteBelow,percent}')::integer,
             (t.task #>> '{limits,demoteBelow,runs}')::integer
        FROM (SELECT DISTINCT ON (name) name, definition
                FROM resource_types
               ORDER BY name, version DESC) AS y
       CROSS JOIN LATERAL jsonb_array_elements(y.definition -> 'alarms') AS a (alarm)
       CROSS JOIN LATERAL jsonb_array_elements(y.definition -> 'tasks') AS t (task)
       WHERE a.alarm ->> 'repair' = t.task ->> 'name'
          OR a.alarm -> 'suggested' ? (t.task ->> 'name')
       ORDER BY 1, 2, 3
       LIMIT 10000
      """;

  /*
   * $1, $2, $3 types, alarms and tasks; $4 since when, $5 how many runs at most.
   *
   * ended   the oldest of all, from the index of what has ended; so the next look can go on after them
   * noted   of an alarm that was open more than once meanwhile, each is one
   */
  static final String NOTE =
      """
      WITH line AS (
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS l (type, alarm, task)),
      ended AS (
        SELECT t.*
          FROM (SELECT DISTINCT type, task FROM line) AS l
         CROSS JOIN LATERAL (
               SELECT t.resource_uuid, t.uuid, t.type, t.name, t.cause, t.outcome, t.admission, t.ended_at,
                      coalesce(t.admission_at, t.created_at) AS began_at
                 FROM tasks t
                WHERE NOT t.active AND t.type = l.type AND t.name = l.task AND t.ended_at >= $4
                ORDER BY t.ended_at, t.uuid
                LIMIT $5) AS t
         ORDER BY t.ended_at, t.uuid
         LIMIT $5),
      noted AS (
        INSERT INTO repairs (resource_uuid, task_uuid, alarm_uuid, type, alarm, task, automatic, aborted,
                             began_at, ended_at, due_at)
        SELECT e.resource_uuid, e.uuid, a.uuid, e.type, l.alarm, e.name,
               e.cause NOT IN ('api', 'operator'), e.outcome = 'aborted', e.began_at, e.ended_at, now()
          FROM ended e
          JOIN line l ON l.type = e.type AND l.task = e.name
         CROSS JOIN LATERAL (
               SELECT a.uuid, a.opened_at FROM alarms a
                WHERE a.resource_uuid = e.resource_uuid AND a.subject_uuid = e.resource_uuid
                  AND a.name = l.alarm AND a.active
               UNION ALL
               SELECT a.uuid, a.opened_at FROM alarms a
                WHERE a.resource_uuid = e.resource_uuid AND a.subject_uuid = e.resource_uuid
                  AND a.name = l.alarm AND NOT a.active AND a.ended_at >= e.began_at) AS a
         WHERE coalesce(e.admission, 'admitted') = 'admitted' AND a.opened_at <= e.ended_at
            ON CONFLICT DO NOTHING)
      SELECT CASE WHEN count(*) < $5 THEN now() ELSE max(ended_at) END FROM ended
      """;

  /*
   * $1, $2, $3 types, alarms and tasks; $4 how many at most.
   *
   * next   the next run of whatever repairs the same alarm, of the latest 20 of each
   * again  the first time that the alarm was open after it was cleared
   */
  static final String DUE =
      """
      SELECT r.resource_uuid, r.task_uuid, r.alarm_uuid, r.automatic, r.aborted, r.began_at, r.ended_at,
             r.cleared_at, r.relapsed_at, r.due_at,
             now(),
             coalesce(a.ended_at, CASE WHEN a.state = 'open' AND a.clear_at IS NOT NULL THEN now() END),
             next.began_at,
             coalesce(again.opened_at, CASE WHEN a.state = 'open' AND a.clear_at IS NULL THEN now() END),
             s.uuid IS NULL OR NOT s.active OR s.deleting <> 'no'
        FROM (SELECT * FROM repairs WHERE due_at <= now() ORDER BY due_at LIMIT $4) AS r
        LEFT JOIN resources s ON s.uuid = r.resource_uuid
        LEFT JOIN alarms a ON a.resource_uuid = r.resource_uuid AND a.uuid = r.alarm_uuid
       CROSS JOIN LATERAL (
             SELECT min(t.began_at) AS began_at
               FROM unnest($1::text[], $2::text[], $3::text[]) AS l (type, alarm, task)
              CROSS JOIN LATERAL (
                    SELECT coalesce(t.admission_at, t.created_at) AS began_at,
                           coalesce(t.admission, 'admitted') = 'admitted' AS began
                      FROM tasks t
                     WHERE t.resource_uuid = r.resource_uuid AND t.name = l.task
                     ORDER BY t.run DESC
                     LIMIT 20) AS t
              WHERE l.type = r.type AND l.alarm = r.alarm AND r.cleared_at IS NULL
                AND t.began AND t.began_at > r.began_at) AS next
       CROSS JOIN LATERAL (
             SELECT min(o.opened_at) AS opened_at
               FROM (SELECT n.opened_at FROM alarms n
                      WHERE n.resource_uuid = r.resource_uuid AND n.subject_uuid = r.resource_uuid
                        AND n.name = r.alarm AND n.active
                     UNION ALL
                     SELECT n.opened_at FROM alarms n
                      WHERE n.resource_uuid = r.resource_uuid AND n.subject_uuid = r.resource_uuid
                        AND n.name = r.alarm AND NOT n.active AND n.ended_at >= r.cleared_at) AS o
              WHERE o.opened_at > r.cleared_at) AS again
       ORDER BY r.due_at
      """;

  /** $1 runs, $2 alarms, $3 when they were due; $4 cleared, $5 relapsed, $6 due. */
  static final String JUDGED =
      """
      UPDATE repairs AS r
         SET cleared_at = i.cleared_at, relapsed_at = i.relapsed_at, due_at = i.due_at
        FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[],
                    $6::timestamptz[]) AS i (task_uuid, alarm_uuid, was, cleared_at, relapsed_at, due_at)
       WHERE r.task_uuid = i.task_uuid AND r.alarm_uuid = i.alarm_uuid AND r.due_at = i.was
      """;

  /** $1 runs, $2 alarms. */
  static final String DROP =
      """
      DELETE FROM repairs AS r
       USING unnest($1::uuid[], $2::uuid[]) AS i (task_uuid, alarm_uuid)
       WHERE r.task_uuid = i.task_uuid AND r.alarm_uuid = i.alarm_uuid
      """;

  /** $1 how old in seconds, $2 how many at most. */
  static final String FORGET =
      """
      DELETE FROM repairs
       WHERE ctid IN (SELECT ctid FROM repairs WHERE ended_at < now() - $1 * interval '1 s' LIMIT $2)
      """;

  /** $1, $2, $3 types, alarms and tasks; $4 how old in seconds, $5 how many at most of each. */
  static final String FIGURES =
      """
      SELECT count(r.began_at) FILTER (WHERE r.automatic), count(r.began_at) FILTER (WHERE NOT r.automatic),
             count(r.cleared_at), count(r.began_at) FILTER (WHERE r.cleared_at IS NULL AND r.due_at IS NULL),
             count(r.relapsed_at),
             extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY r.cleared_at - r.began_at))::float8
        FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS l (type, alarm, task, n)
        LEFT JOIN LATERAL (
             SELECT r.* FROM repairs r
              WHERE r.type = l.type AND r.task = l.task AND r.alarm = l.alarm
                AND r.ended_at > now() - $4 * interval '1 s'
              ORDER BY r.ended_at DESC
              LIMIT $5) AS r ON true
       GROUP BY l.n
       ORDER BY l.n
      """;

  /*
   * $1, $2 types and tasks, $3 of how many of the latest runs. A run that was to clear several alarms
   * has worked where it cleared one.
   */
  static final String STANDING =
      """
      SELECT l.type, l.task, coalesce(d.demoted, false), coalesce(d.version, 0),
             coalesce(d.since, 'epoch'), coalesce(d.actor, ''), coalesce(d.reason, ''), r.judged, r.worked
        FROM (SELECT l.type, l.task, l.runs
                FROM unnest($1::text[], $2::text[], $3::bigint[]) AS l (type, task, runs)) AS l
        LEFT JOIN demotions d ON d.type = l.type AND d.task = l.task
       CROSS JOIN LATERAL (
             SELECT count(*) AS judged, count(*) FILTER (WHERE r.worked) AS worked
               FROM (SELECT bool_or(r.cleared_at IS NOT NULL AND r.relapsed_at IS NULL) AS worked
                       FROM (SELECT r.task_uuid, r.ended_at, r.cleared_at, r.relapsed_at, r.due_at
                               FROM repairs r
                              WHERE r.type = l.type AND r.task = l.task AND r.automatic
                                AND r.ended_at > coalesce(d.since, 'epoch')
                                AND r.began_at > coalesce(d.since, 'epoch')
                              ORDER BY r.ended_at DESC
                              LIMIT 10 * l.runs) AS r
                      GROUP BY r.task_uuid
                     HAVING bool_and(r.cleared_at IS NOT NULL OR r.due_at IS NULL)
                      ORDER BY max(r.ended_at) DESC
                      LIMIT l.runs) AS r) AS r
       ORDER BY 1, 2
      """;

  static final String DEMOTED =
      """
      SELECT type, task, demoted, version, since, actor, reason
        FROM demotions
       WHERE demoted
       ORDER BY type, task
       LIMIT 10000
      """;

  /** $1 type, $2 task, $3 its version before, $4 demoted, $5 actor, $6 reason. */
  static final String CHANGE =
      """
      INSERT INTO demotions AS d (type, task, demoted, version, since, actor, reason)
      VALUES ($1, $2, $4, $3::bigint + 1, now(), $5, $6)
          ON CONFLICT (type, task) DO UPDATE
         SET demoted = excluded.demoted, version = excluded.version, since = excluded.since,
             actor = excluded.actor, reason = excluded.reason
       WHERE d.version = $3
      RETURNING type, task, demoted, version, since, actor, reason
      """;

  private RepairSql() {}
}

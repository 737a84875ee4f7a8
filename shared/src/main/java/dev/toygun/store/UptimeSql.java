package dev.toygun.store;

/** The statements that read how the availability of a resource went. */
final class UptimeSql {
  /** $1 the resource, $2 since when, $3 how many at most: the newest, and the one before $2. */
  static final String CHANGES =
      """
      (SELECT at, availability FROM observations
        WHERE resource_uuid = $1 AND at >= $2
        ORDER BY at DESC, version DESC
        LIMIT $3)
      UNION ALL
      (SELECT at, availability FROM observations
        WHERE resource_uuid = $1 AND at < $2
        ORDER BY at DESC, version DESC
        LIMIT 1)
      """;

  /**
   * $1 the resource, $2 since when, $3 how many at most. Who holds the one task that observes it
   * has nobody look.
   */
  static final String HOLDS =
      """
      SELECT h.created_at, coalesce(h.released_at, h.until)
        FROM (SELECT * FROM holds WHERE settled_at IS NULL
              UNION ALL
              SELECT * FROM holds WHERE settled_at >= $2) AS h
        JOIN resources r ON r.uuid = $1
       WHERE %s
       ORDER BY h.created_at DESC
       LIMIT $3
      """
          .formatted(HeldSql.OBSERVATION);

  /**
   * $1 the resource, $2 since when, $3 how many at most. One that stands still, or never had its
   * turn, takes nothing down.
   */
  static final String RESTARTS =
      """
      SELECT coalesce(t.admission_at, t.created_at),
             CASE WHEN t.state = '__panic__' THEN t.updated_at ELSE t.ended_at END
        FROM tasks t
       WHERE t.resource_uuid = $1 AND t.name = '__restart__'
         AND coalesce(t.admission, 'admitted') = 'admitted' AND (t.active OR t.ended_at >= $2)
       ORDER BY t.run DESC
       LIMIT $3
      """;

  /** $1 the alarm that nobody takes its list, $2 since when, $3 how many at most. */
  static final String UNTAKEN =
      """
      (SELECT opened_at, ended_at
         FROM alarms
        WHERE resource_uuid = '00000000-0000-0000-0000-000000000000'
          AND subject_uuid = '00000000-0000-0000-0000-000000000000' AND name = $1 AND active)
      UNION ALL
      (SELECT opened_at, ended_at
         FROM alarms
        WHERE resource_uuid = '00000000-0000-0000-0000-000000000000'
          AND subject_uuid = '00000000-0000-0000-0000-000000000000' AND name = $1 AND NOT active
          AND ended_at >= $2
        ORDER BY ended_at DESC
        LIMIT $3)
      """;

  /**
   * $1 the resource; $2, $3, $4 of each of its alarms that are repaired: name, task, window in s.
   */
  static final String REPAIRS =
      """
      SELECT i.alarm,
             (SELECT count(*)
                FROM alarms a
               CROSS JOIN LATERAL unnest(a.repairs) AS r(at)
               WHERE a.resource_uuid = $1 AND a.subject_uuid = $1 AND a.name = i.alarm
                 AND (a.active OR a.ended_at > now() - i.window_s * interval '1 s')
                 AND r.at > now() - i.window_s * interval '1 s') AS within,
             coalesce((SELECT t.run
                         FROM tasks t
                        WHERE t.resource_uuid = $1 AND t.name = i.task
                        ORDER BY t.run DESC
                        LIMIT 1), 0) AS total
        FROM unnest($2::text[], $3::text[], $4::bigint[]) AS i (alarm, task, window_s)
       ORDER BY i.alarm
      """;

  private UptimeSql() {}
}

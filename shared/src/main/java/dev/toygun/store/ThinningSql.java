package dev.toygun.store;

/**
 * The statements that thin out what is written about machines that live. $1, $2 resources and
 * subjects, $3 for how many seconds it stays, $4 how many rows. Of a machine that has nothing old
 * one row is read.
 */
final class ThinningSql {
  /** Of one machine so many rows are looked at; it has its turn again. */
  static final int WINDOW = 200;

  private static final String SUBJECT =
      "o.resource_uuid = v.resource_uuid AND o.subject_uuid = v.subject_uuid";
  private static final String OWN = "v.resource_uuid = v.subject_uuid";
  private static final String OLD = "now() - $3::bigint * interval '1 s'";

  /*
   * The first move stays, and each into a panic or past a deadline; and what a rewind goes back to: the
   * last own move into each state, and that with which a teardown begins. What was looked at is not
   * looked at again.
   */
  static final String MOVES =
      """
      WITH seen AS MATERIALIZED (
        SELECT o.*
          FROM unnest($1::uuid[], $2::uuid[]) AS v (resource_uuid, subject_uuid)
          LEFT JOIN thinned u ON u.resource_uuid = v.resource_uuid AND u.subject_uuid = v.subject_uuid
         CROSS JOIN LATERAL (
           SELECT o.resource_uuid, o.subject_uuid, o.step, o.at, o.to_state, o.error, o.changed
             FROM transitions o
            WHERE %1$s AND o.step > coalesce(u.step, 0) AND o.at < %3$s
            ORDER BY o.step
            LIMIT %2$d) AS o
         LIMIT $4),
      gone AS (
        DELETE FROM transitions AS d
         USING seen s
         WHERE (d.resource_uuid, d.subject_uuid, d.step, d.at) = (s.resource_uuid, s.subject_uuid, s.step, s.at)
           AND s.step > 1 AND s.error IS NULL AND s.to_state NOT IN ('__panic__', '__timeout__')
           AND NOT '__deleting__' = ANY (s.changed)
           AND EXISTS (
             SELECT FROM transitions n
              WHERE n.resource_uuid = s.resource_uuid AND n.subject_uuid = s.subject_uuid AND n.step > s.step
                AND n.to_state = s.to_state AND n.tick IS NOT NULL
                AND (n.from_state NOT IN ('__panic__', '__timeout__') OR n.actor <> 'system')
             OFFSET 0)
        RETURNING d.step),
      noted AS (
        INSERT INTO thinned AS u (resource_uuid, subject_uuid, step)
        SELECT resource_uuid, subject_uuid, max(step) FROM seen GROUP BY resource_uuid, subject_uuid
            ON CONFLICT (resource_uuid, subject_uuid) DO UPDATE SET step = excluded.step
        RETURNING u.step)
      SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM seen)
      """
          .formatted(SUBJECT, WINDOW, OLD);

  static final String CHANGES =
      deletion(
          "changes",
          "resource_uuid, subject_uuid, version",
          """
          CROSS JOIN LATERAL (SELECT o.at FROM changes o WHERE %1$s ORDER BY o.version LIMIT 1) AS f
          CROSS JOIN LATERAL (SELECT o.* FROM changes o WHERE %1$s ORDER BY o.version LIMIT %2$d) AS o
          WHERE f.at < %3$s AND o.at < %3$s\
          """
              .formatted(SUBJECT, WINDOW, OLD));

  static final String LOG =
      deletion(
          "log",
          "seq",
          """
          CROSS JOIN LATERAL (SELECT o.at FROM log o WHERE %1$s ORDER BY o.step, o.seq LIMIT 1) AS f
          CROSS JOIN LATERAL (SELECT o.* FROM log o WHERE %1$s ORDER BY o.step, o.seq LIMIT %2$d) AS o
          WHERE f.at < %3$s AND o.at < %3$s\
          """
              .formatted(SUBJECT, WINDOW, OLD));

  /* The error that a machine or an alarm names stays, and one that somebody is still asked about. */
  static final String ERRORS =
      deletion(
          "errors",
          "uuid, at",
          """
          CROSS JOIN LATERAL (SELECT o.* FROM errors o
                               WHERE o.subject_uuid = v.subject_uuid AND o.at < %2$s ORDER BY o.at LIMIT %1$d) AS o
          WHERE NOT EXISTS (SELECT FROM resources r WHERE r.uuid = v.subject_uuid AND r.error = o.uuid)
            AND NOT EXISTS (SELECT FROM tasks t
                             WHERE t.resource_uuid = v.resource_uuid AND t.uuid = v.subject_uuid AND t.error = o.uuid)
            AND NOT EXISTS (SELECT FROM alarms a WHERE a.resource_uuid = v.resource_uuid AND a.error = o.uuid)
            AND NOT EXISTS (SELECT FROM hops h WHERE h.error_uuid = o.uuid AND h.due_at IS NOT NULL)\
          """
              .formatted(WINDOW, OLD));

  static final String HOPS =
      deletion(
          "hops",
          "error_uuid, level",
          """
          CROSS JOIN LATERAL (SELECT o.* FROM hops o
                               WHERE o.panicked_uuid = v.subject_uuid ORDER BY o.step LIMIT %1$d) AS o
          WHERE o.due_at IS NULL AND o.at < %2$s\
          """
              .formatted(WINDOW, OLD));

  static final String SIGNALS =
      deletion(
          "signals",
          "resource_uuid, uuid",
          """
          CROSS JOIN LATERAL (SELECT o.* FROM signals o
                               WHERE o.resource_uuid = v.resource_uuid AND o.ended_at < %2$s
                               ORDER BY o.ended_at LIMIT %1$d) AS o
          WHERE %3$s\
          """
              .formatted(WINDOW, OLD, OWN));

  /* What it was when the time that is kept began is told by the last one before that. */
  static final String OBSERVATIONS =
      deletion(
          "observations",
          "resource_uuid, at, version",
          """
          CROSS JOIN LATERAL (SELECT o.* FROM observations o
                               WHERE o.resource_uuid = v.resource_uuid AND o.at < %2$s
                               ORDER BY o.at, o.version LIMIT %1$d) AS o
          WHERE %3$s
            AND EXISTS (SELECT FROM observations n
                         WHERE n.resource_uuid = o.resource_uuid AND (n.at, n.version) > (o.at, o.version)
                           AND n.at < %2$s)\
          """
              .formatted(WINDOW, OLD, OWN));

  /** Alarms that are closed, with their moves. */
  static final String ALARMS =
      """
      WITH old AS MATERIALIZED (
        SELECT o.resource_uuid, o.uuid
          FROM unnest($1::uuid[], $2::uuid[]) AS v (resource_uuid, subject_uuid)
         CROSS JOIN LATERAL (SELECT o.resource_uuid, o.uuid FROM alarms o
                              WHERE o.resource_uuid = v.resource_uuid AND NOT o.active AND o.ended_at < %2$s
                              ORDER BY o.ended_at LIMIT %1$d) AS o
         WHERE %3$s
         LIMIT $4),
      moves AS (
        DELETE FROM transitions AS d
         USING old o
         WHERE d.resource_uuid = o.resource_uuid AND d.subject_uuid = o.uuid
        RETURNING d.step),
      gone AS (
        DELETE FROM alarms AS d
         USING old o
         WHERE d.resource_uuid = o.resource_uuid AND d.uuid = o.uuid
        RETURNING d.uuid)
      SELECT (SELECT count(*) FROM moves), (SELECT count(*) FROM gone)
      """
          .formatted(WINDOW, OLD, OWN);

  private static String deletion(String table, String key, String found) {
    return """
    DELETE FROM %1$s AS d
     USING (SELECT o.*
              FROM unnest($1::uuid[], $2::uuid[]) AS v (resource_uuid, subject_uuid)
    %2$s
             LIMIT $4) AS o
     WHERE (%3$s) = (%4$s)
    """
        .formatted(table, found, columns("d", key), columns("o", key));
  }

  private static String columns(String of, String key) {
    return of + "." + key.replace(", ", ", " + of + ".");
  }

  private ThinningSql() {}
}

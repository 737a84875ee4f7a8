package dev.toygun.store;

/**
 * The statements that let runs of tasks with limits in. All go along one index, {@code
 * tasks_admission}, which has no run without limits: what they cost follows who waits and who is
 * under way, and not what exists.
 */
final class AdmissionSql {
  /** The task {@code l} itself. */
  private static final String ITSELF = "(SELECT l.type, l.name)";

  /** The tasks with which it shares a limit, and itself. */
  private static final String SHARERS =
      "(SELECT s.type, s.name FROM sharing s WHERE k.shared IS NOT NULL AND s.shared = k.shared)";

  /**
   * How many runs of some tasks are under way: one that stands still is not.
   *
   * @param tasks which tasks
   * @param most how many may be; more are not counted
   * @param as what it is called
   */
  private static String running(String tasks, String most, String as) {
    return """
    CROSS JOIN LATERAL (
           SELECT count(*) AS n
             FROM (SELECT
                     FROM %1$s AS m
                    CROSS JOIN LATERAL (
                          SELECT FROM tasks u
                           WHERE u.admission = 'admitted' AND u.active AND u.type = m.type
                             AND u.name = m.name AND u.state NOT IN ('__panic__', '__timeout__')
                             AND %2$s IS NOT NULL
                           LIMIT %2$s) AS u
                    LIMIT %2$s) AS u) AS %3$s\
    """
        .formatted(tasks, most, as);
  }

  /**
   * How many runs of some tasks began within the time of a rate, and when the oldest of the last
   * ones did.
   *
   * @param rate how many may; more are not counted
   * @param per within so many seconds
   */
  private static String begun(String tasks, String rate, String per, String as) {
    return """
    CROSS JOIN LATERAL (
           SELECT count(*) AS n, min(b.admission_at) AS first
             FROM (SELECT b.admission_at
                     FROM %1$s AS m
                    CROSS JOIN LATERAL (
                          SELECT b.admission_at FROM tasks b
                           WHERE b.admission = 'admitted' AND b.active IN (true, false)
                             AND b.type = m.type AND b.name = m.name
                             AND b.admission_at > now() - %3$s * interval '1 second'
                           ORDER BY b.admission_at DESC
                           LIMIT %2$s) AS b
                    WHERE %2$s IS NOT NULL
                    ORDER BY b.admission_at DESC
                    LIMIT %2$s) AS b) AS %4$s\
    """
        .formatted(tasks, rate, per, as);
  }

  /** How much of its limits each task {@code l} has used up, of its own and of what it shares. */
  private static final String USED =
      String.join(
          "\n",
          running(ITSELF, "k.concurrency", "running"),
          begun(ITSELF, "k.rate", "k.per", "begun"),
          running(SHARERS, "k.shared_concurrency", "sharers"),
          begun(SHARERS, "k.shared_rate", "k.shared_per", "shared_begun"));

  /** What is held as a whole is not looked through. */
  private static final String NO_RUNS = HeldSql.noRuns("l.type", "l.name");

  /** Who waits: how many of each task, counted up to 1,000, and since when the oldest. */
  static final String WAITING =
      """
      WITH RECURSIVE %s
      SELECT l.type, l.name, w.n, w.oldest, now()
        FROM lines l
       CROSS JOIN LATERAL (
         SELECT count(*) AS n, min(t.admission_at) AS oldest
           FROM (SELECT t.admission_at FROM tasks t
                  WHERE t.admission = 'waits' AND t.active AND t.type = l.type AND t.name = l.name
                    AND t.state = '__new__'
                  ORDER BY t.admission_at, t.uuid
                  LIMIT 1000) AS t) AS w
       WHERE w.n > 0
       LIMIT 1000
      """
          .formatted(AdmissionParts.LINES);

  /**
   * Of the task {@code room}, 1,000 that wait, from so many on after the oldest; and of these the
   * first that may begin, as many as there is room for. What somebody else has locked is left for
   * the next round.
   */
  private static String next(String from) {
    return """
    SELECT t.resource_uuid, t.uuid, w.admission_at
      FROM (SELECT t.resource_uuid, t.uuid, t.admission_at
              FROM tasks t
             WHERE t.admission = 'waits' AND t.active AND t.type = room.type
               AND t.name = room.name AND t.state = '__new__' AND room.n > 0
             ORDER BY t.admission_at, t.uuid
            OFFSET %s
             LIMIT 1000) AS w
      JOIN tasks t ON t.resource_uuid = w.resource_uuid AND t.uuid = w.uuid
      JOIN resources r ON r.uuid = t.resource_uuid
     WHERE t.admission = 'waits' AND t.active AND t.state = '__new__'
       AND r.active AND r.deleting <> 'asked'
       AND (room.percent IS NULL
            OR (room.type, room.name, %s) IN (SELECT f.type, f.name, f.at FROM free f))
       AND %s
     ORDER BY w.admission_at, w.uuid
     LIMIT room.n
       FOR NO KEY UPDATE OF t SKIP LOCKED\
    """
        .formatted(from, AdmissionParts.at("room", "r"), HeldSql.NO_TASK_BY_HAND);
  }

  /*
   * Lets in whose turn it is: $1 whose pass it is, $2 how far the pass had come when it was claimed, $3
   * how many of one task at most.
   *
   * mine    the pass, Admissions.PASS, fences it: two clocks that both think the pass theirs count the same room. Whoever
   *         lets somebody in moves upto on, so who counted before that finds another one here, and
   *         lets nobody in
   * free    of tasks with a brake, the resources whose peers do not want it too much
   * line    each task in whose line somebody stands, and how much room it has
   * oldest  those that nobody holds and whose resource does not end its tasks just now
   * behind  where there is room for more than these: some from a place behind them, mostly near, 100,000
   *         behind at most. Those that are kept, however many, keep nobody else waiting, and no
   *         round looks through all of them
   * next    of those that share a limit the oldest, whatever their tasks
   *
   * A version of its own for each: a tick that is about to say that it waits is fenced.
   */
  static final String ADMIT =
      """
      WITH RECURSIVE %s,
      %s,
      %s,
      free AS (
        SELECT b.type, b.name, b.at
          FROM brakes b
         WHERE NOT b.holds OR b.lifted),
      mine AS (
        UPDATE passes
           SET upto = greatest(now(), upto + interval '1 microsecond')
         WHERE name = 'admissions' AND owner = $1 AND upto = $2
        RETURNING name),
      line AS MATERIALIZED (
        SELECT l.type, l.name, k.percent, k.per_parent,
               CASE WHEN k.percent IS NULL OR (l.type, l.name) IN (SELECT f.type, f.name FROM free f)
                    THEN greatest(0, least($3::bigint, k.concurrency - running.n, k.rate - begun.n,
                                           room.shared))
                    ELSE 0
               END AS n,
               k.shared, room.shared AS shared_n
          FROM mine
         CROSS JOIN (SELECT * FROM lines l WHERE %s OFFSET 0) AS l
          %s
         %s
         CROSS JOIN LATERAL (
               SELECT least(k.shared_concurrency - sharers.n, k.shared_rate - shared_begun.n)
                        AS shared) AS room),
      oldest AS MATERIALIZED (
        SELECT room.type, room.name, room.shared, room.shared_n, c.resource_uuid, c.uuid,
               c.admission_at
          FROM line AS room
         CROSS JOIN LATERAL (
           %s) AS c),
      behind AS MATERIALIZED (
        SELECT room.shared, room.shared_n, c.resource_uuid, c.uuid, c.admission_at
          FROM (SELECT l.type, l.name, l.percent, l.per_parent, l.shared, l.shared_n,
                       l.n - (SELECT count(*) FROM oldest o
                               WHERE o.type = l.type AND o.name = l.name) AS n
                  FROM line l
                OFFSET 0) AS room
         CROSS JOIN LATERAL (
           %s) AS c
         WHERE room.n > 0),
      next AS (
        SELECT c.resource_uuid, c.uuid
          FROM (SELECT c.resource_uuid, c.uuid, c.shared, c.shared_n,
                       row_number() OVER (PARTITION BY c.shared ORDER BY c.admission_at, c.uuid)
                         AS place
                  FROM (SELECT resource_uuid, uuid, admission_at, shared, shared_n FROM oldest
                         UNION ALL
                        SELECT resource_uuid, uuid, admission_at, shared, shared_n FROM behind) AS c)
               AS c
         WHERE c.shared IS NULL OR c.place <= c.shared_n)
      UPDATE tasks AS t
         SET admission = 'admitted', admission_at = now(), due_at = now(),
             wakes = t.wakes + 1, version = t.version + 1, updated_at = now()
        FROM next n
       WHERE t.resource_uuid = n.resource_uuid AND t.uuid = n.uuid
      RETURNING t.resource_uuid, t.uuid, t.queue, t.type, t.schema_version, t.priority
      """
          .formatted(
              AdmissionParts.LINES,
              AdmissionParts.SHARING,
              AdmissionParts.BRAKES,
              NO_RUNS,
              AdmissionParts.LIMITS,
              USED,
              next("0"),
              next("(1000 * power(100, random()))::bigint"));

  /** What the runs of a resource that wait for their turn wait for: $1 the resource. */
  static final String TURNS =
      """
      WITH RECURSIVE waiting AS (
        SELECT w.uuid, w.type, w.name, w.admission_at, r.parent_uuid
          FROM tasks w
          JOIN resources r ON r.uuid = w.resource_uuid
         WHERE w.resource_uuid = $1 AND w.active AND w.admission = 'waits'
           AND w.state = '__new__'
         ORDER BY w.name
         LIMIT 100),
      lines AS (SELECT DISTINCT type, name FROM waiting),
      %s,
      %s
      SELECT l.uuid, k.concurrency, running.n, k.rate, k.per, begun.n,
             CASE WHEN begun.n >= k.rate THEN begun.first + k.per * interval '1 second' END, ahead.n,
             b.wanted, b.peers, b.percent, k.shared, k.shared_concurrency, sharers.n,
             k.shared_rate, k.shared_per, shared_begun.n,
             CASE WHEN shared_begun.n >= k.shared_rate
                  THEN shared_begun.first + k.shared_per * interval '1 second' END
        FROM waiting l
        %s
       %s
       CROSS JOIN LATERAL (
             SELECT count(*) AS n
               FROM (SELECT FROM tasks a
                      WHERE a.admission = 'waits' AND a.active AND a.type = l.type
                        AND a.name = l.name AND (a.admission_at, a.uuid) < (l.admission_at, l.uuid)
                        AND a.state = '__new__'
                      LIMIT 1000) AS a) AS ahead
        LEFT JOIN brakes b
          ON b.type = l.type AND b.name = l.name AND b.at = %s AND b.holds AND NOT b.lifted
      """
          .formatted(
              AdmissionParts.SHARING,
              AdmissionParts.BRAKES,
              AdmissionParts.LIMITS,
              USED,
              AdmissionParts.at("k", "l"));

  private AdmissionSql() {}
}

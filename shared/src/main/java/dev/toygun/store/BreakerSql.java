package dev.toygun.store;

/** The statements of breakers. */
final class BreakerSql {
  /** Of a table that has a few rows for each type. */
  static final String PUBLISHED =
      """
      SELECT coalesce(max(updated_at), to_timestamp(0)) FROM resource_types
      """;

  /**
   * Of each task that has a breaker by the newest version of its type: the latest published first.
   */
  static final String DECLARED =
      """
      SELECT type, task, breaker
        FROM (SELECT DISTINCT ON (y.name, d.task ->> 'name')
                     y.name AS type, d.task ->> 'name' AS task,
                     d.task #>> '{limits,breaker}' AS breaker, y.updated_at
                FROM resource_types y
               CROSS JOIN LATERAL jsonb_array_elements(y.definition -> 'tasks') AS d(task)
               ORDER BY y.name, d.task ->> 'name', y.version DESC) AS newest
       WHERE breaker IS NOT NULL
       ORDER BY updated_at DESC, type, task
       LIMIT 10000
      """;

  /*
   * $1 names, $2 in how many seconds tries count.
   *
   * counted  what failed before it came to stand so is done with. While it is open nothing is counted
   *          but what was under way, which says nothing new
   * good     asked only where it matters: a breaker at rest costs one look at an index
   */
  static final String LOOK =
      """
      SELECT coalesce(d.name, b.name), b.state, b.version, b.since, b.until, b.times, b.hold, b.actor,
             b.reason, h.tasks, failed.n, good.n, now(), coalesce(cardinality(h.probes), 0)
        FROM unnest($1::text[], $2::bigint[]) AS d (name, within)
        FULL JOIN (SELECT * FROM breakers
                    WHERE state <> 'closed' OR name = ANY ($1::text[])) AS b ON b.name = d.name
        LEFT JOIN holds h ON h.uuid = b.hold
       CROSS JOIN LATERAL (
             SELECT CASE WHEN b.state = 'half_open' THEN b.since
                         ELSE greatest(b.since, now() - d.within * interval '1 s') END AS since) AS counted
       CROSS JOIN LATERAL (
             SELECT count(*) AS n
               FROM (SELECT FROM errors e
                      WHERE e.breaker = d.name AND e.at > counted.since
                        AND b.state IS DISTINCT FROM 'open'
                      LIMIT %1$d) AS e) AS failed
       CROSS JOIN LATERAL (
             SELECT coalesce(sum(g.n), 0)::bigint AS n
               FROM (SELECT g.n FROM breaker_tries g
                      WHERE g.breaker = d.name AND g.at > counted.since
                        AND (failed.n > 0 OR b.state = 'half_open')
                      ORDER BY g.at DESC
                      LIMIT %1$d) AS g) AS good
       ORDER BY 1
       LIMIT 1000
      """
          .formatted(Breakers.MOST);

  /**
   * How many runs are due and kept by each that is not closed, of each list 1,000 at most: only
   * people ask.
   */
  static final String WAITING =
      """
      WITH RECURSIVE %s,
      polled AS (%s)
      SELECT h.name, w.n
        FROM breakers b
        JOIN holds h ON h.uuid = b.hold
       CROSS JOIN LATERAL (
             SELECT least(1000, count(*)) AS n
               FROM (SELECT d.resource_uuid, d.uuid
                       FROM lists l
                      CROSS JOIN LATERAL (
                        SELECT d.resource_uuid, d.uuid FROM tasks d
                         WHERE d.active AND d.queue = l.queue AND d.type = l.type
                           AND d.schema_version = l.schema_version AND d.priority = l.priority
                           AND d.due_at <= now() AND d.type || '/' || d.name = ANY (h.tasks)
                         ORDER BY d.due_at
                         LIMIT 1000) AS d
                     UNION
                     SELECT p.resource_uuid, p.uuid
                       FROM polled l
                      CROSS JOIN LATERAL (
                        SELECT p.resource_uuid, p.uuid FROM tasks p
                         WHERE p.active AND p.every_s = l.every_s AND p.queue = l.queue
                           AND p.type = l.type AND p.schema_version = l.schema_version
                           AND p.priority = l.priority AND p.type || '/' || p.name = ANY (h.tasks)
                         LIMIT 1000) AS p) AS f
               JOIN tasks t ON t.resource_uuid = f.resource_uuid AND t.uuid = f.uuid
               JOIN resources r ON r.uuid = t.resource_uuid
              WHERE %s) AS w
       WHERE b.state <> 'closed' AND w.n > 0
       LIMIT 1000
      """
          .formatted(WatchSql.taskLists(), DueSql.TASK_PERIODS, HeldSql.KEPT);

  /** $1 names, $2 how many. */
  static final String GOOD =
      """
      INSERT INTO breaker_tries (breaker, n)
      SELECT i.breaker, i.n FROM unnest($1::text[], $2::bigint[]) AS i (breaker, n)
      """;

  /** What counts for no breaker any more, $1 at most. */
  static final String FORGET =
      """
      DELETE FROM breaker_tries
       WHERE ctid IN (SELECT ctid FROM breaker_tries WHERE at < now() - interval '1 h' LIMIT $1)
      """;

  /**
   * $1 name, $2 state, $3 its version before, $4 seconds until it is looked at, $5 times, $6 hold.
   */
  static final String WRITE =
      """
      INSERT INTO breakers AS b (name, state, version, since, until, times, hold, actor, reason)
      VALUES ($1, $2, $3::bigint + 1, now(), now() + $4::bigint * interval '1 s', $5, $6, $7, $8)
          ON CONFLICT (name) DO UPDATE
         SET state = excluded.state, version = excluded.version, since = excluded.since,
             until = excluded.until, times = excluded.times, hold = excluded.hold,
             actor = excluded.actor, reason = excluded.reason
       WHERE b.version = $3
      RETURNING name, state, version, since, until, times, hold, actor, reason
      """;

  /** $1 uuid, $2 name, $3 reason, $4 actor, $5 tasks, $6 over how many seconds they are let go. */
  static final String HOLD =
      """
      INSERT INTO holds (uuid, scope, name, reason, actor, created_at, effective_at, tasks, probes,
                         spread_s)
      VALUES ($1, 'breaker', $2, $3, $4, now(), now() + interval '2 s', $5, '{}', $6)
      """;

  static final String RELEASE =
      """
      UPDATE holds
         SET released_at = now(), released_by = $2
       WHERE uuid = $1 AND released_at IS NULL
      """;

  static final String PROBE =
      """
      UPDATE holds SET probes = $2, reason = $3, actor = $4 WHERE uuid = $1
      """;

  /*
   * Who is let go to see whether things work again: of what is due and kept by the hold $1, and by no
   * other; $2 at most. What failed before has come to where it fails, and mostly comes first. Of each
   * list it takes the 1,000 that have been due for longest, and as many that poll, so often each.
   *
   * failed  who failed as it was tried the last time, and is left out where anybody else waits: or one
   *         that fails whatever works would keep all others waiting. As it opened again at once, that
   *         was within a few seconds
   */
  static final String PROBES =
      """
      WITH RECURSIVE %s,
      kept AS (
        SELECT unnest(tasks) AS task FROM holds WHERE uuid = $1),
      found AS (
        SELECT d.resource_uuid, d.uuid
          FROM lists l
         CROSS JOIN LATERAL (
           SELECT d.resource_uuid, d.uuid FROM tasks d
            WHERE d.active AND d.queue = l.queue AND d.type = l.type
              AND d.schema_version = l.schema_version AND d.priority = l.priority
              AND d.due_at <= now() AND d.type || '/' || d.name IN (SELECT task FROM kept)
            ORDER BY d.due_at
            LIMIT 1000) AS d
        UNION
        SELECT p.resource_uuid, p.uuid
          FROM (%s) AS l
         CROSS JOIN LATERAL (
           SELECT p.resource_uuid, p.uuid FROM tasks p
            WHERE p.active AND p.every_s = l.every_s AND p.queue = l.queue AND p.type = l.type
              AND p.schema_version = l.schema_version AND p.priority = l.priority
              AND p.type || '/' || p.name IN (SELECT task FROM kept)
            LIMIT 1000) AS p),
      failed AS MATERIALIZED (
        SELECT e.subject_uuid
          FROM breakers b
          JOIN errors e ON e.breaker = b.name AND e.at > b.since - interval '10 s'
         WHERE b.hold = $1 AND b.times > 1
         LIMIT 1000),
      could AS (
        SELECT t.uuid, t.tries, t.updated_at, t.uuid IN (SELECT subject_uuid FROM failed) AS failed
          FROM holds h
         CROSS JOIN found f
          JOIN tasks t ON t.resource_uuid = f.resource_uuid AND t.uuid = f.uuid
          JOIN resources r ON r.uuid = t.resource_uuid
         WHERE h.uuid = $1 AND %s AND %s)
      SELECT c.uuid
        FROM (SELECT c.*, bool_and(c.failed) OVER () AS only FROM could c) AS c
       WHERE c.only OR NOT c.failed
       ORDER BY (c.tries > 0 AND random() < 0.5) DESC, c.updated_at
       LIMIT $2
      """
          .formatted(
              WatchSql.taskLists(), DueSql.TASK_PERIODS, HeldSql.KEPT, HeldSql.NO_TASK_BY_HAND);

  /** Those of the hold $1 that are let go, $2, were kept until now. */
  static final String LET_GO =
      """
      UPDATE tasks AS t
         SET deadline_at = t.deadline_at + (now() - greatest(h.created_at, t.updated_at)),
             run_deadline_at = t.run_deadline_at + (now() - greatest(h.created_at, t.updated_at)),
             updated_at = now()
        FROM holds h
       WHERE h.uuid = $1 AND t.uuid = ANY ($2::uuid[]) AND t.active AND t.deadline_at IS NOT NULL
      """;

  private BreakerSql() {}
}

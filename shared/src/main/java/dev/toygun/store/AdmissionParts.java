package dev.toygun.store;

/** What the statements on tasks with limits are made of. */
final class AdmissionParts {
  /** Where the brakes of types have their alarms: the system's resource. */
  private static final String SYSTEM = "'00000000-0000-0000-0000-000000000000'::uuid";

  /** Of each task in whose line somebody stands, from one to the next along the index. */
  static final String LINES =
      """
      lines AS (
        (SELECT type, name
           FROM tasks
          WHERE admission = 'waits' AND active
          ORDER BY type, name
          LIMIT 1)
        UNION ALL
        SELECT n.type, n.name
          FROM lines l
         CROSS JOIN LATERAL (
           SELECT t.type, t.name
             FROM tasks t
            WHERE t.admission = 'waits' AND t.active AND (t.type, t.name) > (l.type, l.name)
            ORDER BY t.type, t.name
            LIMIT 1) AS n)\
      """;

  /**
   * The limits of the task {@code l}, by the newest version of its type that has it; none where its
   * definition has none. One that has a brake has a limit too to how many are under way: they are
   * counted each time. While more wait than are counted, the brake of each parent is that of their
   * type: they would be too few of each, and they are too many of all.
   */
  static final String LIMITS =
      """
      LEFT JOIN LATERAL (
             SELECT least((d.task #>> '{limits,concurrency}')::int,
                          CASE WHEN d.task #>> '{limits,brake}' IS NOT NULL THEN 10000 END)
                      AS concurrency,
                    (d.task #>> '{limits,rate,runs}')::int AS rate,
                    (d.task #>> '{limits,rate,per}')::bigint AS per,
                    d.task #>> '{limits,shared,name}' AS shared,
                    (d.task #>> '{limits,shared,concurrency}')::int AS shared_concurrency,
                    (d.task #>> '{limits,shared,rate,runs}')::int AS shared_rate,
                    (d.task #>> '{limits,shared,rate,per}')::bigint AS shared_per,
                    (d.task #>> '{limits,brake,percent}')::int AS percent,
                    CASE WHEN (d.task #>> '{limits,brake,perParent}')::boolean
                         THEN NOT EXISTS (
                           SELECT FROM tasks t
                            WHERE t.admission = 'waits' AND t.active AND t.type = l.type
                              AND t.name = l.name
                           OFFSET 10000)
                         ELSE false
                    END AS per_parent
               FROM resource_types y
              CROSS JOIN LATERAL jsonb_array_elements(y.definition -> 'tasks') AS d(task)
              WHERE y.name = l.type AND d.task ->> 'name' = l.name
              ORDER BY y.version DESC
              LIMIT 1) AS k ON true\
      """;

  /** The tasks that share a limit, by the newest version of each type that has them. */
  static final String SHARING =
      """
      sharing AS MATERIALIZED (
        SELECT s.type, s.name, s.shared
          FROM (SELECT DISTINCT ON (y.name, d.task ->> 'name')
                       y.name AS type, d.task ->> 'name' AS name,
                       d.task #>> '{limits,shared,name}' AS shared
                  FROM resource_types y
                 CROSS JOIN LATERAL jsonb_array_elements(y.definition -> 'tasks') AS d(task)
                 ORDER BY y.name, d.task ->> 'name', y.version DESC) AS s
         WHERE s.shared IS NOT NULL)\
      """;

  /*
   * The brakes of the tasks in "lines", of which the limits say where they are.
   *
   * lists   of all resources
   * wants   who wants each task, by what they are peers of: "at" is their parent, or the system
   * brakes  whether they are too many. One may always, or a fleet of three would never be repaired.
   *         One that was too many holds for two minutes more: who looked bad is looked at again first
   */
  static final String BRAKES =
      """
      lists AS (%s),
      wants AS MATERIALIZED (
        SELECT l.type, l.name, k.percent, k.per_parent, %s AS at, count(*) AS n
          FROM lines l
          %s
         CROSS JOIN LATERAL (
               (SELECT t.resource_uuid
                  FROM tasks t
                 WHERE t.admission = 'waits' AND t.active AND t.type = l.type AND t.name = l.name
                 ORDER BY t.admission_at, t.uuid
                 LIMIT 10000)
               UNION ALL
               (SELECT t.resource_uuid
                  FROM tasks t
                 WHERE t.admission = 'admitted' AND t.active AND t.type = l.type
                   AND t.name = l.name
                 LIMIT 20000)) AS w
          LEFT JOIN resources r ON k.per_parent AND r.uuid = w.resource_uuid
         WHERE k.percent IS NOT NULL
         GROUP BY 1, 2, 3, 4, 5),
      brakes AS MATERIALIZED (
        SELECT w.type, w.name, w.at, w.percent, w.n AS wanted, p.n AS peers,
               c.too_many, c.too_many OR EXISTS (
                 SELECT FROM held_brakes h
                  WHERE h.type = w.type AND h.name = w.name AND h.at = w.at
                    AND h.held_at > now() - interval '2 minutes') AS holds,
               EXISTS (
                 SELECT FROM alarms a
                  WHERE a.resource_uuid = w.at AND a.subject_uuid = w.at AND a.active
                    AND a.name = 'brake:' || w.type || ':' || w.name
                    AND a.state = 'lifted' AND a.snoozed_until > now()) AS lifted
          FROM wants w
         CROSS JOIN LATERAL (
               SELECT count(*) AS n
                 FROM (SELECT 1
                         FROM lists i
                        CROSS JOIN LATERAL (
                              SELECT 1
                                FROM resources r
                               WHERE r.active AND r.queue = i.queue AND r.type = i.type
                                 AND r.schema_version = i.schema_version
                                 AND r.priority = i.priority) AS r
                        WHERE i.type = w.type AND NOT w.per_parent
                        UNION ALL
                       SELECT 1
                         FROM resources r
                        WHERE r.active AND r.type = w.type AND w.per_parent
                          AND coalesce(r.parent_uuid, %s) = w.at
                        LIMIT least(10000, 100 * w.n / w.percent + 1)) AS p) AS p
         CROSS JOIN LATERAL (
               SELECT w.n > greatest(1, p.n * w.percent / 100) AS too_many OFFSET 0) AS c)\
      """
          .formatted(DueSql.RESOURCE_LISTS.strip(), at("k", "r"), LIMITS, SYSTEM);

  /**
   * What a resource is a peer of, as its brake has it.
   *
   * @param limits what has {@code per_parent}
   * @param resource what has {@code parent_uuid}
   */
  static String at(String limits, String resource) {
    return "CASE WHEN %s.per_parent THEN coalesce(%s.parent_uuid, %s) ELSE %s END"
        .formatted(limits, resource, SYSTEM, SYSTEM);
  }

  private AdmissionParts() {}
}

package dev.toygun.store;

/** What a service looks at to see whether the whole system lives. */
final class WatchSql {
  /** What is held as a whole is not looked through. */
  private static final String NO_LIST = HeldSql.noList("l.type", "l.queue");

  static final String OPEN =
      """
      SELECT name FROM alarms
       WHERE resource_uuid = '00000000-0000-0000-0000-000000000000' AND active
      """;

  /**
   * When a clock last came round, last moved alarms, and last had removed all that is old; the
   * first hold that is over, the first schedule that a clock is to look at, since when one has
   * failed, and the first bulk run; and since when somebody waits for their turn and no clock has
   * looked whose it is.
   */
  static final String CLOCK =
      """
      WITH RECURSIVE %s
      SELECT now(), (SELECT upto FROM passes WHERE name = $1),
             (SELECT upto FROM passes WHERE name = 'alarms'),
             (SELECT min(coalesce(released_at, until))
                FROM holds
               WHERE settled_at IS NULL AND (released_at IS NOT NULL OR until <= now())),
             (SELECT upto FROM passes WHERE name = 'retention'),
             (SELECT min(due_at) FROM schedules),
             (SELECT min(failed_at) FROM schedules WHERE failed_at IS NOT NULL),
             (SELECT min(due_at) FROM bulks),
             (SELECT greatest(min(w.admission_at),
                              (SELECT upto FROM passes WHERE name = 'admissions'))
                FROM lines l
               CROSS JOIN LATERAL (
                 SELECT t.admission_at FROM tasks t
                  WHERE t.admission = 'waits' AND t.active AND t.type = l.type
                    AND t.name = l.name AND t.state = '__new__'
                  ORDER BY t.admission_at, t.uuid
                  LIMIT 1) AS w
              HAVING count(*) > 0)
      """
          .formatted(AdmissionParts.LINES);

  /** Bulk runs that failures have halted, $1 at most. */
  static final String HALTED =
      """
      SELECT uuid, note FROM bulks WHERE state = 'halted' ORDER BY uuid DESC LIMIT $1
      """;

  static final String HAS_PARTITIONS =
      """
      SELECT to_regclass('transitions_' || to_char((now() + interval '7 days') AT TIME ZONE 'UTC', 'YYYYMM')) IS NOT NULL
         AND to_regclass('errors_' || to_char((now() + interval '7 days') AT TIME ZONE 'UTC', 'YYYYMM')) IS NOT NULL
      """;

  static final String MAKE_PARTITIONS =
      """
      SELECT toygun_make_partitions(3)
      """;

  /** The lists that have a resource which is due for more than 15 s and not held, since when. */
  static final String OVERDUE_RESOURCES =
      """
      WITH RECURSIVE lists AS (
        (SELECT queue, type, schema_version, priority
           FROM resource_dues
          ORDER BY queue, type, schema_version, priority
          LIMIT 1)
        UNION ALL
        SELECT n.queue, n.type, n.schema_version, n.priority
          FROM lists l
         CROSS JOIN LATERAL (
           SELECT d.queue, d.type, d.schema_version, d.priority
             FROM resource_dues d
            WHERE (d.queue, d.type, d.schema_version, d.priority)
                    > (l.queue, l.type, l.schema_version, l.priority)
            ORDER BY d.queue, d.type, d.schema_version, d.priority
            LIMIT 1) AS n)
      SELECT l.queue, l.type, l.schema_version, l.priority, d.due_at
        FROM (SELECT * FROM lists l WHERE %s OFFSET 0) AS l
       CROSS JOIN LATERAL (
         SELECT d.due_at
           FROM resource_dues d
           JOIN resources r ON r.uuid = d.uuid
          WHERE d.queue = l.queue AND d.type = l.type
            AND d.schema_version = l.schema_version AND d.priority = l.priority
            AND d.due_at < now() - interval '15 s'
            AND %s
          ORDER BY d.due_at
          LIMIT 1) AS d
      """
          .formatted(NO_LIST, HeldSql.NO_RESOURCE);

  /** The lists that have a task which is due at some time, from one to the next along the index. */
  private static final String TASK_LISTS =
      """
      lists AS (
        (SELECT queue, type, schema_version, priority
           FROM tasks
          WHERE active AND due_at IS NOT NULL
          ORDER BY queue, type, schema_version, priority
          LIMIT 1)
        UNION ALL
        SELECT n.queue, n.type, n.schema_version, n.priority
          FROM lists l
         CROSS JOIN LATERAL (
           SELECT t.queue, t.type, t.schema_version, t.priority
             FROM tasks t
            WHERE t.active AND t.due_at IS NOT NULL
              AND (t.queue, t.type, t.schema_version, t.priority)
                    > (l.queue, l.type, l.schema_version, l.priority)
            ORDER BY t.queue, t.type, t.schema_version, t.priority
            LIMIT 1) AS n)\
      """;

  /** The same of tasks. */
  static final String OVERDUE_TASKS =
      """
      WITH RECURSIVE %s
      SELECT l.queue, l.type, l.schema_version, l.priority, d.due_at
        FROM (SELECT * FROM lists l WHERE %s OFFSET 0) AS l
       CROSS JOIN LATERAL (
         SELECT t.due_at
           FROM tasks t
           JOIN resources r ON r.uuid = t.resource_uuid
          WHERE t.active AND t.queue = l.queue AND t.type = l.type
            AND t.schema_version = l.schema_version AND t.priority = l.priority
            AND t.due_at < now() - interval '15 s'
            AND %s
          ORDER BY t.due_at
          LIMIT 1) AS d
      """
          .formatted(TASK_LISTS, NO_LIST, HeldSql.NO_TASK);

  /** The lists of which something polls and that are not held: it is due at no time. */
  static final String POLLED =
      """
      SELECT l.queue, l.type, l.schema_version, l.priority
        FROM (SELECT queue, type, schema_version, priority FROM (%s) AS r
               UNION
              SELECT queue, type, schema_version, priority FROM (%s) AS t) AS l
       WHERE %s
      """
          .formatted(DueSql.RESOURCE_PERIODS, DueSql.TASK_PERIODS, NO_LIST);

  /** The same, as {@code lists} of another statement. */
  static String taskLists() {
    return TASK_LISTS;
  }

  private WatchSql() {}
}

package dev.toygun.store;

import org.jspecify.annotations.Nullable;

/** What a hold holds, as conditions for statements that have the hold as {@code h}. */
final class HeldSql {
  /** That the resource {@code r} is in the hold's subtree. */
  static final String SUBTREE = "h.resource_uuid = r.uuid OR h.resource_uuid = ANY (r.path)";

  /** The resource {@code r} itself. */
  static final String RESOURCE = machine(SUBTREE, "r.type", "r.queue", null, "false");

  /** The tasks that observe the resource {@code r}: all that run or, where none does, the last. */
  private static final String OBSERVERS =
      """
      SELECT o.name
        FROM unnest(r.observers) AS n(name)
       CROSS JOIN LATERAL (
               SELECT t.name,
                      CASE t.state WHEN '__panic__' THEN t.updated_at ELSE t.ended_at END AS until
                 FROM tasks t
                WHERE t.resource_uuid = r.uuid AND t.name = n.name
                ORDER BY t.run DESC
                LIMIT 1) AS o
       ORDER BY o.until DESC NULLS FIRST
       FETCH FIRST ROW WITH TIES\
      """;

  /** Whoever looks at the resource {@code r}: itself, or the one task that observes it. */
  static final String OBSERVATION =
      machine(
          SUBTREE,
          "r.type",
          "r.queue",
          "ANY (r.observers) AND h.name = ALL (%s)".formatted(OBSERVERS),
          "false");

  /** That a breaker keeps the task {@code t} of the resource {@code r}. */
  static final String KEPT = kept("t.type", "t.name", "t.state", "t.uuid", "r.deleting");

  /** The task {@code t} of the resource {@code r}. */
  static final String TASK = machine(SUBTREE, "t.type", "t.queue", "t.name", KEPT);

  /** The same, whatever breakers are open. */
  private static final String TASK_BY_HAND =
      machine(SUBTREE, "t.type", "t.queue", "t.name", "false");

  /** That no hold which is not settled holds the resource {@code r}. */
  static final String NO_RESOURCE = none(RESOURCE);

  /** That none holds the task {@code t} of the resource {@code r}. */
  static final String NO_TASK = none(TASK);

  /** That nobody holds it, whatever breakers are open. */
  static final String NO_TASK_BY_HAND = none(TASK_BY_HAND);

  /** That no hold which is not settled takes in all that has this type and this queue. */
  static String noList(String type, String queue) {
    return none(machine("false", type, queue, null, "false"));
  }

  /**
   * That nobody holds all runs of the task of this name of this type, whatever breakers are open.
   */
  static String noRuns(String type, String task) {
    return none(machine("false", type, "NULL", task, "false"));
  }

  /**
   * A machine.
   *
   * @param subtree whether it is in the hold's subtree
   * @param task its task's name; null for a resource, which a hold of a task leaves alone
   * @param kept whether the breaker keeps it whose hold it is
   */
  static String machine(
      String subtree, String type, String queue, @Nullable String task, String kept) {
    return """
    CASE h.scope
      WHEN 'all' THEN true
      WHEN 'subtree' THEN %s
      WHEN 'type' THEN h.name = %s
      WHEN 'queue' THEN h.name = %s
      WHEN 'task' THEN %s
      WHEN 'breaker' THEN %s
    END\
    """
        .formatted(subtree, type, queue, task == null ? "false" : "h.name = " + task, kept);
  }

  /** What a breaker keeps: not what ends, stands still, is taken down or is let go as a probe. */
  static String kept(String type, String task, String state, String uuid, String deleting) {
    return """
    %s || '/' || %s = ANY (h.tasks)
      AND %s NOT IN ('__exit__', '__panic__', '__timeout__', '__stop__')
      AND %s <> ALL (h.probes) AND %s = 'no'\
    """
        .formatted(type, task, state, uuid, deleting);
  }

  private static String none(String held) {
    return "NOT EXISTS (SELECT FROM holds h WHERE h.settled_at IS NULL AND %s)".formatted(held);
  }

  private HeldSql() {}
}

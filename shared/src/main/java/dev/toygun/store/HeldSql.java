package dev.toygun.store;

import org.jspecify.annotations.Nullable;

/** What a hold holds, as conditions for statements that have the hold as {@code h}. */
final class HeldSql {
  /** That the resource {@code r} is in the hold's subtree. */
  static final String SUBTREE = "h.resource_uuid = r.uuid OR h.resource_uuid = ANY (r.path)";

  /** The resource {@code r} itself. */
  static final String RESOURCE = machine(SUBTREE, "r.type", "r.queue", null);

  /** The task {@code t} of the resource {@code r}. */
  static final String TASK = machine(SUBTREE, "t.type", "t.queue", "t.name");

  /** That no hold which is not settled holds the resource {@code r}. */
  static final String NO_RESOURCE = none(RESOURCE);

  /** That none holds the task {@code t} of the resource {@code r}. */
  static final String NO_TASK = none(TASK);

  /** That no hold which is not settled takes in all that has this type and this queue. */
  static String noList(String type, String queue) {
    return none(machine("false", type, queue, null));
  }

  /**
   * A machine.
   *
   * @param subtree whether it is in the hold's subtree
   * @param task its task's name; null for a resource, which a hold of a task leaves alone
   */
  static String machine(String subtree, String type, String queue, @Nullable String task) {
    return """
    CASE h.scope
      WHEN 'all' THEN true
      WHEN 'subtree' THEN %s
      WHEN 'type' THEN h.name = %s
      WHEN 'queue' THEN h.name = %s
      WHEN 'task' THEN %s
    END\
    """
        .formatted(subtree, type, queue, task == null ? "false" : "h.name = " + task);
  }

  private static String none(String held) {
    return "NOT EXISTS (SELECT FROM holds h WHERE h.settled_at IS NULL AND %s)".formatted(held);
  }

  private HeldSql() {}
}

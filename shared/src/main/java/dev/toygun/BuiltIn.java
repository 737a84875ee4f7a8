package dev.toygun;

/** The states and tasks that Toygun itself defines, and the rule that keeps users' names apart. */
public final class BuiltIn {
  /** Where every machine begins, at step 0. */
  public static final String NEW = "__new__";

  /** Where every machine ends. */
  public static final String STOP = "__stop__";

  /** An error that nobody has handled yet. */
  public static final String PANIC = "__panic__";

  /** A state that took longer than its {@code within}. */
  public static final String TIMEOUT = "__timeout__";

  /** Cleaning up before the end. */
  public static final String EXIT = "__exit__";

  /** What a move changes that takes a resource a part of its way down, or that turns it back. */
  public static final String DELETING = "__deleting__";

  /** The task that makes a resource, before its first state. */
  public static final TaskName START_TASK = TaskName.of("__start__");

  /** The task that takes a resource down, after its {@code onDelete} states. */
  public static final TaskName STOP_TASK = TaskName.of("__stop__");

  /**
   * The task that restarts a resource: {@code .start(RESTART_TASK)}, or an alarm's {@code
   * .repair(RESTART_TASK, 3, ofHours(1))}.
   */
  public static final TaskName RESTART_TASK = TaskName.of("__restart__");

  private BuiltIn() {}

  /** Whether users may not take this name. */
  public static boolean reserved(String name) {
    return name.startsWith("__") && name.endsWith("__");
  }

  /** Whether Toygun alone starts a task of this name, as part of a resource's life. */
  public static boolean isOfItsLife(TaskName task) {
    return reserved(task.value()) && !task.equals(RESTART_TASK);
  }
}

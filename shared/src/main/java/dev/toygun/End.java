package dev.toygun;

import java.util.Locale;

/** How a task ended, or, while it is in {@code __exit__}, how it is about to end. */
public enum End {
  FINISHED(TaskStatus.FINISHED),
  STOPPED(TaskStatus.STOPPED),
  TIMED_OUT(TaskStatus.TIMED_OUT),
  ABORTED(TaskStatus.ABORTED);

  private final TaskStatus status;

  End(TaskStatus status) {
    this.status = status;
  }

  /** The status of a run that ended this way. */
  public TaskStatus status() {
    return status;
  }

  /** The stored name: {@code timed_out}. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The end with this stored name. */
  public static End ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}

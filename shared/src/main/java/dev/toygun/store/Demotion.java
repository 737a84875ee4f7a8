package dev.toygun.store;

import java.time.Instant;

/**
 * Whether the runs of a task ask for approval because it does not work as a repair.
 *
 * @param version counts its changes; what they are fenced by
 * @param since when it came to stand so: only runs that began after that count against it
 * @param actor who brought it there
 * @param reason why
 */
public record Demotion(
    String type,
    String task,
    boolean demoted,
    long version,
    Instant since,
    String actor,
    String reason) {
  /** Of a task that never was. */
  public static Demotion never(String type, String task) {
    return new Demotion(type, task, false, 0, Instant.EPOCH, "", "");
  }

  /** Its task, as the store names it in lists: {@code server/restart}. */
  public String name() {
    return name(type, task);
  }

  /** The same of this task. */
  public static String name(String type, String task) {
    return type + "/" + task;
  }
}

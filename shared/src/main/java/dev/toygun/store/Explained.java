package dev.toygun.store;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a machine waits, and what belongs to it.
 *
 * @param label of its resource
 * @param task its name; empty for the resource itself
 * @param everyS how often it is looked at, in seconds
 * @param deadlineAt when its state or the run times out, whichever is sooner
 * @param runDeadlineAt of a run: when it times out, whatever its state
 * @param waits whether a signal would wake it
 * @param hold what holds it: what abandons it, or else the oldest of its holds
 * @param alarm the newest alarm of it that is not closed
 * @param tasks how many of its resource's are active; counted up to 1,000
 * @param children how many of those that count are active, of a resource; up to 1,000
 * @param stopped the task that a person stopped last and that has not run since
 * @param published when a worker last published its type in its version
 * @param leaves whether its resource is to go
 * @param tries how many have failed in its state
 * @param admission of a run that has not begun; null where it did not have to wait
 * @param last its last move
 * @param failure the error of the last of its tries, or the one it has stopped with; null for none
 */
public record Explained(
    SubjectKey key,
    String label,
    String task,
    String state,
    ListName list,
    @Nullable Instant dueAt,
    @Nullable Integer everyS,
    @Nullable Instant deadlineAt,
    @Nullable Instant runDeadlineAt,
    boolean waits,
    @Nullable Holding hold,
    @Nullable UUID alarm,
    long tasks,
    long children,
    @Nullable String stopped,
    @Nullable Instant published,
    Instant now,
    Liveness.Reason reason,
    boolean leaves,
    int tries,
    @Nullable Admission admission,
    Last last,
    @Nullable Failure failure) {

  /**
   * What holds a machine.
   *
   * @param abandons whether it is not to go on any more, but to end without its code
   * @param actor who wanted that, and why is the {@code reason}
   */
  public record Holding(UUID uuid, boolean abandons, String actor, String reason) {}

  /**
   * A machine's last move.
   *
   * @param at null where it has made none
   * @param said why it was made, or what was said since; empty for nothing
   */
  public record Last(@Nullable Instant at, String said) {}

  /** An error that a machine stands before. */
  public record Failure(UUID uuid, String kind, String message, Instant at) {}

  /** Which machine. */
  public UUID uuid() {
    return key.uuid();
  }

  /** Whether it is a run of a task, and no resource. */
  public boolean isTask() {
    return !task.isEmpty();
  }

  /** For how long it has been due. */
  public Duration due() {
    return dueAt == null ? Duration.ZERO : Duration.between(dueAt, now);
  }
}

package dev.toygun.store;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a run of a task was under way while an alarm was open, and what came of it.
 *
 * @param run the run; its resource is that of the alarm
 * @param alarm the alarm
 * @param automatic whether no person started it
 * @param aborted whether a person broke it off: what clears after that it has not cleared
 * @param beganAt when it began; of one that had to wait for its turn, when that had come
 * @param endedAt when it ended
 * @param clearedAt when the alarm was over by it, or null
 * @param relapsedAt when it was open again within {@link RepairBook#STAYS}, or null
 * @param dueAt when it is looked at again; null once nothing more can come of it
 */
public record RepairRow(
    SubjectKey run,
    UUID alarm,
    boolean automatic,
    boolean aborted,
    Instant beganAt,
    Instant endedAt,
    @Nullable Instant clearedAt,
    @Nullable Instant relapsedAt,
    @Nullable Instant dueAt) {

  /** Whether it is known by now whether it cleared the alarm. */
  public boolean isJudged() {
    return clearedAt != null || dueAt == null;
  }

  /** Whether it cleared the alarm, and that has not come back. */
  public boolean worked() {
    return clearedAt != null && relapsedAt == null;
  }

  RepairRow cleared(Instant at, Duration next, Instant now) {
    return new RepairRow(
        run, alarm, automatic, aborted, beganAt, endedAt, at, null, now.plus(next));
  }

  RepairRow relapsed(Instant at) {
    return new RepairRow(run, alarm, automatic, aborted, beganAt, endedAt, clearedAt, at, null);
  }

  RepairRow due(@Nullable Instant at) {
    return new RepairRow(
        run, alarm, automatic, aborted, beganAt, endedAt, clearedAt, relapsedAt, at);
  }
}

package dev.toygun.store;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a task of a resource has come with its schedule.
 *
 * @param name the task's
 * @param spec the schedule by which it was reckoned, as text; empty before it was
 * @param nextAt when the task is to start next; null before it was reckoned
 * @param dueAt when a clock looks at it
 * @param lastAt the last time for which it was started, or null
 * @param note what came of it last, where it was not simply started
 * @param failedAt since when it cannot be carried out, which is no waiting; or null
 */
public record ScheduleRow(
    UUID resource,
    String name,
    String spec,
    @Nullable Instant nextAt,
    Instant dueAt,
    @Nullable Instant lastAt,
    String note,
    @Nullable Instant failedAt) {

  /** One that nobody has reckoned yet. */
  public static ScheduleRow unseen(UUID resource, String name, Instant now) {
    return new ScheduleRow(resource, name, "", null, now, null, "", null);
  }

  /** It is looked at by now. */
  public ScheduleRow due(Instant now) {
    Instant sooner = dueAt.isBefore(now) ? dueAt : now;
    return new ScheduleRow(resource, name, spec, nextAt, sooner, lastAt, note, failedAt);
  }

  /** It is to start at this time. */
  ScheduleRow next(String by, Instant at, @Nullable Instant last, String why) {
    return new ScheduleRow(resource, name, by, at, at, last, why, null);
  }

  /** It is looked at again then, and comes to what it comes to now. */
  ScheduleRow putOff(Instant until, String why) {
    return new ScheduleRow(resource, name, spec, nextAt, until, lastAt, why, null);
  }

  /** It is looked at again after that time; until it is carried out, it has failed. */
  ScheduleRow failed(Instant now, Duration wait, String why) {
    Instant since = failedAt == null ? now : failedAt;
    return new ScheduleRow(resource, name, spec, nextAt, now.plus(wait), lastAt, why, since);
  }
}

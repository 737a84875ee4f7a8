package dev.toygun.store;

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
 */
public record ScheduleRow(
    UUID resource,
    String name,
    String spec,
    @Nullable Instant nextAt,
    Instant dueAt,
    @Nullable Instant lastAt,
    String note) {

  /** One that nobody has reckoned yet. */
  public static ScheduleRow unseen(UUID resource, String name, Instant now) {
    return new ScheduleRow(resource, name, "", null, now, null, "");
  }

  /** It is looked at by now. */
  public ScheduleRow due(Instant now) {
    return putOff(dueAt.isBefore(now) ? dueAt : now, note);
  }

  /** It is to start at this time. */
  ScheduleRow next(String by, Instant at, @Nullable Instant last, String why) {
    return new ScheduleRow(resource, name, by, at, at, last, why);
  }

  /** What it is to start next is judged by this schedule, by which it was not reckoned. */
  ScheduleRow by(String schedule) {
    return new ScheduleRow(resource, name, schedule, nextAt, dueAt, lastAt, note);
  }

  /** It is looked at again then, and comes to what it comes to now. */
  ScheduleRow putOff(Instant until, String why) {
    return new ScheduleRow(resource, name, spec, nextAt, until, lastAt, why);
  }
}

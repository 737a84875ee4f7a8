package dev.toygun.schedule;

import dev.toygun.ResourceType;
import dev.toygun.Schedule;
import dev.toygun.TaskType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A schedule that has been read, for any number of resources. */
public final class Timetable {
  /* The part of a uuid that is chance alone. */
  private static final long TAIL = 0xFFFF_FFFF_FFFFL;

  private final Schedule schedule;
  private final @Nullable Calendar calendar;

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException where it is none; {@link #problems} tells what is wrong
   */
  public Timetable(Schedule schedule) {
    this.schedule = schedule;
    this.calendar =
        schedule.cron() == null
            ? null
            : new Calendar(schedule.cron(), zone(Objects.requireNonNull(schedule.zone())));
    if (calendar == null) {
      Objects.requireNonNull(schedule.every());
    }
  }

  /**
   * What is wrong with the expressions of a type's schedules, as sentences; of the rest its own
   * checks tell.
   */
  public static List<String> problems(ResourceType<?> type) {
    List<String> problems = new ArrayList<>();
    for (TaskType<?> task : type.tasks()) {
      Schedule schedule = task.triggers().schedule();
      if (schedule != null && schedule.cron() != null) {
        problems(schedule, schedule.cron())
            .forEach(p -> problems.add(type.name() + ": task " + task.name() + ": " + p));
      }
    }
    return problems;
  }

  private static List<String> problems(Schedule schedule, String cron) {
    List<String> problems = new ArrayList<>();
    try {
      Calendar calendar = new Calendar(cron, ZoneId.of("UTC"));
      if (isInDoubt(cron)) {
        problems.add(
            "cron '%s' limits both days, one of them by a step over all: by Unix it names the days that are in both, which is not supported. With the range written out, as 1-31/2 of the month or 0-6/2 of the week, it names those that are in either"
                .formatted(cron));
      }
      if (calendar.after(Instant.EPOCH).isEmpty()) {
        problems.add("cron '%s' names no time that ever comes".formatted(cron));
      }
      calendar
          .closest()
          .filter(closest -> schedule.jitter().compareTo(closest) >= 0)
          .ifPresent(
              closest ->
                  problems.add(
                      "it has jitter %s, and cron '%s' starts it after %s: jitter is shorter"
                          .formatted(schedule.jitter(), cron, closest)));
    } catch (IllegalArgumentException e) {
      problems.add(
          "cron '%s' cannot be read: %s. It has five fields: minute, hour, day of the month, month, day of the week"
              .formatted(cron, e.getMessage()));
    }
    return problems;
  }

  /* Unix takes a field that begins with a star for one that says nothing of the day, though it does. */
  private static boolean isInDoubt(String cron) {
    String[] fields = cron.trim().split("\\s+", -1);
    return fields.length == 5
        && !fields[2].equals("*")
        && !fields[4].equals("*")
        && (fields[2].startsWith("*") || fields[4].startsWith("*"));
  }

  /**
   * The times of one resource.
   *
   * @param madeAt when it was made
   */
  public Occurrences of(UUID resource, Instant madeAt) {
    Duration later = later(resource);
    Calendar times = calendar;
    return times == null
        ? new Periodic(madeAt, Objects.requireNonNull(schedule.every()), later)
        : new Calendric(times, later);
  }

  /**
   * One of the times of a resource, as it is by this schedule; nothing where that one names other
   * times, but for its jitter.
   *
   * @param time one of the times of the resource by that other schedule
   */
  public Optional<Instant> moved(Instant time, Timetable other, UUID resource) {
    boolean same =
        Objects.equals(schedule.every(), other.schedule.every())
            && Objects.equals(schedule.cron(), other.schedule.cron())
            && Objects.equals(schedule.zone(), other.schedule.zone());
    return same
        ? Optional.of(time.minus(other.later(resource)).plus(later(resource)))
        : Optional.empty();
  }

  private Duration later(UUID resource) {
    long jitter = schedule.jitter().toMillis();
    return jitter == 0
        ? Duration.ZERO
        : Duration.ofMillis((resource.getLeastSignificantBits() & TAIL) % jitter);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no time zone '" + name + "'", e);
    }
  }

  /** One period after the resource was made, two, and so on. */
  private record Periodic(Instant madeAt, Duration every, Duration later) implements Occurrences {
    @Override
    public Optional<Instant> after(Instant point) {
      return Optional.of(time(Math.max(0, periods(point)) + 1));
    }

    @Override
    public Optional<Instant> upto(Instant point) {
      long periods = periods(point);
      return periods < 1 ? Optional.empty() : Optional.of(time(periods));
    }

    private long periods(Instant point) {
      return Math.floorDiv(
          Duration.between(madeAt.plus(later), point).toMillis(), every.toMillis());
    }

    private Instant time(long periods) {
      return madeAt.plus(later).plus(every.multipliedBy(periods));
    }
  }

  private record Calendric(Calendar calendar, Duration later) implements Occurrences {
    @Override
    public Optional<Instant> after(Instant point) {
      return calendar.after(point.minus(later)).map(at -> at.plus(later));
    }

    @Override
    public Optional<Instant> upto(Instant point) {
      return calendar.upto(point.minus(later)).map(at -> at.plus(later));
    }
  }
}

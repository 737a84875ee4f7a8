package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.Missed;
import dev.toygun.schedule.Occurrences;
import dev.toygun.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules by which schedules start tasks: what becomes of each that is due, judged on its
 * resource while that is locked. Both stores go by it.
 */
public final class ScheduleBook {
  /** What is later than this has been missed. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** When it is looked at again what a run stands in the way of. */
  static final Duration SOON = Duration.ofSeconds(10);

  /**
   * When it is looked at again what may start nothing for now: after a tenth of the time that it
   * has waited, not sooner than this. So what is held in great numbers for long leaves room for
   * others.
   */
  static final Duration LATER = Duration.ofSeconds(30);

  /** The same, not later than this. */
  static final Duration LATEST = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleBook.class);

  private final Instant now;
  private final List<Hold> holds;
  private final Stamp by;
  private final Supplier<UUID> runs;
  private final Map<String, Timetable> read = new HashMap<>();

  /**
   * The rules, as they are applied at one moment.
   *
   * @param holds what is on hold
   * @param runs makes the uuids of runs
   */
  public ScheduleBook(Instant now, List<Hold> holds, Stamp by, Supplier<UUID> runs) {
    this.now = now;
    this.holds = holds;
    this.by = by;
    this.runs = runs;
  }

  /**
   * What becomes of the schedules of one resource.
   *
   * @param starts what begins, if anything does
   * @param were the rows as they are now, but for those that are to go
   * @param kept the same as they are then
   * @param over the rows that are to go
   */
  public record Page(
      Optional<Outcome> starts,
      List<ScheduleRow> were,
      List<ScheduleRow> kept,
      List<ScheduleRow> over) {
    /** Who is due by what began: the runs, and whoever looks at them. */
    public List<Committed.Woken> due(Committed.Done done) {
      List<Committed.Woken> due = new ArrayList<>(done.woken());
      Outcome outcome = starts.orElseThrow();
      due.add(new Committed.Woken(outcome.subject(), outcome.starts().get(0).list()));
      return due;
    }

    /** The same rows where what was to begin could not: none has moved on. */
    public Page refused(Instant now, String why) {
      List<ScheduleRow> off =
          were.stream().map(row -> row.failed(now, GRACE, "not started: " + why)).toList();
      return new Page(Optional.empty(), were, off, over);
    }
  }

  /** A row as it is next, or null where it is to go; and the run that it begins, or null. */
  private record Move(@Nullable ScheduleRow row, @Nullable TaskStart start) {}

  /**
   * Judges the rows of one resource that are due.
   *
   * @param family null where there is no such resource any more
   * @param wanted the schedule that a task of its type and version has, as text; null for none
   */
  public Page judge(
      @Nullable Family family, List<ScheduleRow> due, Function<String, @Nullable String> wanted) {
    List<ScheduleRow> were = new ArrayList<>();
    List<ScheduleRow> kept = new ArrayList<>();
    List<ScheduleRow> over = new ArrayList<>();
    List<TaskStart> starts = new ArrayList<>();
    for (ScheduleRow row : due) {
      Move move = move(family, row, wanted.apply(row.name()));
      if (move.row() == null) {
        over.add(row);
      } else {
        were.add(row);
        kept.add(move.row());
      }
      if (move.start() != null) {
        starts.add(move.start());
      }
    }
    if (family == null || starts.isEmpty()) {
      return new Page(Optional.empty(), were, kept, over);
    }
    OutcomeDraft draft = OutcomeDraft.of(family, family.resource().key(), by, now);
    starts.forEach(draft::start);
    draft.wake(Wake.RESOURCE);
    return new Page(draft.build(), were, kept, over);
  }

  private Move move(@Nullable Family family, ScheduleRow row, @Nullable String spec) {
    if (family == null || spec == null || !family.resource().machine().active()) {
      return new Move(null, null);
    }
    try {
      Missed missed = Missed.ofStored(ScheduleDefinition.ofText(spec).missed());
      ResourceRow resource = family.resource();
      Occurrences times = read(spec).of(resource.uuid(), resource.machine().createdAt());
      return move(family, row, spec, missed, times);
    } catch (RuntimeException e) {
      LOG.error("no time can be told of {} by schedule {}: {}", row, spec, e.toString());
      return new Move(row.failed(now, GRACE.multipliedBy(10), "no time can be told: " + e), null);
    }
  }

  private Timetable read(String spec) {
    return read.computeIfAbsent(
        spec, text -> new Timetable(ScheduleDefinition.ofText(text).schedule()));
  }

  private Move move(Family family, ScheduleRow was, String spec, Missed missed, Occurrences times) {
    Instant next = was.nextAt();
    if (next == null) {
      return new Move(was.next(spec, after(times, now), was.lastAt(), ""), null);
    }
    if (next.isAfter(now)) {
      return new Move(
          was.spec().equals(spec)
              ? was.putOff(next, was.note())
              : was.next(spec, anew(was, next, spec, times), was.lastAt(), ""),
          null);
    }
    // What is owed stays so, whatever it was reckoned by; by another jitter it may be still to
    // come.
    Instant owed = same(was, next, spec).filter(next::isBefore).orElse(next);
    ScheduleRow row = was.next(spec, owed, was.lastAt(), was.note());
    return owed.isAfter(now) ? new Move(row, null) : owed(family, row, missed, times);
  }

  private Move owed(Family family, ScheduleRow row, Missed missed, Occurrences times) {
    Instant next = Objects.requireNonNull(row.nextAt());
    String blocked = blocked(family, row);
    if (blocked != null) {
      return new Move(
          row.putOff(now.plus(later(next)), "waits since %s: %s".formatted(next, blocked)), null);
    }
    TaskRow run = family.task(row.name()).filter(t -> t.machine().active()).orElse(null);
    if (run != null && missed == Missed.ALL) {
      String waits = "waits since %s: run %d is active".formatted(next, run.run());
      return new Move(row.putOff(now.plus(SOON), waits), null);
    }
    if (run != null) {
      String left = "left out at %s: run %d was active".formatted(next, run.run());
      return new Move(row.next(row.spec(), after(times, now), row.lastAt(), left), null);
    }
    Instant last =
        missed == Missed.ALL ? next : times.upto(now).filter(next::isBefore).orElse(next);
    if (missed == Missed.SKIP && last.plus(GRACE).isBefore(now)) {
      String left = "left out at %s: nothing could start it then".formatted(last);
      return new Move(row.next(row.spec(), after(times, now), row.lastAt(), left), null);
    }
    String note = last.equals(next) ? "" : "started once for all times since " + next;
    Instant then = after(times, missed == Missed.ALL ? last : now);
    return new Move(row.next(row.spec(), then, last, note), start(family, row, last));
  }

  /**
   * When a time that is still to come comes by another schedule. Where only the jitter is another,
   * it is the same time, so that none is left out, and none comes twice.
   */
  private Instant anew(ScheduleRow row, Instant next, String spec, Occurrences times) {
    return same(row, next, spec)
        .map(at -> at.isAfter(now) ? at : next)
        .orElseGet(() -> after(times, now));
  }

  private Optional<Instant> same(ScheduleRow row, Instant next, String spec) {
    if (row.spec().equals(spec)) {
      return Optional.empty();
    }
    try {
      return read(spec).moved(next, read(row.spec()), row.resource());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // A newer build may have written what this one cannot read.
    }
  }

  private Duration later(Instant next) {
    Duration tenth = Duration.between(next, now).dividedBy(10);
    if (tenth.compareTo(LATER) < 0) {
      return LATER;
    }
    return tenth.compareTo(LATEST) < 0 ? tenth : LATEST;
  }

  private static Instant after(Occurrences times, Instant point) {
    return times
        .after(point)
        .orElseThrow(() -> new IllegalArgumentException("no time comes after " + point));
  }

  /** Why nothing may start there now; null if it may. */
  private @Nullable String blocked(Family family, ScheduleRow row) {
    ResourceRow resource = family.resource();
    if (resource.machine().state().equals(BuiltIn.NEW)) {
      return "its resource is being made";
    }
    if (resource.deleting() != ResourceRow.Deleting.NO) {
      return "its resource is being taken down";
    }
    List<UUID> line = new ArrayList<>(resource.path());
    line.add(resource.uuid());
    for (Hold hold : holds) {
      if (hold.kept() == null && hold.holds(line, resource.machine().list(), row.name())) {
        return hold.abandons()
            ? "its resource is being abandoned"
            : "it is on hold, by %s: %s".formatted(hold.actor(), hold.reason());
      }
    }
    return null;
  }

  private TaskStart start(Family family, ScheduleRow row, Instant at) {
    return new TaskStart(
        runs.get(),
        row.name(),
        false,
        false,
        "{}",
        "{}",
        family.resource().machine().list(),
        "schedule " + at);
  }
}

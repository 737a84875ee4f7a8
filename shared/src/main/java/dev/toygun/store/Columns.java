package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns of a machine's row while its outcome is drawn. */
final class Columns {
  String state;
  long step;
  long entered;
  int tries;
  @Nullable String resume;
  String attrs;
  int schemaVersion;
  @Nullable Instant dueAt;
  @Nullable Integer everyS;
  @Nullable Instant deadlineAt;
  @Nullable Instant runDeadlineAt;
  @Nullable Duration runsWithin;
  boolean waits;
  boolean active;
  @Nullable UUID error;
  @Nullable End end;
  Write.@Nullable OfResource ofResource;
  @Nullable Admission admission;
  @Nullable Instant lapsesAt;

  /** The fields as they are unless others are written, of this version. */
  record Lift(String attrs, int version) {}

  private final String loaded;
  @Nullable Lift lift;

  Columns(Family family, SubjectKey key, MachineRow row) {
    state = row.state();
    step = row.step();
    entered = row.entered();
    tries = row.tries();
    resume = row.resume();
    attrs = row.attrs();
    loaded = attrs;
    schemaVersion = row.list().version();
    dueAt = row.dueAt();
    everyS = row.everyS();
    deadlineAt = row.deadlineAt();
    runDeadlineAt = row.runDeadlineAt();
    waits = row.waits();
    active = row.active();
    error = row.error();
    if (key.isResource()) {
      ResourceRow resource = family.resource();
      ofResource = new Write.OfResource(resource.deleting(), resource.observed());
    } else {
      end = family.task(key).map(TaskRow::outcome).orElse(null);
    }
  }

  /** It goes to another state, where it is due at this time, and has no deadline yet. */
  void leave(String to, @Nullable Instant due) {
    state = to;
    step++;
    tries = 0;
    resume = null;
    everyS = null;
    deadlineAt = null;
    runDeadlineAt = null;
    waits = false;
    dueAt = due;
  }

  /** Its own code has sent it where it is. */
  void entered(@Nullable Instant deadline, @Nullable Instant runDeadline, boolean waitsThere) {
    entered = step;
    deadlineAt = sooner(deadline, runDeadline);
    runDeadlineAt = runDeadline;
    waits = waitsThere;
  }

  /**
   * Gives a state or a run that has none its deadline, after it was sent here by others; and takes
   * away one that is nobody's any longer, or the machine would be due by it at every tick. Whether
   * that is news.
   */
  boolean deadline(@Nullable Duration within, Instant now) {
    Instant end = runDeadline(now);
    boolean isItsRuns = Objects.equals(deadlineAt, runDeadlineAt);
    Instant own = within == null ? null : isItsRuns ? now.plus(within) : deadlineAt;
    Instant then = sooner(own, end);
    boolean isNews = !Objects.equals(then, deadlineAt) || !Objects.equals(end, runDeadlineAt);
    deadlineAt = then;
    runDeadlineAt = end;
    return isNews;
  }

  /** When the run times out: from its first entry, or from where somebody else has sent it. */
  @Nullable Instant runDeadline(Instant now) {
    return runsWithin == null ? null : runDeadlineAt == null ? now.plus(runsWithin) : runDeadlineAt;
  }

  /**
   * It stops here and is not due, by no deadline either. What was left to its run is left to it for
   * when a handler sends it on; one that has not begun has not been given anything.
   */
  void panicked(String from, @Nullable Instant runDeadline) {
    resume = from;
    runDeadlineAt = from.equals(BuiltIn.NEW) ? null : runDeadline;
    dueAtLatest(null);
  }

  /** It goes on from an entry that it made at this step, and no longer to its end. */
  void rewound(long step) {
    entered = step;
    end = null;
  }

  /** Due at this time, or at the deadline or as what is known lapses if that is sooner. */
  void dueAtLatest(@Nullable Instant then) {
    dueAt = sooner(then, sooner(deadlineAt, lapsesAt));
  }

  static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  /** It has come this far on its way down; whether that is news. */
  boolean deleting(ResourceRow.Deleting how) {
    return is(new Write.OfResource(how, resource().observed()));
  }

  /** This is known of whether it answers; whether that is news. */
  boolean observed(Observed now) {
    return is(new Write.OfResource(resource().deleting(), now));
  }

  private boolean is(Write.OfResource now) {
    boolean isNews = !resource().equals(now);
    ofResource = now;
    return isNews;
  }

  Write.OfResource resource() {
    if (ofResource == null) {
      throw new IllegalStateException("a task has no availability and is not deleted");
    }
    return ofResource;
  }

  Write write() {
    if (lift != null) {
      attrs = attrs.equals(loaded) ? lift.attrs : attrs;
      schemaVersion = lift.version;
    }
    return new Write(
        state,
        step,
        entered,
        tries,
        resume,
        attrs.equals(loaded) ? null : attrs,
        schemaVersion,
        dueAt,
        everyS,
        deadlineAt,
        runDeadlineAt,
        waits,
        active,
        error,
        end,
        ofResource,
        admission);
  }
}

package dev.toygun.store;

import dev.toygun.End;
import java.time.Instant;
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

  /** It goes to another state, where it is due at this time. */
  void leave(String to, @Nullable Instant due) {
    state = to;
    step++;
    tries = 0;
    resume = null;
    everyS = null;
    deadlineAt = null;
    waits = false;
    dueAt = due;
  }

  /** Its own code has sent it where it is. */
  void entered(@Nullable Instant deadline, boolean waitsThere) {
    entered = step;
    deadlineAt = deadline;
    waits = waitsThere;
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

  private static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
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
        waits,
        active,
        error,
        end,
        ofResource,
        admission);
  }
}

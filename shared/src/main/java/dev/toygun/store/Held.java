package dev.toygun.store;

import dev.toygun.BuiltIn;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row that a group has locked: as it was found, and then as the group's outcomes leave it. */
abstract sealed class Held permits HeldResource, HeldTask {
  private final SubjectKey key;
  private ListName list;
  String state;
  long step;
  long version;
  long wakes;
  long entered;
  int tries;
  @Nullable String resume;

  /** Null while nobody has written them: they were not even read. */
  @Nullable String attrs;

  @Nullable Instant dueAt;
  @Nullable Integer everyS;
  @Nullable Instant deadlineAt;

  /** Of a run. */
  @Nullable Instant runDeadlineAt;

  boolean waits;
  boolean active;
  @Nullable UUID error;
  private boolean written;
  private boolean woken;

  /** Reads a row whose columns of a machine begin with its queue, at this place. */
  Held(SubjectKey key, Row row, int first) {
    this.key = key;
    list = Rows.list(row, first);
    state = Rows.text(row, first + 4);
    step = Rows.big(row, first + 5);
    version = Rows.big(row, first + 6);
    wakes = Rows.big(row, first + 7);
    entered = Rows.big(row, first + 8);
    tries = Rows.number(row, first + 9);
    resume = row.getString(first + 10);
    dueAt = Rows.maybeTime(row, first + 11);
    everyS = row.getInteger(first + 12);
    deadlineAt = Rows.maybeTime(row, first + 13);
    waits = Rows.flag(row, first + 14);
    active = Rows.flag(row, first + 15);
    error = row.getUUID(first + 16);
  }

  SubjectKey key() {
    return key;
  }

  ListName list() {
    return list;
  }

  @Nullable Integer bucket() {
    return PlainMove.bucketOf(key, everyS);
  }

  /** Takes over an outcome's write. What was woken or stirred since it was loaded is due. */
  void write(Write write, long loadedWakes, Instant now) {
    touch();
    active = write.active();
    state = write.state();
    step = write.step();
    entered = write.entered();
    tries = write.tries();
    resume = write.resume();
    attrs = write.attrs() == null ? attrs : write.attrs();
    dueAt = active ? dueAfter(write, loadedWakes, now) : null;
    everyS = active ? write.everyS() : null;
    deadlineAt = active ? write.deadlineAt() : null;
    runDeadlineAt = active ? write.runDeadlineAt() : null;
    waits = write.waits();
    error = write.error();
    lift(write.schemaVersion());
  }

  private @Nullable Instant dueAfter(Write write, long loadedWakes, Instant now) {
    if (Wakes.isWoken(loadedWakes, wakes)) {
      return dueAt;
    }
    return write.waits() && Wakes.isStirred(loadedWakes, wakes) ? now : write.dueAt();
  }

  /** Its fields are of this version of its type from now on. */
  void lift(int version) {
    list = list.version(version);
  }

  /** Something but a wake changes: whoever decided on the row as it was is fenced. */
  void touch() {
    written = true;
    version++;
  }

  void wake(Instant now) {
    woken = true;
    wakes++;
    due(now);
  }

  /** Whoever is in the middle of a tick must look again, if it comes to wait by that. */
  void stir() {
    if (!waits && (dueAt != null || everyS != null)) {
      woken = true;
      wakes = Wakes.stirred(wakes);
    }
  }

  /** Due at this time at the latest. */
  void due(Instant now) {
    dueAt = dueAt == null || dueAt.isAfter(now) ? now : dueAt;
  }

  /** Whether it stands still with this error. */
  boolean standsStill(UUID because) {
    boolean stands = state.equals(BuiltIn.PANIC) || state.equals(BuiltIn.TIMEOUT);
    return active && stands && because.equals(error);
  }

  /** Somebody else sends it to a state, where it is due at this time. */
  Transition sent(String to, Instant due, String message) {
    touch();
    Transition move = new Transition(step + 1, state, to, message, null, java.util.List.of());
    state = to;
    step++;
    tries = 0;
    resume = null;
    everyS = null;
    deadlineAt = null;
    runDeadlineAt = null;
    waits = false;
    dueAt = due;
    return move;
  }

  /** A handler sends it on from its panic: what was left to its run is left to it. */
  Transition sentOn(String to, Instant due, String message) {
    Instant left = runDeadlineAt;
    Transition move = sent(to, due, message);
    runDeadlineAt = left;
    deadlineAt = left;
    return move;
  }

  /** A handler sends it back to an entry that it made. */
  Transition rewound(Entry to, Instant now, String message) {
    Transition move = sentOn(to.state(), now, message);
    entered = to.step();
    return move;
  }

  boolean isDue(Instant now) {
    return active && dueAt != null && !dueAt.isAfter(now);
  }

  /** Whether it is on its way out already, or will be once its panic is handled. */
  boolean isExiting() {
    return state.equals(BuiltIn.EXIT) || Objects.equals(resume, BuiltIn.EXIT);
  }

  /** Whether the row has to be written. */
  boolean isWritten() {
    return written;
  }

  /** Whether all that happened to the row is that it was woken. */
  boolean isOnlyWoken() {
    return woken && !written;
  }
}

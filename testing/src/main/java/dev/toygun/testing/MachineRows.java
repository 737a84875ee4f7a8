package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.Wakes;
import dev.toygun.store.Write;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a write makes of the columns that every machine has. */
final class MachineRows {
  private MachineRows() {}

  /** A new row: step 0, due at this time. */
  static MachineRow created(String state, String attrs, ListName list, Instant due, Instant now) {
    return new MachineRow(
        state, 0, 1, 0, 0, 0, null, attrs, list, due, null, null, null, false, true, null, now, now,
        null);
  }

  /** A wake: due now, and nothing else; a row that has ended stays as it is. */
  static MachineRow woken(MachineRow r, Instant now) {
    if (!r.active()) {
      return r;
    }
    Instant dueAt = r.dueAt() == null || r.dueAt().isAfter(now) ? now : r.dueAt();
    return new MachineRow(
        r.state(),
        r.step(),
        r.version(),
        r.wakes() + 1,
        r.entered(),
        r.tries(),
        r.resume(),
        r.attrs(),
        r.list(),
        dueAt,
        r.everyS(),
        r.deadlineAt(),
        r.runDeadlineAt(),
        r.waits(),
        r.active(),
        r.error(),
        r.createdAt(),
        r.updatedAt(),
        r.endedAt());
  }

  /** Whether it polls, or has a deadline, though it be of a run that stands panicked. */
  static boolean hasItsTime(MachineRow r) {
    return r.everyS() != null || r.deadlineAt() != null || r.runDeadlineAt() != null;
  }

  /**
   * No longer held: its deadline is later by the time it was; woken, unless it is to be ticked at
   * some time before that.
   */
  static MachineRow released(MachineRow r, java.time.Duration held, Instant now) {
    boolean rests =
        r.everyS() != null
            || r.dueAt() == null
            || r.deadlineAt() == null
            || !r.dueAt().isBefore(r.deadlineAt());
    return new MachineRow(
        r.state(),
        r.step(),
        r.version(),
        r.wakes() + 1,
        r.entered(),
        r.tries(),
        r.resume(),
        r.attrs(),
        r.list(),
        rests ? now : r.dueAt(),
        r.everyS(),
        later(r.deadlineAt(), held),
        later(r.runDeadlineAt(), held),
        r.waits(),
        r.active(),
        r.error(),
        r.createdAt(),
        r.updatedAt(),
        r.endedAt());
  }

  private static @Nullable Instant later(@Nullable Instant deadline, java.time.Duration by) {
    return deadline == null ? null : deadline.plus(by);
  }

  /** A breaker has kept it so long, and lets it go to see whether things work again. */
  static MachineRow probed(MachineRow r, java.time.Duration kept, Instant now) {
    return new MachineRow(
        r.state(),
        r.step(),
        r.version(),
        r.wakes(),
        r.entered(),
        r.tries(),
        r.resume(),
        r.attrs(),
        r.list(),
        r.dueAt(),
        r.everyS(),
        later(r.deadlineAt(), kept),
        later(r.runDeadlineAt(), kept),
        r.waits(),
        r.active(),
        r.error(),
        r.createdAt(),
        r.deadlineAt() == null ? r.updatedAt() : now,
        r.endedAt());
  }

  /** No breaker keeps it any more: later by that time, and at this moment if it is due. */
  static MachineRow letGo(MachineRow r, java.time.Duration kept, Instant now, Instant at) {
    boolean hasItsTime =
        r.everyS() != null
            || r.dueAt() == null
            || (r.dueAt().isAfter(now) && !r.dueAt().equals(r.deadlineAt()));
    return new MachineRow(
        r.state(),
        r.step(),
        r.version(),
        r.wakes() + 1,
        r.entered(),
        r.tries(),
        r.resume(),
        r.attrs(),
        r.list(),
        hasItsTime ? r.dueAt() : at,
        r.everyS(),
        later(r.deadlineAt(), kept),
        later(r.runDeadlineAt(), kept),
        r.waits(),
        r.active(),
        r.error(),
        r.createdAt(),
        r.updatedAt(),
        r.endedAt());
  }

  /**
   * An outcome's write; a wake that came in since {@code wakes} was loaded leaves it due, and what
   * others did that it waits for by now makes it so. What has ended is never due.
   */
  static MachineRow written(MachineRow r, Write w, long wakes, Instant now) {
    boolean active = w.active();
    return new MachineRow(
        w.state(),
        w.step(),
        r.version() + 1,
        r.wakes(),
        w.entered(),
        w.tries(),
        w.resume(),
        Objects.requireNonNullElse(w.attrs(), r.attrs()),
        listOf(r.list(), w.schemaVersion()),
        active ? dueAfter(r, w, wakes, now) : null,
        active ? w.everyS() : null,
        active ? w.deadlineAt() : null,
        active ? w.runDeadlineAt() : null,
        w.waits(),
        active,
        w.error(),
        r.createdAt(),
        now,
        active ? null : now);
  }

  /** The same of a run. */
  static TaskRow written(TaskRow t, Write w, long wakes, Instant now) {
    End end = w.end() == null && !w.active() ? End.FINISHED : w.end();
    TaskRow after = t.with(written(t.machine(), w, wakes, now), end);
    return w.admission() == null ? after : after.with(w.admission());
  }

  private static @Nullable Instant dueAfter(MachineRow r, Write w, long wakes, Instant now) {
    if (Wakes.isWoken(wakes, r.wakes())) {
      return r.dueAt();
    }
    return w.waits() && Wakes.isStirred(wakes, r.wakes()) ? now : w.dueAt();
  }

  /** Sent to {@code __exit__} by somebody else. */
  static MachineRow stopped(MachineRow r, Instant now) {
    Instant due = r.dueAt() == null || r.dueAt().isAfter(now) ? now : r.dueAt();
    return sent(r, BuiltIn.EXIT, r.entered(), due, now);
  }

  /** Sent to a state by somebody else, where it is due at this time. */
  static MachineRow sent(MachineRow r, String to, long entered, Instant due, Instant now) {
    return sent(r, to, entered, due, now, null);
  }

  /** Sent on from its panic by a handler: what was left to its run is left to it. */
  static MachineRow sentOn(MachineRow r, String to, long entered, Instant due, Instant now) {
    return sent(r, to, entered, due, now, r.runDeadlineAt());
  }

  private static MachineRow sent(
      MachineRow r, String to, long entered, Instant due, Instant now, @Nullable Instant deadline) {
    return new MachineRow(
        to,
        r.step() + 1,
        r.version() + 1,
        r.wakes(),
        entered,
        0,
        null,
        r.attrs(),
        r.list(),
        due,
        null,
        deadline,
        deadline,
        false,
        true,
        r.error(),
        r.createdAt(),
        now,
        null);
  }

  /** Other fields or another schema version, and due as it was. */
  static MachineRow with(MachineRow r, String attrs, ListName list, Instant now) {
    return new MachineRow(
        r.state(),
        r.step(),
        r.version() + 1,
        r.wakes(),
        r.entered(),
        r.tries(),
        r.resume(),
        attrs,
        list,
        r.dueAt(),
        r.everyS(),
        r.deadlineAt(),
        r.runDeadlineAt(),
        r.waits(),
        r.active(),
        r.error(),
        r.createdAt(),
        now,
        r.endedAt());
  }

  /** The same in this queue and priority. */
  static MachineRow in(MachineRow r, ListName to) {
    return new MachineRow(
        r.state(),
        r.step(),
        r.version(),
        r.wakes(),
        r.entered(),
        r.tries(),
        r.resume(),
        r.attrs(),
        to.version(r.list().version()),
        r.dueAt(),
        r.everyS(),
        r.deadlineAt(),
        r.runDeadlineAt(),
        r.waits(),
        r.active(),
        r.error(),
        r.createdAt(),
        r.updatedAt(),
        r.endedAt());
  }

  static ListName listOf(ListName list, int version) {
    return list.version() == version ? list : list.version(version);
  }

  /** The second of its period in which a subject polls: the last 4 bytes of its uuid, unsigned. */
  static int bucket(SubjectKey key, int everyS) {
    return (int) (tail(key.uuid()) % everyS);
  }

  private static long tail(UUID uuid) {
    return ByteBuffer.allocate(8).putLong(uuid.getLeastSignificantBits()).getInt(4) & 0xFFFFFFFFL;
  }
}

package dev.toygun.testing;

import dev.toygun.AlarmType;
import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Admissions;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmBook;
import dev.toygun.store.AlarmCommand;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.Due;
import dev.toygun.store.Hop;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Refusal;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Moves the alarms of a {@link MemoryStore} outside of workers' outcomes. */
final class MemoryMoves {
  private final MemoryRows rows;
  private final MemoryAlarms alarms;

  private final MemoryHolds holds;
  private final MemoryBrakes brakes;

  MemoryMoves(MemoryRows rows, MemoryAlarms alarms, MemoryHolds holds, MemoryBrakes brakes) {
    this.rows = rows;
    this.alarms = alarms;
    this.holds = holds;
    this.brakes = brakes;
  }

  int moveDue(Stamp by, Instant now) {
    List<Hop> hops = alarms.dueHops(now);
    for (Hop hop : hops) {
      book(
          hop.panicked().resource(),
          now,
          book -> book.settle(hop, Hop.Decision.TIME_OUT, "nobody answered in time", by));
    }
    List<UUID> due = alarms.dueAlarms(now);
    for (UUID uuid : due) {
      book(found(uuid).key().resource(), now, book -> book.due(uuid, by));
    }
    return hops.size() + due.size() + punctualAgain(by, now) + unstuck(by, now) + released(by, now);
  }

  /** Opens the alarms of brakes that hold. */
  int brake(Supplier<UUID> uuids, Stamp by, Instant now) {
    List<Admissions.Braked> holding =
        brakes.hold(now).stream().filter(brake -> !isTold(brake)).toList();
    for (Admissions.Braked brake : holding) {
      book(
          brake.at(),
          now,
          book -> book.say(AlarmWrite.braked(brake, uuids.get()), brake.list(), brake.step(), by));
    }
    return holding.size();
  }

  /** Closes those of brakes that hold no more. */
  private int released(Stamp by, Instant now) {
    int released = 0;
    for (Alarm alarm : alarms.all()) {
      boolean closes = alarm.state() == Alarm.State.OPEN && alarm.clearAt() != null;
      if (alarm.active()
          && AlarmType.isOfBrake(alarm.name())
          && !closes
          && !isHolding(alarm, now)) {
        book(
            alarm.key().resource(),
            now,
            book -> book.say(AlarmWrite.clear(alarm), alarm.list(), alarm.step(), by));
        released++;
      }
    }
    return released;
  }

  private boolean isTold(Admissions.Braked brake) {
    return alarms.all().stream()
        .anyMatch(
            alarm ->
                alarm.active()
                    && alarm.key().resource().equals(brake.at())
                    && alarm.name().equals(AlarmType.brake(brake.type(), brake.task()))
                    && alarm.message().equals(brake.why())
                    && (alarm.state() != Alarm.State.OPEN || alarm.clearAt() == null));
  }

  private boolean isHolding(Alarm alarm, Instant now) {
    return brakes.holding(now).stream()
        .anyMatch(
            one ->
                one.at().equals(alarm.key().resource())
                    && AlarmType.brake(one.type(), one.task()).equals(alarm.name()));
  }

  int stuck(List<Due.Stuck> found, Stamp by, Instant now) {
    int still = 0;
    for (Due.Stuck machine : found) {
      MachineRow row = rows.machine(machine.subject()).orElse(null);
      if (row != null && row.active() && row.version() == machine.version()) {
        TaskRow task = machine.subject().isResource() ? null : rows.task(machine.subject().uuid());
        String name = task == null ? null : task.name();
        book(
            machine.subject().resource(),
            now,
            book -> book.stuck(name, machine, row.list(), row.step(), by));
        still++;
      }
    }
    return still;
  }

  /** Machines that were stuck, and have been written since, or ended, or are held. */
  private int unstuck(Stamp by, Instant now) {
    int closed = 0;
    for (Alarm alarm : alarms.all()) {
      if (alarm.active() && alarm.name().equals(AlarmType.STUCK)) {
        SubjectKey subject = new SubjectKey(alarm.key().resource(), alarm.subject());
        MachineRow row = rows.machine(subject).orElseThrow();
        boolean written = !Objects.equals(row.version(), alarm.standsAt());
        if (written || !row.active() || holds.holds(subject)) {
          UUID uuid = alarm.key().uuid();
          book(subject.resource(), now, book -> book.close(uuid, AlarmBook.GOES_ON, by));
          closed++;
        }
      }
    }
    return closed;
  }

  private void book(UUID resource, Instant now, Consumer<AlarmBook> writes) {
    AlarmBook book = alarms.book(now, List.of(resource));
    writes.accept(book);
    alarms.apply(book.changes());
  }

  private Alarm found(UUID alarm) {
    return Objects.requireNonNull(alarms.find(alarm));
  }

  /** Tasks that were too slow, and of which a later run has come to its end by itself. */
  private int punctualAgain(Stamp by, Instant now) {
    int closed = 0;
    for (Alarm alarm : alarms.all()) {
      String name = alarm.task();
      if (alarm.active() && name != null && alarm.name().equals("timeout")) {
        UUID resource = alarm.key().resource();
        TaskRow last = rows.latest(resource, name);
        if (last != null && last.outcome() == End.FINISHED && !last.machine().active()) {
          book(resource, now, book -> book.close(alarm.key().uuid(), "a later run finished", by));
          closed++;
        }
      }
    }
    return closed;
  }

  Alarm command(
      UUID uuid, OptionalLong version, AlarmCommand command, String reason, Stamp by, Instant now) {
    Alarm alarm = alarms.find(uuid);
    if (alarm == null) {
      throw new Refusal(Refusal.Code.NOT_FOUND, "there is no alarm " + uuid);
    }
    if (version.isPresent() && version.getAsLong() != alarm.version()) {
      throw new Refusal(Refusal.Code.STALE, "it is at version " + alarm.version());
    }
    SubjectKey subject = new SubjectKey(alarm.key().resource(), alarm.subject());
    String state = rows.machine(subject).map(MachineRow::state).orElse("");
    boolean broken = state.equals(BuiltIn.PANIC) || state.equals(BuiltIn.TIMEOUT);
    boolean asks = alarm.name().equals(AlarmType.APPROVAL) && state.equals(BuiltIn.NEW);
    boolean stands = asks || (alarm.error() != null && broken);
    book(alarm.key().resource(), now, book -> book.command(uuid, command, stands, reason, by));
    return found(uuid);
  }
}

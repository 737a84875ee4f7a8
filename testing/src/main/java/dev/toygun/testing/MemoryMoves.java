package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Alarm;
import dev.toygun.store.AlarmBook;
import dev.toygun.store.AlarmCommand;
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

/** Moves the alarms of a {@link MemoryStore} outside of workers' outcomes. */
final class MemoryMoves {
  private final MemoryRows rows;
  private final MemoryAlarms alarms;

  MemoryMoves(MemoryRows rows, MemoryAlarms alarms) {
    this.rows = rows;
    this.alarms = alarms;
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
    return hops.size() + due.size() + punctualAgain(by, now);
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

  Alarm command(UUID uuid, OptionalLong version, AlarmCommand command, Stamp by, Instant now) {
    Alarm alarm = alarms.find(uuid);
    if (alarm == null) {
      throw new Refusal(Refusal.Code.NOT_FOUND, "there is no alarm " + uuid);
    }
    if (version.isPresent() && version.getAsLong() != alarm.version()) {
      throw new Refusal(Refusal.Code.STALE, "it is at version " + alarm.version());
    }
    SubjectKey subject = new SubjectKey(alarm.key().resource(), alarm.subject());
    String state = rows.machine(subject).map(MachineRow::state).orElse("");
    boolean stands =
        !alarm.judged() && (state.equals(BuiltIn.PANIC) || state.equals(BuiltIn.TIMEOUT));
    book(alarm.key().resource(), now, book -> book.command(uuid, command, stands, by));
    return found(uuid);
  }
}

package dev.toygun.testing;

import dev.toygun.store.Alarm;
import dev.toygun.store.Hold;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The holds of a {@link MemoryStore}. */
final class MemoryHolds {
  private final MemoryRows rows;
  private final MemoryAlarms alarms;
  private final Map<UUID, Instant> released = new LinkedHashMap<>();

  MemoryHolds(MemoryRows rows, MemoryAlarms alarms) {
    this.rows = rows;
    this.alarms = alarms;
  }

  Hold hold(Hold.Request request, Stamp by, Instant now) {
    UUID root = request.resource();
    ResourceRow row = root == null ? null : rows.resource(root);
    boolean past = request.until() != null && !request.until().isAfter(now);
    if (past || (root != null && (row == null || !row.machine().active()))) {
      throw request.refused();
    }
    Hold hold =
        new Hold(
            request.uuid(),
            request.scope(),
            root,
            request.name(),
            request.reason(),
            by.actor(),
            now,
            now.plusSeconds(2),
            request.until());
    alarms.holds.put(hold.uuid(), hold);
    return hold;
  }

  Hold release(UUID uuid, Instant now) {
    Hold hold = alarms.holds.get(uuid);
    if (hold == null) {
      throw Hold.absent(uuid);
    }
    released.putIfAbsent(uuid, now);
    return hold;
  }

  /** Moves on what one hold held that is over; false where there is none. */
  boolean settle(Instant now) {
    for (Hold hold : List.copyOf(alarms.holds.values())) {
      Instant end = released.getOrDefault(hold.uuid(), hold.isOver(now) ? hold.until() : null);
      if (end != null) {
        alarms.holds.remove(hold.uuid());
        Duration held = Duration.between(hold.createdAt(), end);
        rows.active()
            .filter(e -> holds(hold, e.getKey(), e.getValue()))
            .filter(e -> e.getValue().deadlineAt() != null || e.getValue().everyS() != null)
            .toList()
            .forEach(e -> rows.change(e.getKey(), row -> MachineRows.released(row, held, now)));
        alarms.free(List.of(hold.uuid()), now);
        return true;
      }
    }
    return false;
  }

  private boolean holds(Hold hold, SubjectKey key, MachineRow row) {
    List<UUID> line = new ArrayList<>(alarms.path(key.resource()));
    line.add(key.resource());
    TaskRow task = key.isResource() ? null : rows.task(key.uuid());
    return hold.holds(line, row.list(), task == null ? null : task.name());
  }

  /** Whether a machine is on hold. */
  boolean holds(SubjectKey key) {
    MachineRow row = rows.machine(key).orElseThrow();
    return alarms.holds.values().stream().anyMatch(hold -> holds(hold, key, row));
  }

  /** An alarm that was quiet under something that is over: it is judged again. */
  static Alarm freed(Alarm a, Instant at) {
    return new Alarm(
        a.key(),
        a.subject(),
        a.name(),
        a.task(),
        a.list(),
        a.state(),
        a.step(),
        a.version() + 1,
        a.severity(),
        a.message(),
        a.error(),
        a.judged(),
        a.runbook(),
        a.escalateS(),
        at.plusSeconds(30),
        at.plusSeconds(30),
        a.snoozedUntil(),
        a.acknowledged(),
        null,
        a.repairs(),
        a.createdAt(),
        a.openedAt(),
        a.endedAt(),
        a.standsAt());
  }
}

package dev.toygun.testing;

import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Hold;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ScheduleBook;
import dev.toygun.store.ScheduleDefinition;
import dev.toygun.store.ScheduleRow;
import dev.toygun.store.Scheduled;
import dev.toygun.store.Stamp;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Work.Sees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The schedules of a {@link MemoryStore}. */
final class MemorySchedules {
  private final MemoryRows rows;
  private final MemoryTypes types;
  private final Map<List<Object>, ScheduleRow> schedules = new LinkedHashMap<>();

  MemorySchedules(MemoryRows rows, MemoryTypes types) {
    this.rows = rows;
    this.types = types;
  }

  /** What is owed and was put off is looked at now. */
  void owed(Instant now) {
    schedules.replaceAll(
        (key, row) -> row.nextAt() == null || row.nextAt().isAfter(now) ? row : row.due(now));
  }

  List<ScheduleRow> of(UUID resource) {
    return schedules.values().stream().filter(s -> s.resource().equals(resource)).toList();
  }

  /** Sees to those that are due, and those that have another schedule by now. */
  Scheduled start(
      int limit,
      Collection<Hold> holds,
      Supplier<UUID> runs,
      Stamp by,
      Function<Outcome, Committed> commit,
      Instant now) {
    enrol(now);
    Map<UUID, List<ScheduleRow>> due = new LinkedHashMap<>();
    List<ScheduleRow> all =
        schedules.values().stream()
            .filter(s -> !s.dueAt().isAfter(now))
            .sorted(Comparator.comparing(ScheduleRow::dueAt))
            .toList();
    List<ScheduleRow> looked = all.stream().limit(limit).toList();
    looked.forEach(s -> due.put(s.resource(), new ArrayList<>()));
    due.forEach(
        (resource, its) ->
            all.stream().filter(s -> s.resource().equals(resource)).forEach(its::add));
    ScheduleBook book = new ScheduleBook(now, List.copyOf(holds), by, runs);
    int started = 0;
    List<Committed.Woken> woken = new ArrayList<>();
    for (Map.Entry<UUID, List<ScheduleRow>> one : due.entrySet()) {
      Family family = rows.family(one.getKey(), Sees.ITSELF);
      ScheduleBook.Page page = book.judge(family, one.getValue(), name -> wanted(family, name));
      Outcome outcome = page.starts().orElse(null);
      Committed answer = outcome == null ? null : commit.apply(outcome);
      if (outcome != null && answer instanceof Committed.Done done) {
        started += outcome.starts().size();
        woken.addAll(page.due(done));
      }
      write(answer instanceof Committed.Refused no ? page.refused(now, no.message()) : page);
    }
    return new Scheduled(looked.size() == limit, started, woken);
  }

  private void write(ScheduleBook.Page page) {
    page.kept().forEach(row -> schedules.put(key(row.resource(), row.name()), row));
    page.over().forEach(row -> schedules.remove(key(row.resource(), row.name())));
  }

  /**
   * What the statements of the other store do as resources are made, and as types are published.
   */
  private void enrol(Instant now) {
    for (ResourceRow resource : rows.resources()) {
      MachineRow machine = resource.machine();
      TypeDefinition type = types.find(resource.type(), machine.list().version());
      if (type == null || !machine.active()) {
        continue;
      }
      for (TypeDefinition.TaskDefinition task : type.tasks()) {
        String wanted = text(task);
        ScheduleRow row = schedules.get(key(resource.uuid(), task.name()));
        if (wanted != null && (row == null || !row.spec().equals(wanted))) {
          ScheduleRow seen =
              row == null ? ScheduleRow.unseen(resource.uuid(), task.name(), now) : row.due(now);
          schedules.put(key(resource.uuid(), task.name()), seen);
        }
      }
    }
  }

  private @Nullable String wanted(@Nullable Family family, String name) {
    if (family == null) {
      return null;
    }
    MachineRow machine = family.resource().machine();
    TypeDefinition type = types.find(family.resource().type(), machine.list().version());
    return type == null ? null : type.task(name).map(MemorySchedules::text).orElse(null);
  }

  private static @Nullable String text(TypeDefinition.TaskDefinition task) {
    ScheduleDefinition schedule = task.schedule();
    return schedule == null ? null : schedule.text();
  }

  private static List<Object> key(UUID resource, String name) {
    return List.of(resource, name);
  }
}

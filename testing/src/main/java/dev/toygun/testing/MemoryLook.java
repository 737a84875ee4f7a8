package dev.toygun.testing;

import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.time.Time;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of a {@link MemoryStore}, as whoever tests looks at them: at once, as they are. */
abstract class MemoryLook extends MemoryAnswers {
  final MemoryRows rows = new MemoryRows();

  MemoryLook(Time time) {
    super(time);
  }

  /** The resource as it is stored now. */
  public Optional<ResourceRow> resource(UUID uuid) {
    return Optional.ofNullable(rows.resource(uuid));
  }

  /** Every resource that was ever made, by age. */
  public List<ResourceRow> resources() {
    return List.copyOf(rows.resources());
  }

  /** The latest run of a task as it is stored now. */
  public Optional<TaskRow> task(UUID resource, String name) {
    return Optional.ofNullable(rows.latest(resource, name));
  }

  /** Every run of the resource's tasks, by age. */
  public List<TaskRow> tasks(UUID resource) {
    return rows.tasks(resource);
  }

  /** Signals that were sent and not consumed. */
  public List<SignalRow> signals(SubjectKey subject) {
    return rows.signals.values().stream().filter(s -> s.subject().equals(subject)).toList();
  }

  /** The columns that every machine has, of every active one. */
  public Map<SubjectKey, MachineRow> active() {
    return rows.activeByKey();
  }
}

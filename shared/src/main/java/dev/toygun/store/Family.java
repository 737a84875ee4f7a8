package dev.toygun.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource and what it and its tasks see, read in one snapshot.
 *
 * @param tasks the latest run of each task name; an active run is always the latest
 * @param signals not consumed, of the resource and its active tasks: of each type the oldest for
 *     each of them, oldest first
 * @param errors the last error of each of these machines that has one
 * @param children active ones; empty unless they were asked for
 * @param parent null for a root, or where it was not asked for
 * @param alarms those not closed and those closed within a day; empty unless they were asked for
 * @param panics those that have climbed to it, the oldest first; empty unless they were asked for
 * @param triggers of its tasks, those that were ever true; empty unless they were asked for
 */
public record Family(
    ResourceRow resource,
    List<TaskRow> tasks,
    List<SignalRow> signals,
    List<ErrorRow> errors,
    List<ResourceRow> children,
    @Nullable ResourceRow parent,
    List<Alarm> alarms,
    List<Hop.Asked> panics,
    List<TriggerRow> triggers) {
  public Family {
    tasks = List.copyOf(tasks);
    signals = List.copyOf(signals);
    errors = List.copyOf(errors);
    children = List.copyOf(children);
    alarms = List.copyOf(alarms);
    panics = List.copyOf(panics);
    triggers = List.copyOf(triggers);
  }

  /** The latest run of the task with this name. */
  public Optional<TaskRow> task(String name) {
    return tasks.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** What the triggers of the task with this name were last seen to be. */
  public TriggerRow trigger(String task) {
    return triggers.stream()
        .filter(t -> t.task().equals(task))
        .findFirst()
        .orElseGet(() -> TriggerRow.unseen(resource.uuid(), task));
  }

  /** The run with this key, if it is the latest of its name. */
  public Optional<TaskRow> task(SubjectKey key) {
    return tasks.stream().filter(t -> t.key().equals(key)).findFirst();
  }

  /** The machine of the resource itself or of a task of it. */
  public Optional<MachineRow> machine(SubjectKey key) {
    return key.isResource() ? Optional.of(resource.machine()) : task(key).map(TaskRow::machine);
  }
}

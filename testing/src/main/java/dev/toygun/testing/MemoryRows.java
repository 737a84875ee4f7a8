package dev.toygun.testing;

import dev.toygun.store.ErrorRow;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TriggerRow;
import dev.toygun.store.Work.Sees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a {@link MemoryStore}, found as its statements find them. */
final class MemoryRows {
  private final Map<UUID, ResourceRow> resources = new LinkedHashMap<>();
  private final Map<UUID, Map<String, TaskRow>> latest = new LinkedHashMap<>();
  private final Map<UUID, TaskRow> active = new LinkedHashMap<>();
  private final Map<UUID, TaskRow> ended = new LinkedHashMap<>();
  final Map<UUID, SignalRow> signals = new LinkedHashMap<>();
  private final Map<List<Object>, TriggerRow> triggers = new LinkedHashMap<>();
  final Map<UUID, ErrorRow> errors = new LinkedHashMap<>();

  @Nullable ResourceRow resource(UUID uuid) {
    return resources.get(uuid);
  }

  Collection<ResourceRow> resources() {
    return resources.values();
  }

  @Nullable TaskRow task(UUID uuid) {
    TaskRow row = active.get(uuid);
    return row == null ? ended.get(uuid) : row;
  }

  /** Every run of a resource, by age. */
  List<TaskRow> tasks(UUID resource) {
    return Stream.concat(ended.values().stream(), active.values().stream())
        .filter(t -> t.key().resource().equals(resource))
        .sorted((a, b) -> a.machine().createdAt().compareTo(b.machine().createdAt()))
        .toList();
  }

  Collection<TaskRow> endedTasks() {
    return ended.values();
  }

  /** Removes what has ended, with all that is its own; how many runs went. */
  int remove(SubjectKey key) {
    Predicate<SubjectKey> theirs =
        key.isResource() ? k -> k.resource().equals(key.resource()) : k -> k.equals(key);
    int runs = ended.size();
    ended.values().removeIf(t -> theirs.test(t.key()));
    signals.values().removeIf(s -> theirs.test(s.subject()));
    errors.values().removeIf(e -> theirs.test(e.subject()));
    if (key.isResource()) {
      triggers.values().removeIf(t -> t.resource().equals(key.resource()));
      latest.remove(key.resource());
      resources.remove(key.resource());
    }
    return runs - ended.size();
  }

  Collection<TaskRow> activeTasks() {
    return active.values();
  }

  Stream<TaskRow> activeTasks(UUID resource) {
    return latest.getOrDefault(resource, Map.of()).values().stream()
        .filter(t -> t.machine().active());
  }

  Stream<ResourceRow> activeChildren(UUID resource) {
    return resources.values().stream()
        .filter(r -> r.machine().active() && resource.equals(r.parent()));
  }

  @Nullable TaskRow latest(UUID resource, String name) {
    return latest.getOrDefault(resource, Map.of()).get(name);
  }

  void put(ResourceRow row) {
    resources.put(row.uuid(), row);
  }

  void put(TaskRow row) {
    (row.machine().active() ? active : ended).put(row.key().uuid(), row);
    (row.machine().active() ? ended : active).remove(row.key().uuid());
    latest
        .computeIfAbsent(row.key().resource(), r -> new LinkedHashMap<>())
        .merge(row.name(), row, (old, now) -> now.run() >= old.run() ? now : old);
  }

  void put(TriggerRow row) {
    triggers.put(List.of(row.resource(), row.task()), row);
  }

  Optional<MachineRow> machine(SubjectKey key) {
    if (key.isResource()) {
      return Optional.ofNullable(resource(key.resource())).map(ResourceRow::machine);
    }
    return Optional.ofNullable(task(key.uuid()))
        .filter(t -> t.key().equals(key))
        .map(TaskRow::machine);
  }

  /** Changes the columns that every machine has. */
  void change(SubjectKey key, UnaryOperator<MachineRow> change) {
    if (key.isResource()) {
      ResourceRow r = resources.get(key.resource());
      if (r != null) {
        put(with(r, change.apply(r.machine())));
      }
    } else {
      TaskRow t = task(key.uuid());
      if (t != null) {
        put(t.with(change.apply(t.machine())));
      }
    }
  }

  static ResourceRow with(ResourceRow r, MachineRow machine) {
    return new ResourceRow(
        r.uuid(), r.parent(), r.path(), r.label(), machine, r.deleting(), r.observed());
  }

  /** A resource with what it and its tasks see. */
  @Nullable Family family(UUID uuid, Sees sees) {
    ResourceRow row = resources.get(uuid);
    if (row == null) {
      return null;
    }
    List<TaskRow> tasks = List.copyOf(latest.getOrDefault(uuid, Map.of()).values());
    Map<Map.Entry<SubjectKey, String>, SignalRow> oldest = new LinkedHashMap<>();
    signals.values().stream()
        .filter(s -> s.subject().resource().equals(uuid))
        .filter(s -> machine(s.subject()).map(MachineRow::active).orElse(false))
        .forEach(s -> oldest.putIfAbsent(Map.entry(s.subject(), s.type()), s));
    List<SignalRow> unread = List.copyOf(oldest.values());
    List<ErrorRow> last = new ArrayList<>();
    Stream.concat(Stream.of(row.machine()), tasks.stream().map(TaskRow::machine))
        .map(MachineRow::error)
        .forEach(
            error -> {
              ErrorRow found = error == null ? null : errors.get(error);
              if (found != null) {
                last.add(found);
              }
            });
    List<ResourceRow> children = sees.children() ? activeChildren(uuid).toList() : List.of();
    ResourceRow parent = sees.parent() && row.parent() != null ? resource(row.parent()) : null;
    List<TriggerRow> seen =
        sees.triggers()
            ? triggers.values().stream().filter(t -> t.resource().equals(uuid)).toList()
            : List.of();
    return new Family(row, tasks, unread, last, children, parent, List.of(), List.of(), seen);
  }

  /** Every active machine. */
  Stream<Map.Entry<SubjectKey, MachineRow>> active() {
    return Stream.concat(
        resources.values().stream()
            .filter(r -> r.machine().active())
            .map(r -> Map.entry(r.key(), r.machine())),
        active.values().stream().map(t -> Map.entry(t.key(), t.machine())));
  }

  Map<SubjectKey, MachineRow> activeByKey() {
    Map<SubjectKey, MachineRow> active = new LinkedHashMap<>();
    active().forEach(e -> active.put(e.getKey(), e.getValue()));
    return active;
  }

  static boolean isDue(MachineRow row, Instant now) {
    return row.active() && row.dueAt() != null && !row.dueAt().isAfter(now);
  }
}

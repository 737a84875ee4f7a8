package dev.toygun.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LoadSql#FAMILIES} found.
 *
 * @param now the database's time of the reading; null where there is no resource
 */
record FamilyRows(
    @Nullable Instant now,
    List<ResourceRow> resources,
    List<TaskRow> tasks,
    List<SignalRow> signals) {
  private static final int LABEL = 3;
  private static final int NAME = 30;
  private static final int NOW = 39;

  private static final Comparator<SignalRow> OLDEST_FIRST =
      Comparator.comparing(SignalRow::sentAt).thenComparing(SignalRow::uuid, SubjectKey.UUID_ORDER);

  static FamilyRows of(RowSet<Row> rows) {
    Instant now = null;
    List<ResourceRow> resources = new ArrayList<>(rows.size());
    List<TaskRow> tasks = new ArrayList<>(rows.size());
    List<SignalRow> signals = new ArrayList<>(0);
    for (Row row : rows) {
      if (row.getValue(LABEL) != null) {
        now = now == null ? Rows.time(row, NOW) : now;
        resources.add(Rows.resource(row));
      } else if (row.getValue(NAME) != null) {
        tasks.add(Rows.taskOfFamily(row));
      } else {
        signals.add(Rows.signalOfFamily(row));
      }
    }
    if (!signals.isEmpty()) {
      Set<SubjectKey> active = active(resources, tasks);
      signals.removeIf(signal -> !active.contains(signal.subject()));
      signals.sort(OLDEST_FIRST);
    }
    return new FamilyRows(now, resources, tasks, signals);
  }

  /** Whose signals are read: an active run is the latest of its name. */
  private static Set<SubjectKey> active(List<ResourceRow> resources, List<TaskRow> tasks) {
    return Stream.concat(
            resources.stream().filter(r -> r.machine().active()).map(ResourceRow::key),
            tasks.stream().filter(t -> t.machine().active()).map(TaskRow::key))
        .collect(Collectors.toSet());
  }

  /** The last errors of all machines. */
  UUID[] errors() {
    return Stream.concat(
            resources.stream().map(ResourceRow::machine), tasks.stream().map(TaskRow::machine))
        .map(MachineRow::error)
        .filter(Objects::nonNull)
        .toArray(UUID[]::new);
  }

  /** With these, which were read beside. */
  List<Family> families(
      List<ErrorRow> errors,
      List<ResourceRow> children,
      List<ResourceRow> parents,
      List<Alarm> alarms,
      List<Hop.Asked> panics,
      List<TriggerRow> triggers) {
    Map<UUID, List<TaskRow>> tasksOf = grouped(tasks, task -> task.key().resource());
    Map<UUID, List<SignalRow>> signalsOf = grouped(signals, s -> s.subject().resource());
    Map<UUID, List<ErrorRow>> errorsOf = grouped(errors, e -> e.subject().resource());
    Map<UUID, List<ResourceRow>> childrenOf =
        grouped(children, c -> Objects.requireNonNull(c.parent()));
    Map<UUID, List<Alarm>> alarmsOf = grouped(alarms, a -> a.key().resource());
    Map<UUID, List<Hop.Asked>> panicsOf = grouped(panics, p -> p.hop().resource());
    Map<UUID, List<TriggerRow>> triggersOf = grouped(triggers, TriggerRow::resource);
    Map<UUID, ResourceRow> parentsByUuid = new HashMap<>();
    parents.forEach(parent -> parentsByUuid.put(parent.uuid(), parent));
    List<Family> families = new ArrayList<>(resources.size());
    for (ResourceRow resource : resources) {
      UUID uuid = resource.uuid();
      families.add(
          new Family(
              resource,
              tasksOf.getOrDefault(uuid, List.of()),
              signalsOf.getOrDefault(uuid, List.of()),
              errorsOf.getOrDefault(uuid, List.of()),
              childrenOf.getOrDefault(uuid, List.of()),
              resource.parent() == null ? null : parentsByUuid.get(resource.parent()),
              alarmsOf.getOrDefault(uuid, List.of()),
              panicsOf.getOrDefault(uuid, List.of()),
              triggersOf.getOrDefault(uuid, List.of())));
    }
    return families;
  }

  private static <T> Map<UUID, List<T>> grouped(List<T> rows, Function<T, UUID> by) {
    Map<UUID, List<T>> groups = new HashMap<>();
    for (T row : rows) {
      groups.computeIfAbsent(by.apply(row), key -> new ArrayList<>()).add(row);
    }
    return groups;
  }
}

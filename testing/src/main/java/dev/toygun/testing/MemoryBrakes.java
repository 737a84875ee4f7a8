package dev.toygun.testing;

import dev.toygun.AlarmType;
import dev.toygun.Priority;
import dev.toygun.store.Admission;
import dev.toygun.store.Admissions.Braked;
import dev.toygun.store.Alarm;
import dev.toygun.store.ListName;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition.BrakeDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The limits of tasks, and which brakes hold, of a {@link MemoryStore}. */
final class MemoryBrakes {
  private static final UUID SYSTEM = new UUID(0, 0);
  private static final ListName SYSTEMS =
      new ListName("default", "__system__", 1, Priority.NORMAL.stored());

  /** How long one holds after too many wanted the task: the bad are looked at again first. */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  /* When too many last wanted a task, by its type and name, and where the brake is. */
  private final Map<List<Object>, Instant> held = new HashMap<>();
  private final MemoryRows rows;
  private final MemoryTypes types;
  private final MemoryAlarms alarms;

  MemoryBrakes(MemoryRows rows, MemoryTypes types, MemoryAlarms alarms) {
    this.rows = rows;
    this.types = types;
    this.alarms = alarms;
  }

  /** The limits of a task, by the newest version of its type that has it. */
  @Nullable LimitsDefinition limits(String type, String task) {
    return types.newest(type, task).map(TaskDefinition::limits).orElse(null);
  }

  /** Which runs that wait no brake keeps from beginning, as things are now. */
  Predicate<TaskRow> free(Instant now) {
    List<Braked> holding = holding(now).stream().filter(one -> !isLifted(one, now)).toList();
    return run ->
        holding.stream()
            .noneMatch(
                one -> one.task().equals(run.name()) && one.at().equals(at(run, one.type())));
  }

  private boolean isLifted(Braked brake, Instant now) {
    return alarms.all().stream()
        .filter(alarm -> alarm.state() == Alarm.State.LIFTED)
        .filter(alarm -> alarm.key().resource().equals(brake.at()))
        .filter(alarm -> alarm.name().equals(AlarmType.brake(brake.type(), brake.task())))
        .anyMatch(alarm -> Objects.requireNonNull(alarm.snoozedUntil()).isAfter(now));
  }

  /** Of the tasks that anybody wants, the brakes that hold: those too that did a moment ago. */
  List<Braked> holding(Instant now) {
    return wanted().stream().filter(one -> isTooMany(one) || wasHeld(one, now)).toList();
  }

  /** Those of which too many want the task; notes that they hold. */
  List<Braked> hold(Instant now) {
    List<Braked> tooMany = wanted().stream().filter(MemoryBrakes::isTooMany).toList();
    tooMany.forEach(one -> held.put(place(one), now));
    return tooMany;
  }

  private boolean wasHeld(Braked brake, Instant now) {
    Instant last = held.get(place(brake));
    return last != null && last.plus(SETTLING).isAfter(now);
  }

  private static List<Object> place(Braked brake) {
    return List.of(brake.type(), brake.task(), brake.at());
  }

  private static boolean isTooMany(Braked brake) {
    return brake.wanted() > Math.max(1, brake.peers() * brake.percent() / 100);
  }

  private List<Braked> wanted() {
    List<Braked> all = new ArrayList<>();
    rows.activeTasks().stream()
        .filter(MemoryBrakes::wants)
        .map(run -> List.of(run.machine().list().type(), run.name()))
        .distinct()
        .forEach(
            line -> {
              BrakeDefinition brake = brake(line.get(0), line.get(1));
              if (brake != null) {
                all.addAll(wanted(line.get(0), line.get(1), brake));
              }
            });
    return all;
  }

  private static boolean wants(TaskRow run) {
    return run.admission() == Admission.WAITS || run.admission() == Admission.ADMITTED;
  }

  private List<Braked> wanted(String type, String task, BrakeDefinition brake) {
    Map<UUID, Long> wants =
        rows.activeTasks().stream()
            .filter(run -> wants(run) && run.name().equals(task))
            .filter(run -> run.machine().list().type().equals(type))
            .collect(
                Collectors.groupingBy(
                    run -> at(run, brake),
                    () -> new TreeMap<>(SubjectKey.UUID_ORDER),
                    Collectors.counting()));
    List<Braked> all = new ArrayList<>();
    wants.forEach(
        (at, wanted) -> {
          long peers =
              rows.resources().stream()
                  .filter(one -> one.machine().active() && one.type().equals(type))
                  .filter(one -> at(one, brake).equals(at))
                  .count();
          ResourceRow top = rows.resource(at);
          all.add(
              new Braked(
                  type,
                  task,
                  at,
                  wanted,
                  peers,
                  brake.percent(),
                  top == null ? SYSTEMS : top.machine().list(),
                  top == null ? 0 : top.machine().step()));
        });
    return all;
  }

  /** What the resource of a run is a peer of; null where it is of another type. */
  private @Nullable UUID at(TaskRow run, String type) {
    BrakeDefinition brake = brake(type, run.name());
    return brake == null || !run.machine().list().type().equals(type) ? null : at(run, brake);
  }

  private UUID at(TaskRow run, BrakeDefinition brake) {
    return at(Objects.requireNonNull(rows.resource(run.key().resource())), brake);
  }

  private static UUID at(ResourceRow resource, BrakeDefinition brake) {
    return brake.perParent() ? Objects.requireNonNullElse(resource.parent(), SYSTEM) : SYSTEM;
  }

  private @Nullable BrakeDefinition brake(String type, String task) {
    LimitsDefinition limits = limits(type, task);
    return limits == null ? null : limits.brake();
  }
}

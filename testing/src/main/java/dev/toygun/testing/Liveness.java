package dev.toygun.testing;

import dev.toygun.AlarmType;
import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Machine;
import dev.toygun.StateDef;
import dev.toygun.TypeSet;
import dev.toygun.store.Accounts;
import dev.toygun.store.Liveness.Reason;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whatever waits says why: due later, polling, resting, panicked with an open alarm, or waiting for
 * something that is itself explained. A ring of machines that wait for each other is left over.
 */
final class Liveness implements Accounts {
  private static final Duration LATE = Duration.ofSeconds(60);

  private final MemoryStore store;
  private final Supplier<TypeSet> types;
  private final Time time;

  Liveness(MemoryStore store, Supplier<TypeSet> types, Time time) {
    this.store = store;
    this.types = types;
    this.time = time;
  }

  /** What nothing explains, and what is late; must be empty. */
  List<String> leftOver() {
    Story story = new Story(store);
    List<String> left = new ArrayList<>();
    unexplained()
        .forEach(
            (key, row) ->
                left.add(
                    "%s %s in %s, due %s"
                        .formatted(story.nameOf(key), key.uuid(), row.state(), row.dueAt())));
    return left;
  }

  @Override
  public Future<Account> account() {
    List<Waiting> late = new ArrayList<>();
    List<Waiting> left = new ArrayList<>();
    unexplained()
        .forEach(
            (key, row) ->
                (row.dueAt() == null ? left : late)
                    .add(new Waiting(key, row.version(), row.list(), row.dueAt(), time.now())));
    long explained = (long) store.active().size() - late.size() - left.size();
    Map<Reason, Long> counts =
        Map.of(
            Reason.WAITING,
            explained,
            Reason.LATE,
            (long) late.size(),
            Reason.LEFT_OVER,
            (long) left.size());
    return Future.succeededFuture(new Account(counts, late, left));
  }

  private Map<SubjectKey, MachineRow> unexplained() {
    Instant now = time.now();
    Map<SubjectKey, MachineRow> open = new LinkedHashMap<>(store.active());
    Set<SubjectKey> explained = new HashSet<>();
    open.forEach(
        (key, row) -> {
          if (explainsItself(key, row, now)) {
            explained.add(key);
          }
        });
    open.keySet().removeAll(explained);
    while (open.keySet().removeIf(key -> grounded(key, explained) && explained.add(key))) {
      // Each round explains what waits for what the last one explained.
    }
    return open;
  }

  private boolean explainsItself(SubjectKey key, MachineRow row, Instant now) {
    if (row.dueAt() != null && row.dueAt().isAfter(now.minus(LATE))) {
      return true;
    }
    if (row.dueAt() != null) {
      return store.isHeld(key) || store.alarms().isActive(key, AlarmType.STUCK);
    }
    if (row.everyS() != null || store.isHeld(key)) {
      return true;
    }
    if (!key.isResource()) {
      TaskRow run = Objects.requireNonNull(store.rows().task(key.uuid()));
      if (run.waitsForItsTurn()) {
        return true;
      }
      if (run.waitsForApproval()) {
        return store.alarms().isActive(key, AlarmType.APPROVAL);
      }
    }
    boolean panicked = row.state().equals(BuiltIn.PANIC) || row.state().equals(BuiltIn.TIMEOUT);
    if (panicked) {
      return store.alarms().isActive(key, "panic") || store.alarms().isActive(key, "timeout");
    }
    StateDef<?> def = definition(key, row);
    if (def != null && (def.isResting() || !def.waitsFor().isEmpty())) {
      return true;
    }
    return key.isResource()
        && store.tasks(key.resource()).stream().anyMatch(t -> isLatest(t) && endedByPerson(t));
  }

  private boolean isLatest(TaskRow task) {
    return store.task(task.key().resource(), task.name()).filter(task::equals).isPresent();
  }

  private static boolean endedByPerson(TaskRow task) {
    return !task.machine().active()
        && (task.outcome() == End.STOPPED || task.outcome() == End.ABORTED);
  }

  /** Whether it waits for something that is explained. */
  private boolean grounded(SubjectKey key, Set<SubjectKey> explained) {
    boolean task =
        explained.stream()
            .anyMatch(other -> other.resource().equals(key.resource()) && !other.equals(key));
    if (!key.isResource()) {
      return task && Objects.requireNonNull(store.active().get(key)).waits();
    }
    return task
        || store.resources().stream()
            .anyMatch(r -> key.uuid().equals(r.parent()) && explained.contains(r.key()));
  }

  private @org.jspecify.annotations.Nullable StateDef<?> definition(
      SubjectKey key, MachineRow row) {
    ResourceRow resource = store.resource(key.resource()).orElseThrow();
    return types
        .get()
        .find(resource.type())
        .flatMap(
            type -> {
              if (key.isResource()) {
                return find(type.machine(), row.state());
              }
              TaskRow task = Objects.requireNonNull(store.rows().task(key.uuid()));
              return type.task(task.name()).flatMap(t -> find(t.machine(), row.state()));
            })
        .orElse(null);
  }

  private static java.util.Optional<StateDef<?>> find(Machine<?> machine, String state) {
    return machine.find(state).map(row -> row);
  }
}

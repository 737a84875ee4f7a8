package dev.toygun.testing;

import dev.toygun.store.BreakerChange;
import dev.toygun.store.BreakerDefinition;
import dev.toygun.store.BreakerRow;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers;
import dev.toygun.store.Hold;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The breakers of a {@link MemoryStore}. */
public final class MemoryBreakers implements Breakers {
  private static final Comparator<TaskRow> LONGEST_UNTRIED =
      Comparator.comparing(run -> run.machine().updatedAt());

  private final MemoryStore store;
  private final MemoryTypes types;
  private final MemoryHolds holds;
  private final Map<String, BreakerRow> breakers = new TreeMap<>();
  private final MemorySystemAlarms alarms = new MemorySystemAlarms();
  private final List<Good> good = new ArrayList<>();

  private record Good(String breaker, Instant at, int n) {}

  MemoryBreakers(MemoryStore store, MemoryTypes types, MemoryHolds holds) {
    this.store = store;
    this.types = types;
    this.holds = holds;
  }

  /** The alarms that told of open ones. */
  public MemorySystemAlarms alarms() {
    return alarms;
  }

  /** How many tries went well. */
  Future<Void> tried(Map<String, Integer> counted) {
    return store
        .later(
            () -> {
              counted.forEach((name, n) -> good.add(new Good(name, store.instant(), n)));
              return true;
            })
        .mapEmpty();
  }

  @Override
  public Future<Integer> forget(int most) {
    return store.later(
        () -> {
          Instant old = store.instant().minus(Duration.ofHours(1));
          int before = good.size();
          good.removeIf(one -> one.at().isBefore(old));
          return before - good.size();
        });
  }

  @Override
  public Future<Instant> published() {
    return store.later(types::publishedAt);
  }

  @Override
  public Future<List<Declared>> declared() {
    return store.later(
        () -> {
          Map<String, BreakerDefinition> newest = new LinkedHashMap<>();
          Map<String, List<String>> tasks = new LinkedHashMap<>();
          types.all().stream()
              .map(TypeDefinition::name)
              .distinct()
              .forEach(
                  type ->
                      newestTasks(type)
                          .forEach(
                              (task, definition) -> {
                                LimitsDefinition limits = definition.limits();
                                BreakerDefinition breaker =
                                    limits == null ? null : limits.breaker();
                                if (breaker != null) {
                                  newest.put(breaker.name(), breaker);
                                  tasks
                                      .computeIfAbsent(breaker.name(), n -> new ArrayList<>())
                                      .add(type + "/" + task);
                                }
                              }));
          return newest.values().stream()
              .map(one -> new Declared(one, Objects.requireNonNull(tasks.get(one.name()))))
              .toList();
        });
  }

  /** Each task that a type has or had, as its newest version has it. */
  private Map<String, TaskDefinition> newestTasks(String type) {
    Map<String, TaskDefinition> tasks = new TreeMap<>();
    types.all().stream()
        .filter(one -> one.name().equals(type))
        .sorted(Comparator.comparing(TypeDefinition::version))
        .forEach(one -> one.tasks().forEach(task -> tasks.put(task.name(), task)));
    return tasks;
  }

  @Override
  public Future<List<Standing>> look(List<Declared> declared) {
    return store.later(
        () -> {
          Map<String, Standing> looks = new TreeMap<>();
          for (Declared one : declared) {
            String name = one.definition().name();
            looks.put(name, look(one, breakers.getOrDefault(name, BreakerRow.closed(name))));
          }
          breakers.values().stream()
              .filter(row -> row.state() != State.CLOSED)
              .forEach(row -> looks.computeIfAbsent(row.name(), name -> look(null, row)));
          return List.copyOf(looks.values());
        });
  }

  @Override
  public Future<Map<String, Long>> waiting() {
    return store.later(
        () -> {
          Map<String, Long> waiting = new TreeMap<>();
          for (BreakerRow row : breakers.values()) {
            Hold hold = row.hold() == null ? null : holds.find(row.hold());
            long n =
                store.rows().activeTasks().stream()
                    .filter(run -> hold != null && hold.keeps(resource(run), run))
                    .filter(run -> isDue(run, store.instant()))
                    .limit(1_000)
                    .count();
            if (n > 0) {
              waiting.put(row.name(), n);
            }
          }
          return waiting;
        });
  }

  private Standing look(@Nullable Declared declared, BreakerRow row) {
    Instant now = store.instant();
    Instant since = row.since();
    if (row.state() != State.HALF_OPEN && declared != null) {
      Instant within = now.minusSeconds(declared.definition().within());
      since = within.isAfter(since) ? within : since;
    }
    Instant from = since;
    long failed =
        row.state() == State.OPEN
            ? 0
            : store.history().errors().stream()
                .filter(e -> row.name().equals(e.breaker()) && e.at().isAfter(from))
                .limit(MOST)
                .count();
    boolean matters = failed > 0 || row.state() == State.HALF_OPEN;
    long worked =
        good.stream()
            .filter(one -> matters && one.breaker().equals(row.name()) && one.at().isAfter(from))
            .mapToLong(Good::n)
            .sum();
    return new Standing(declared, row, kept(row), failed, worked, letGo(row), now);
  }

  private int letGo(BreakerRow row) {
    Hold hold = row.hold() == null ? null : holds.find(row.hold());
    return hold == null || hold.kept() == null ? 0 : hold.kept().probes().size();
  }

  private List<String> kept(BreakerRow row) {
    Hold hold = row.hold() == null ? null : holds.find(row.hold());
    return hold == null || hold.kept() == null ? List.of() : hold.kept().tasks();
  }

  @Override
  public Future<Optional<BreakerRow>> change(BreakerChange change, UUID hold, UUID alarm) {
    return store.later(
        () -> {
          BreakerRow before = change.before();
          BreakerRow now = breakers.getOrDefault(before.name(), BreakerRow.closed(before.name()));
          List<UUID> probes = probes(change);
          if (now.version() != before.version() || (probes.isEmpty() && change.probes() > 0)) {
            return Optional.<BreakerRow>empty();
          }
          return Optional.of(carryOut(change, change.holdOf(hold), probes));
        });
  }

  private BreakerRow carryOut(BreakerChange change, @Nullable UUID hold, List<UUID> probes) {
    BreakerRow before = change.before();
    Instant now = store.instant();
    Duration time = change.time();
    BreakerRow row =
        new BreakerRow(
            before.name(),
            change.state(),
            before.version() + 1,
            now,
            time == null ? null : now.plus(time),
            change.times(),
            hold,
            change.actor(),
            change.reason());
    breakers.put(row.name(), row);
    holds.of(change, hold, probes, now);
    if (change.alarm() != null) {
      alarms.open(change.alarmName(), change.alarm(), change.alarmMessage(), now);
    } else if (change.state() == State.CLOSED) {
      alarms.close(change.alarmName(), now);
    }
    return row;
  }

  private List<UUID> probes(BreakerChange change) {
    UUID hold = change.before().hold();
    Hold keeps = hold == null ? null : holds.find(hold);
    if (change.probes() == 0 || keeps == null) {
      return List.of();
    }
    Instant now = store.instant();
    List<TaskRow> could =
        store.rows().activeTasks().stream()
            .filter(run -> keeps.keeps(resource(run), run))
            .filter(
                run -> holds.all().noneMatch(h -> h.kept() == null && h.keeps(resource(run), run)))
            .filter(run -> isDue(run, now))
            .toList();
    List<TaskRow> others = could.stream().filter(run -> !failed(change.before(), run)).toList();
    return (others.isEmpty() ? could : others)
        .stream().collect(Collectors.partitioningBy(this::comesFirst)).entrySet().stream()
            .sorted(Comparator.comparing(e -> !e.getKey()))
            .flatMap(e -> e.getValue().stream().sorted(LONGEST_UNTRIED))
            .map(run -> run.key().uuid())
            .limit(change.probes())
            .toList();
  }

  /** Whether it failed as it was tried the last time. */
  private boolean failed(BreakerRow breaker, TaskRow run) {
    Instant since = breaker.since().minusSeconds(10);
    return breaker.times() > 1
        && store.history().errors().stream()
            .anyMatch(
                e ->
                    breaker.name().equals(e.breaker())
                        && e.subject().equals(run.key())
                        && e.at().isAfter(since));
  }

  /* What failed before, but not always: it may be one that fails whatever works. */
  private boolean comesFirst(TaskRow run) {
    return run.machine().tries() > 0 && store.time.random() < 0.5;
  }

  private static boolean isDue(TaskRow run, Instant now) {
    Instant dueAt = run.machine().dueAt();
    return run.machine().everyS() != null || (dueAt != null && !dueAt.isAfter(now));
  }

  private ResourceRow resource(TaskRow run) {
    return Objects.requireNonNull(store.rows().resource(run.key().resource()));
  }
}

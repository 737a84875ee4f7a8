package dev.toygun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The resource types that a worker defines: checked as a whole, found by name. */
public final class TypeSet {
  private static final Set<TaskName> BUILT_IN =
      Set.of(BuiltIn.START_TASK, BuiltIn.STOP_TASK, BuiltIn.RESTART_TASK);

  private final Map<String, ResourceType<?>> byName;

  private TypeSet(Map<String, ResourceType<?>> byName) {
    this.byName = byName;
  }

  /**
   * Checks the types.
   *
   * @throws InvalidTypes listing everything that is wrong with any of them
   */
  public static TypeSet of(Collection<? extends ResourceType<?>> types) {
    List<String> problems = new ArrayList<>();
    Map<String, ResourceType<?>> byName = new TreeMap<>();
    for (ResourceType<?> type : types) {
      if (byName.put(type.name(), type) != null) {
        problems.add("two resource types are called " + type.name());
      }
      problems.addAll(problemsOf(type));
    }
    problems.addAll(twofold(types));
    if (!problems.isEmpty()) {
      throw new InvalidTypes(problems);
    }
    return new TypeSet(Collections.unmodifiableMap(byName));
  }

  /** Breakers, or limits, of one name that are not the same. */
  private static List<String> twofold(Collection<? extends ResourceType<?>> types) {
    Map<String, Said> byName = new HashMap<>();
    Set<String> twofold = new TreeSet<>();
    for (ResourceType<?> type : types) {
      for (TaskType<?> task : type.tasks()) {
        Breaker breaker = task.limits().breaker();
        if (breaker != null && breaker.name() != null) {
          add(twofold, byName, "breaker " + breaker.name(), breaker, type, task);
        }
        SharedLimit limit = task.limits().shared();
        if (limit != null) {
          add(twofold, byName, "shared limit " + limit.name(), limit, type, task);
        }
      }
    }
    return List.copyOf(twofold);
  }

  /** What a task says of something that it shares. */
  private record Said(Object what, String by) {}

  private static void add(
      Set<String> twofold,
      Map<String, Said> byName,
      String name,
      Object what,
      ResourceType<?> type,
      TaskType<?> task) {
    Said said = new Said(what, type.name() + "/" + task.name());
    Said other = byName.putIfAbsent(name, said);
    if (other != null && !other.what().equals(what)) {
      twofold.add(
          "%s is %s (%s) and %s (%s): tasks that share one say the same of it"
              .formatted(name, other.what(), other.by(), what, said.by()));
    }
  }

  /** The type of this name. */
  public Optional<ResourceType<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The types, each once, by name. */
  public Collection<ResourceType<?>> types() {
    return byName.values();
  }

  private static List<String> problemsOf(ResourceType<?> type) {
    List<String> problems = new ArrayList<>(Names.problems("resource type", type.name()));
    problems.addAll(type.machine().problems());
    for (StateDef<?> row : type.machine().rows()) {
      if (row.step().isPresent() && !(row.step().get() instanceof Step.Decide<?>)) {
        problems.add("state " + row.name() + " must decide: give the work to a task");
      }
    }
    if (type.machine().rows().stream().filter(StateDef::isOnDelete).count() > 1) {
      problems.add("two states are onDelete");
    }
    problems.addAll(FieldChecks.problems(type.fields()));
    problems.addAll(FieldChecks.indexed(type));
    Set<String> names = new HashSet<>();
    for (TaskType<?> task : type.tasks()) {
      if (!names.add(task.name().value())) {
        problems.add("two tasks are called " + task.name());
      }
      problemsOf(type, task).forEach(p -> problems.add("task " + task.name() + ": " + p));
    }
    problems.addAll(twice(type));
    problems.addAll(AlarmChecks.problems(type));
    problems.addAll(Names.problems("queue", type.queue()));
    for (int from = 1; from < type.version(); from++) {
      if (!type.upgrades().isEmpty() && !type.upgrades().containsKey(from)) {
        problems.add("version " + type.version() + " has no upgrade from " + from);
      }
    }
    if (type.version() < 1) {
      problems.add("version " + type.version() + ": 1 or more");
    }
    AvailabilityRule rule = type.availability();
    if (rule.uncertainAfter() < 1 || rule.offlineAfter() < rule.uncertainAfter()) {
      problems.add("availability: 1 <= uncertainAfter <= offlineAfter, but it is " + rule);
    }
    if (rule.unknownAfter() != null && rule.unknownAfter().compareTo(Duration.ofSeconds(1)) < 0) {
      problems.add("availability: unknownAfter is 1 s or more, but it is " + rule.unknownAfter());
    }
    problems.addAll(Keep.problems(type.keep()));
    problems.addAll(RestartChecks.problems(type));
    if (type.quota() != null) {
      problems.addAll(type.quota().problems());
    }
    return problems.stream().map(p -> type.name() + ": " + p).toList();
  }

  /** Under a name of its own, anybody could take down by it what is to live. */
  private static List<String> twice(ResourceType<?> type) {
    Optional<TaskType<?>> stop = type.task(BuiltIn.STOP_TASK.value());
    return type.tasks().stream()
        .filter(task -> stop.isPresent() && !task.name().equals(BuiltIn.STOP_TASK))
        .filter(task -> task.machine().equals(stop.get().machine()) && !task.isInternal())
        .map(
            task ->
                "task "
                    + task.name()
                    + " is its onStop task too: leave it out of .tasks(…), or make it .internal()")
        .toList();
  }

  private static List<String> problemsOf(ResourceType<?> type, TaskType<?> task) {
    List<String> problems = new ArrayList<>();
    if (!BUILT_IN.contains(task.name())) {
      problems.addAll(Names.problems("task", task.name().value()));
    }
    problems.addAll(TriggerChecks.problems(task));
    Breaker breaker = task.limits().breaker();
    if (breaker != null && breaker.name() != null) {
      problems.addAll(Names.problems("breaker", breaker.name()));
    }
    problems.addAll(task.keep().problems());
    problems.addAll(Timing.problems(task));
    problems.addAll(task.machine().problems());
    List<StateDef<?>> rows = new ArrayList<>(task.machine().rows());
    if (task.exit() != null) {
      rows.add(task.exit());
      problems.addAll(Timing.problems(task.exit()));
      if (task.exit().step().isEmpty()) {
        problems.add("onExit has no code: give it decide, async or blocking");
      }
    }
    for (StateDef<?> row : rows) {
      if (row.isOnDelete() || row.isResting()) {
        problems.add("state " + row.name() + ": onDelete and rests are for resources");
      }
      if (!task.isShared() && row.tickLimit().compareTo(StateDef.LIMIT) > 0) {
        problems.add(
            "state " + row.name() + " has a limit over 30 s, which only a shared() task may have");
      }
    }
    List<Field<?>> both = new ArrayList<>(task.fields());
    both.addAll(type.fields());
    problems.addAll(FieldChecks.clashes(both));
    problems.addAll(FieldChecks.problems(task.fields()));
    return problems;
  }
}

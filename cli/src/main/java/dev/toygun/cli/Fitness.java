package dev.toygun.cli;

import dev.toygun.BuiltIn;
import dev.toygun.Machine;
import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.store.LiveRows.Kind;
import dev.toygun.store.LiveRows.Published;
import dev.toygun.store.TypeShape;
import dev.toygun.worker.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether types can be published to a database, and tick what is in it. */
record Fitness(TypeSet types) {
  /** Why rows cannot be ticked; nothing if they can. */
  Optional<String> problem(Kind rows) {
    ResourceType<?> type = types.find(rows.type()).orElse(null);
    if (type == null) {
      return Optional.of("there is no type %s".formatted(rows.type()));
    }
    if (rows.version() > type.version()) {
      return Optional.of(
          "type %s is at version %d here, and they are at %d"
              .formatted(type.name(), type.version(), rows.version()));
    }
    if (rows.version() < type.version() && type.upgrades().isEmpty()) {
      return Optional.of(
          "type %s is at version %d and has no upgrade, and they are at %d: add .upgrade(%3$d, …)"
              .formatted(type.name(), type.version(), rows.version()));
    }
    if (rows.task() == null) {
      return missing("type " + type.name(), type.machine(), rows.state());
    }
    TaskType<?> task = type.task(rows.task()).orElse(null);
    if (task == null) {
      return Optional.of("type %s has no task %s".formatted(type.name(), rows.task()));
    }
    String whose = "task %s of type %s".formatted(rows.task(), type.name());
    return rows.state().equals(BuiltIn.EXIT) && task.exit() == null
        ? Optional.of(whose + " has no onExit: they would end, and nothing would be cleaned up")
        : missing(whose, task.machine(), rows.state());
  }

  /** Why a worker could not publish these types over those; nothing if it can. */
  List<String> problems(List<Published> published) {
    List<String> problems = new ArrayList<>();
    for (Published there : published) {
      types
          .find(there.type())
          .filter(type -> type.version() == there.version())
          .flatMap(type -> TypeShape.problem(Definitions.of(type), there.shape()))
          .ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<String> missing(String whose, Machine<?> machine, String state) {
    return BuiltIn.reserved(state) || machine.find(state).isPresent()
        ? Optional.empty()
        : Optional.of("%s has no state %s, and none that was called so".formatted(whose, state));
  }
}

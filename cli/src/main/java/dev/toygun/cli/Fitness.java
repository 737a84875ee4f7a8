package dev.toygun.cli;

import dev.toygun.BuiltIn;
import dev.toygun.Machine;
import dev.toygun.ResourceType;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.store.LiveRows.Kind;
import java.util.Optional;

/** Whether types can tick what is in a database. */
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
    return task == null
        ? Optional.of("type %s has no task %s".formatted(type.name(), rows.task()))
        : missing(
            "task %s of type %s".formatted(rows.task(), type.name()), task.machine(), rows.state());
  }

  private static Optional<String> missing(String whose, Machine<?> machine, String state) {
    return BuiltIn.reserved(state) || machine.find(state).isPresent()
        ? Optional.empty()
        : Optional.of("%s has no state %s, and none that was called so".formatted(whose, state));
  }
}

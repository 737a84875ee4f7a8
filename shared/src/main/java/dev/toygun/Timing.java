package dev.toygun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The checks on the times of states and tasks. */
final class Timing {
  private Timing() {}

  static List<String> problems(TaskType<?> task) {
    Duration within = task.within();
    return within == null || within.compareTo(Duration.ofSeconds(1)) >= 0
        ? List.of()
        : List.of("within %s: 1 s at least".formatted(within));
  }

  static List<String> problems(StateDef<?> row) {
    List<String> problems = new ArrayList<>();
    row.period()
        .filter(every -> every.compareTo(Duration.ofSeconds(1)) < 0 || every.toNanosPart() != 0)
        .ifPresent(
            every ->
                problems.add(
                    "state %s has every %s: whole seconds, 1 s at least"
                        .formatted(row.name(), every)));
    row.deadline()
        .filter(within -> within.isNegative() || within.isZero())
        .ifPresent(
            within ->
                problems.add("state %s has within %s: more than 0".formatted(row.name(), within)));
    if (row.tickLimit().isNegative() || row.tickLimit().isZero()) {
      problems.add("state %s has limit %s: more than 0".formatted(row.name(), row.tickLimit()));
    }
    if (row.maxRetries() < 0) {
      problems.add("state %s has %d retries: 0 or more".formatted(row.name(), row.maxRetries()));
    }
    if (row.backoff().first().isNegative() || row.backoff().most().isNegative()) {
      problems.add("state %s has a back-off below 0".formatted(row.name()));
    }
    return problems;
  }
}

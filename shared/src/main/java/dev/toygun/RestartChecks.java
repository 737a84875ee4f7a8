package dev.toygun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with how a type is restarted, as sentences. */
final class RestartChecks {
  /** So many are kept with the latest run, to be counted. */
  private static final int MOST = 100;

  private RestartChecks() {}

  static List<String> problems(ResourceType<?> type) {
    List<String> problems = new ArrayList<>();
    List<TaskType<?>> tasks =
        type.tasks().stream().filter(task -> task.name().equals(BuiltIn.RESTART_TASK)).toList();
    Limits.Rate rate = type.restarts();
    if (rate != null) {
      if (tasks.isEmpty()) {
        problems.add("restarts(…) says how often nothing is done: add .onRestart(task)");
      }
      if (rate.runs() < 1 || rate.runs() > MOST || !isWindow(rate.per())) {
        problems.add(
            "restarts(%d, %s): 1 to %d, within whole seconds from 1 s to 1 day"
                .formatted(rate.runs(), rate.per(), MOST));
      }
    }
    for (TaskType<?> task : tasks) {
      task.fields().stream()
          .filter(field -> field.isRequired() && field.initial().isEmpty())
          .forEach(
              field ->
                  problems.add(
                      "its onRestart task is started without values: give its required field '%s' an initial one"
                          .formatted(field)));
      if (task.within() == null) {
        problems.add(
            "its onRestart task may take for ever, and as long an outage is hidden: say how long with .within(…)");
      }
    }
    return problems;
  }

  private static boolean isWindow(Duration per) {
    return per.compareTo(Duration.ofSeconds(1)) >= 0
        && per.compareTo(Duration.ofDays(1)) <= 0
        && per.toNanosPart() == 0;
  }
}

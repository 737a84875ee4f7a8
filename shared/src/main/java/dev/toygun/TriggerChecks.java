package dev.toygun;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a task's triggers, as sentences. */
final class TriggerChecks {
  private TriggerChecks() {}

  static List<String> problems(TaskType<?> task) {
    List<String> problems = new ArrayList<>();
    if (task.triggers().equals(Triggers.NONE)) {
      return problems;
    }
    if (BuiltIn.isOfItsLife(task.name())) {
      problems.add("Toygun itself starts and stops it: it can have no trigger");
    }
    Schedule schedule = task.triggers().schedule();
    if (schedule != null && task.name().equals(BuiltIn.RESTART_TASK)) {
      problems.add("no schedule restarts: have one start a task that does");
    }
    if (schedule != null) {
      problems.addAll(ScheduleChecks.problems(schedule));
    }
    if (task.triggers().startWhen() != null || schedule != null) {
      task.fields().stream()
          .filter(field -> field.isRequired() && field.initial().isEmpty())
          .forEach(
              field ->
                  problems.add(
                      "it starts by itself, so nobody gives it its required field '%s': give that an initial value"
                          .formatted(field)));
    }
    return problems;
  }
}

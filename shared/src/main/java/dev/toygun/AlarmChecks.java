package dev.toygun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a type's alarms, as sentences. */
final class AlarmChecks {
  private static final Set<String> BUILT_IN =
      Set.of(
          AlarmType.PANIC,
          AlarmType.TIMEOUT,
          AlarmType.STUCK,
          AlarmType.APPROVAL,
          AlarmType.TRIGGER);

  private AlarmChecks() {}

  static List<String> problems(ResourceType<?> type) {
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (AlarmType alarm : type.alarms()) {
      problems.addAll(Names.problems("alarm", alarm.name()));
      if (BUILT_IN.contains(alarm.name())
          || (type.restarts() != null && alarm.name().equals(AlarmType.RESTARTS))) {
        problems.add("alarm " + alarm.name() + ": there is one of this name already");
      }
      if (!names.add(alarm.name())) {
        problems.add("two alarms are called " + alarm.name());
      }
      if (alarm.when() == null && alarm.closeWhen() != null) {
        problems.add(
            "alarm %1$s: closeWhen needs a condition that opens it: say alarm(\"%1$s\", s -> …), or have code close it with .clear(\"%1$s\")"
                .formatted(alarm.name()));
      }
      if (alarm.forAtLeast().isNegative()) {
        problems.add("alarm " + alarm.name() + ": forAtLeast is negative");
      }
      Duration escalates = alarm.escalateAfter();
      if (escalates != null && escalates.compareTo(Duration.ofSeconds(1)) < 0) {
        problems.add("alarm " + alarm.name() + ": escalateAfter is below 1 s");
      }
      AlarmType.Repair repair = alarm.repair();
      if (repair != null && type.task(repair.task().value()).isEmpty()) {
        problems.add(
            "alarm " + alarm.name() + " is repaired by " + repair.task() + ", which is no task");
      }
      if (repair != null && BuiltIn.isOfItsLife(repair.task())) {
        problems.add(
            "alarm "
                + alarm.name()
                + " is repaired by "
                + repair.task()
                + ", which Toygun itself starts: give it a task of its own");
      }
      if (repair != null && (repair.most() < 1 || !isWindow(repair.window()))) {
        problems.add("alarm " + alarm.name() + ": repair at least once, within 1 s to a day");
      }
      for (TaskName task : alarm.suggested()) {
        Optional<TaskType<?>> suggested = type.task(task.value());
        if (suggested.isEmpty()) {
          problems.add("alarm " + alarm.name() + " suggests " + task + ", which is no task");
        } else if (task.equals(BuiltIn.RESTART_TASK)) {
          problems.add(
              "alarm "
                  + alarm.name()
                  + " suggests a restart, which is offered of every resource that has one: leave it out, or say .repair("
                  + task
                  + ", …)");
        } else if (BuiltIn.reserved(task.value()) || suggested.get().isInternal()) {
          problems.add(
              "alarm " + alarm.name() + " suggests " + task + ", which no person may start");
        }
      }
    }
    problems.addAll(unmeasured(type));
    return problems;
  }

  /** Whether a repair works is seen by the alarms that name it. */
  private static List<String> unmeasured(ResourceType<?> type) {
    return type.tasks().stream()
        .filter(task -> task.limits().demoteBelow() != null)
        .map(TaskType::name)
        .filter(name -> type.alarms().stream().noneMatch(alarm -> alarm.names(name)))
        .map(
            name ->
                "task %1$s: demoteBelow goes by alarms that it puts right: have one say .repair(%1$s) or .suggest(%1$s)"
                    .formatted(name))
        .toList();
  }

  /** Alarms that closed are looked back at for a day. */
  private static boolean isWindow(Duration window) {
    return window.compareTo(Duration.ofSeconds(1)) >= 0
        && window.compareTo(Duration.ofDays(1)) <= 0;
  }
}

package dev.toygun.worker;

import dev.toygun.Availability;
import dev.toygun.ResourceType;
import dev.toygun.TaskStatus;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Observed;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of what is known of whether a resource answers. It holds as long as one of the tasks runs
 * that have observed it. Once none does, it is for the last of them to say: what a run saw that has
 * finished stands, for as long as the type says; after any other end, or a panic, nobody knows that
 * it answers. An outage stands after any: else a repair that fails would end the alarm it is for.
 *
 * @param at perhaps past
 * @param why why nobody knows from then on
 */
record Lapse(Instant at, String why) {
  /** When what is known of this resource ends; nothing while it holds without end. */
  static Optional<Lapse> of(ResourceType<?> type, Family family) {
    Observed observed = family.resource().observed();
    if (observed.availability() == Availability.UNKNOWN) {
      return Optional.empty();
    }
    List<TaskRow> observers =
        observed.observers().stream().map(family::task).flatMap(Optional::stream).toList();
    if (observers.stream().anyMatch(run -> run.status() == TaskStatus.RUNNING)) {
      return Optional.empty();
    }
    Instant planned = observed.plannedUntil();
    return planned == null
        ? observers.stream()
            .max(Comparator.comparing(Lapse::since))
            .flatMap(
                last -> after(last, observed.availability(), type.availability().unknownAfter()))
        : Optional.of(new Lapse(planned, "it was down on purpose until then, and nobody looks"));
  }

  private static Optional<Lapse> after(
      TaskRow last, Availability seen, @Nullable Duration unknownAfter) {
    String how =
        switch (last.status()) {
          case PANICKED -> "has panicked";
          case STOPPED -> "was stopped";
          case TIMED_OUT -> "timed out";
          case ABORTED -> "was aborted";
          case ABSENT, RUNNING, FINISHED -> "has finished";
        };
    boolean stands = last.status() == TaskStatus.FINISHED || seen == Availability.OFFLINE;
    if (stands && unknownAfter == null) {
      return Optional.empty();
    }
    Instant at = stands ? since(last).plus(Objects.requireNonNull(unknownAfter)) : since(last);
    return Optional.of(new Lapse(at, "task %s %s".formatted(last.name(), how)));
  }

  /** Since when it does not look any more. */
  private static Instant since(TaskRow run) {
    MachineRow row = run.machine();
    return Objects.requireNonNullElse(row.endedAt(), row.updatedAt());
  }
}

package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.TaskStatus;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TriggerRow;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.Views.Around;
import org.jspecify.annotations.Nullable;

/** What a task's triggers came to when they were last judged. */
final class TriggerShow {
  private TriggerShow() {}

  /** Why its trigger has started it, or has not; null for a task that no predicate starts. */
  static @Nullable String of(
      TaskDefinition task, ResourceRow resource, @Nullable TaskRow run, Around around) {
    if (!task.startsWhen()) {
      return null;
    }
    TriggerRow seen =
        around.trigger(task.name()).orElse(TriggerRow.unseen(resource.uuid(), task.name()));
    if (seen.fault() != null) {
      return "not started because " + seen.fault();
    }
    boolean runs = run != null && run.machine().active();
    if (seen.starts()) {
      return "started as its startWhen turned true%s"
          .formatted(runs ? "" : ": again once that has been false");
    }
    return "not started because " + because(seen, resource, run);
  }

  private static String because(TriggerRow seen, ResourceRow resource, @Nullable TaskRow run) {
    if (resource.machine().state().equals(BuiltIn.NEW)) {
      return "the resource is being made";
    }
    if (seen.stops()) {
      return "its stopWhen is true";
    }
    TaskStatus status = run == null ? TaskStatus.ABSENT : run.status();
    if (seen.mayStartOver(run)) {
      return "its startWhen was false when it was last judged";
    }
    return switch (status) {
      case STOPPED -> "it was stopped, by a person or by its resource: start it once by hand";
      case ABORTED -> "a person aborted it: start it once by hand";
      default -> "it runs already";
    };
  }
}

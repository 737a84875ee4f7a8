package dev.toygun.api;

import dev.toygun.store.ResourceRow;
import dev.toygun.store.ScheduleDefinition;
import dev.toygun.store.ScheduleRow;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.Views.Around;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Tasks' schedules, as they are shown. */
final class ScheduleShow {
  private ScheduleShow() {}

  /** As its type has it; null for a task that has none. */
  static @Nullable JsonObject of(TaskDefinition task) {
    ScheduleDefinition schedule = task.schedule();
    return schedule == null
        ? null
        : new JsonObject()
            .put("every", schedule.every())
            .put("cron", schedule.cron())
            .put("zone", schedule.zone())
            .put("missed", schedule.missed())
            .put("jitter", schedule.jitter());
  }

  /** The same, and how far a resource has come with it. */
  static @Nullable JsonObject of(TaskDefinition task, ResourceRow resource, Around around) {
    JsonObject schedule = of(task);
    if (schedule == null) {
      return null;
    }
    @Nullable ScheduleRow row = around.schedule(task.name()).orElse(null);
    if (row == null) {
      return schedule.putNull("next_at").putNull("last_at").put("note", "");
    }
    return schedule
        .put("next_at", resource.machine().active() ? TypeShow.time(row.nextAt()) : null)
        .put("last_at", TypeShow.time(row.lastAt()))
        .put("note", row.note());
  }
}

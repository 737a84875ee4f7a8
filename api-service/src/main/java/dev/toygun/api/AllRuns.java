package dev.toygun.api;

import dev.toygun.TaskStatus;
import dev.toygun.store.Runs;
import dev.toygun.store.Runs.Run;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows runs of all resources. */
final class AllRuns {
  private final Runs runs;

  AllRuns(Runs runs) {
    this.runs = runs;
  }

  /** {@code GET /v1/tasks}. */
  Future<Answer> list(Call call) {
    List<String> after = Pages.after(call, 1);
    @Nullable String status = call.maybe("status");
    Runs.Query query =
        new Runs.Query(
            call.maybe("type"),
            call.maybe("task"),
            status == null ? null : TaskStatus.valueOf(status.toUpperCase(Locale.ROOT)),
            call.time("since"),
            call.time("until"),
            call.caller().scope().under(),
            after == null ? null : Parameters.uuid("page_token", after.get(0)));
    return runs.page(query, call.pageSize())
        .map(found -> Answer.ok(Pages.page(call, found.runs(), AllRuns::show, end(found.end()))));
  }

  private static @Nullable List<String> end(@Nullable UUID end) {
    return end == null ? null : List.of(end.toString());
  }

  private static JsonObject show(Run run) {
    return new JsonObject()
        .put("uuid", run.key().uuid().toString())
        .put("resource", run.key().resource().toString())
        .put("type", run.type())
        .put("label", run.label())
        .put("name", run.task())
        .put("run", run.run())
        .put("state", run.state())
        .put("status", run.status().name().toLowerCase(Locale.ROOT))
        .put("step", run.step())
        .put("started_by", run.startedBy())
        .put("cause", run.cause().stored())
        .put("due_at", TypeShow.time(run.dueAt()))
        .put("error", run.error() == null ? null : run.error().toString())
        .put("created_at", TypeShow.time(run.createdAt()))
        .put("updated_at", TypeShow.time(run.updatedAt()))
        .put("ended_at", TypeShow.time(run.endedAt()));
  }
}

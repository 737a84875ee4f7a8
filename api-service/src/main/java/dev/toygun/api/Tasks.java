package dev.toygun.api;

import dev.toygun.store.Hold;
import dev.toygun.store.MachineRow;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads runs of tasks. */
final class Tasks {
  private final Types types;
  private final Resources resources;
  private final Views views;
  private final MachineShow show;

  Tasks(Types types, Resources resources, Views views, MachineShow show) {
    this.types = types;
    this.resources = resources;
    this.views = views;
    this.show = show;
  }

  /** {@code GET /v1/resources/{type}/{uuid}/tasks}. */
  Future<Answer> list(Call call) {
    return resources
        .row(call)
        .compose(row -> definition(row.machine()).compose(type -> listed(call, type)));
  }

  private Future<Answer> listed(Call call, TypeDefinition type) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    UUID resource = call.uuid("uuid");
    return views
        .tasks(resource, last, call.pageSize())
        .compose(
            rows ->
                Future.all(views.abandons(resource), TurnShow.of(views, resource, rows.rows()))
                    .map(
                        both ->
                            Answer.ok(
                                Pages.page(
                                    call,
                                    rows,
                                    row ->
                                        shown(call, type, row, both.resultAt(0), both.resultAt(1)),
                                    row -> List.of(row.key().uuid().toString())))));
  }

  /** {@code GET /v1/tasks/{uuid}}. */
  Future<Answer> get(Call call) {
    return row(call).compose(row -> shown(call, row, 200));
  }

  /** The run that a path names; fails with a problem 404 where there is none. */
  Future<TaskRow> row(Call call) {
    return row(call.uuid("uuid"));
  }

  private Future<TaskRow> row(UUID uuid) {
    return views
        .task(uuid)
        .map(
            row -> {
              if (row == null) {
                throw Problem.notFound("not_found", "there is no task " + uuid);
              }
              return row;
            });
  }

  /** The run as it is now, after something was done with it. */
  Future<Answer> now(Call call, UUID uuid, int status) {
    return row(uuid).compose(row -> shown(call, row, status));
  }

  private Future<Answer> shown(Call call, TaskRow row, int status) {
    return definition(row)
        .compose(
            type ->
                Future.all(
                        views.abandons(row.key().resource()),
                        TurnShow.of(views, row.key().resource(), List.of(row)))
                    .map(
                        both ->
                            answer(
                                row,
                                shown(call, type, row, both.resultAt(0), both.resultAt(1)),
                                status)));
  }

  /** A run of a task of this type, that has just been asked for something. */
  Answer shown(Call call, TypeDefinition type, TaskRow row, int status) {
    return answer(row, show.task(type, row, null, null, call.shown()), status);
  }

  private JsonObject shown(
      Call call, TypeDefinition type, TaskRow row, @Nullable Hold abandons, TurnShow turns) {
    return show.task(type, row, abandons, turns.of(row.key().uuid()), call.shown());
  }

  private static Answer answer(TaskRow row, JsonObject shown, int status) {
    return Answer.of(status, shown).version(row.machine().version());
  }

  /** The type that a run was last written with. */
  Future<TypeDefinition> definition(TaskRow row) {
    return definition(row.machine());
  }

  private Future<TypeDefinition> definition(MachineRow row) {
    return types.definition(row.list().type(), row.list().version());
  }
}

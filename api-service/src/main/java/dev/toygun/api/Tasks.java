package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Operations;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.Views;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and starts runs of tasks. */
final class Tasks {
  private final Types types;
  private final Resources resources;
  private final Views views;
  private final Operations operations;
  private final Fields fields;
  private final MachineShow show;
  private final Time time;

  Tasks(
      Types types,
      Resources resources,
      Views views,
      Operations operations,
      Fields fields,
      MachineShow show,
      Time time) {
    this.types = types;
    this.resources = resources;
    this.views = views;
    this.operations = operations;
    this.fields = fields;
    this.show = show;
    this.time = time;
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
    return views
        .tasks(call.uuid("uuid"), last, call.pageSize() + 1)
        .map(
            rows ->
                Answer.ok(
                    Pages.page(
                        call,
                        rows,
                        row -> show.task(type, row, call.shown()),
                        row -> List.of(row.key().uuid().toString()))));
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
        .map(
            type ->
                Answer.of(status, show.task(type, row, call.shown()))
                    .version(row.machine().version()));
  }

  /** The type that a run was last written with. */
  Future<TypeDefinition> definition(TaskRow row) {
    return definition(row.machine());
  }

  private Future<TypeDefinition> definition(MachineRow row) {
    return types.definition(row.list().type(), row.list().version());
  }

  /** {@code POST /v1/resources/{type}/{uuid}/tasks/{task}}. */
  Future<Answer> start(Call call) {
    return resources
        .row(call)
        .compose(row -> definition(row.machine()).compose(type -> started(call, type, row)));
  }

  private Future<Answer> started(Call call, TypeDefinition type, ResourceRow resource) {
    String name = call.text("task");
    if (BuiltIn.reserved(name)) {
      throw Problem.conflict(
          "reserved", "%s: Toygun itself starts it, as part of a resource's life".formatted(name));
    }
    TaskDefinition task = Types.task(type, name);
    UUID uuid = time.uuid();
    String args =
        fields.fresh("/args", task.fields(), type.name() + "/" + name, uuid, call, "args");
    if (call.validateOnly()) {
      return resources.family(call).map(family -> startable(family, name));
    }
    TaskStart start =
        new TaskStart(
            uuid,
            name,
            false,
            false,
            args,
            args,
            resource.machine().list(),
            call.caller().stored());
    return operations
        .start(call.uuid("uuid"), start, call.by())
        .compose(
            begun ->
                now(call, begun.task(), begun.alreadyRunning() ? 200 : 202)
                    .map(
                        answer -> {
                          if (answer.body() != null) {
                            answer.body().put("already_running", begun.alreadyRunning());
                          }
                          return answer;
                        }));
  }

  private static Answer startable(Family family, String name) {
    @Nullable String why =
        MachineShow.whyNot(name, family.resource(), family.task(name).orElse(null));
    if (why != null) {
      throw Problem.conflict("wrong_state", "%s cannot be started: %s".formatted(name, why));
    }
    return Answer.valid();
  }
}

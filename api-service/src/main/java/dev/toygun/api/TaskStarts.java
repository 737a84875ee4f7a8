package dev.toygun.api;

import dev.toygun.store.Audit;
import dev.toygun.store.Family;
import dev.toygun.store.Operations;
import dev.toygun.store.PlainStart;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /v1/resources/{type}/{uuid}/tasks/{task}}: starts runs of tasks. Tried without a look
 * at the resource first, as it is nearly always of the newest version and free.
 */
final class TaskStarts implements Action {
  private static final int RUNS_ALREADY = 200;
  private static final int BEGUN = 202;

  private final Types types;
  private final Resources resources;
  private final Tasks tasks;
  private final Operations operations;
  private final Fields fields;
  private final Time time;

  TaskStarts(
      Types types,
      Resources resources,
      Tasks tasks,
      Operations operations,
      Fields fields,
      Time time) {
    this.types = types;
    this.resources = resources;
    this.tasks = tasks;
    this.operations = operations;
    this.fields = fields;
    this.time = time;
  }

  @Override
  public Future<Optional<Answer>> atOnce(Call call, Audit.Entry entry) {
    return types
        .newest(call.text("type"))
        .transform(
            found ->
                found.succeeded()
                    ? begun(call, found.result(), entry)
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<Answer>> begun(Call call, TypeDefinition type, Audit.Entry entry) {
    UUID uuid = call.makes(time);
    String args;
    try {
      args = args(call, type, uuid);
    } catch (Problem wrong) {
      // The resource may be of another version, and what is wrong first is told first.
      return Future.succeededFuture(Optional.empty());
    }
    PlainStart start =
        new PlainStart(
            call.uuid("uuid"),
            uuid,
            call.text("task"),
            type.name(),
            type.version(),
            null,
            null,
            args,
            args,
            call.caller().stored(),
            entry.answered(BEGUN));
    return operations
        .begin(start, call.by())
        .map(run -> run.map(row -> started(tasks.shown(call, type, row, BEGUN), false)));
  }

  @Override
  public Future<Answer> answer(Call call) {
    return resources
        .row(call)
        .compose(
            row ->
                types
                    .definition(row.type(), row.machine().list().version())
                    .compose(type -> judged(call, type, row)));
  }

  private Future<Answer> judged(Call call, TypeDefinition type, ResourceRow resource) {
    String name = call.text("task");
    UUID uuid = call.makes(time);
    String args = args(call, type, uuid);
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
        .start(resource.uuid(), start, call.by())
        .compose(
            begun ->
                tasks
                    .now(call, begun.task(), begun.alreadyRunning() ? RUNS_ALREADY : BEGUN)
                    .map(answer -> started(answer, begun.alreadyRunning())));
  }

  /** What a run is started with, as it is stored; throws a problem naming everything wrong. */
  private String args(Call call, TypeDefinition type, UUID run) {
    String name = call.text("task");
    TaskDefinition task = Types.startable(type, name);
    return fields.fresh("/args", task.fields(), type.name() + "/" + name, run, call, "args");
  }

  private static Answer started(Answer answer, boolean alreadyRunning) {
    if (answer.body() != null) {
      answer.body().put("already_running", alreadyRunning);
    }
    return answer;
  }

  private static Answer startable(Family family, String name) {
    if (family.task(name).filter(run -> run.machine().active()).isEmpty()) {
      Alive.checkAddition("the resource", family.resource());
    }
    return Answer.valid();
  }
}

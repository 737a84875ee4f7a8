package dev.toygun.api;

import dev.toygun.store.Checks;
import dev.toygun.store.Operations;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Stops, aborts, approves, retries and rewinds runs of tasks. */
final class TaskChanges {
  private final Tasks tasks;
  private final Operations operations;
  private final Rewinds rewinds;
  private final Signals signals;

  TaskChanges(Tasks tasks, Operations operations, Rewinds rewinds, Signals signals) {
    this.tasks = tasks;
    this.operations = operations;
    this.rewinds = rewinds;
    this.signals = signals;
  }

  /** {@code POST /v1/tasks/{uuid}:stop}. */
  Future<Answer> stop(Call call) {
    return change(call, row -> operations.stop(row.key().uuid(), call.version(), call.by()));
  }

  /** {@code POST /v1/tasks/{uuid}:abort}. */
  Future<Answer> abort(Call call) {
    return change(call, row -> operations.abort(row.key().uuid(), call.version(), call.by()));
  }

  /** {@code POST /v1/tasks/{uuid}:approve}. */
  Future<Answer> approve(Call call) {
    return tasks
        .row(call)
        .compose(
            row -> {
              Alive.check("the task", row.machine(), call.version());
              Checks.approvable(Optional.of(row));
              UUID uuid = row.key().uuid();
              return change(call, row, () -> operations.approve(uuid, call.version(), call.by()));
            });
  }

  /** {@code POST /v1/tasks/{uuid}:retry}. */
  Future<Answer> retry(Call call) {
    return tasks
        .row(call)
        .compose(
            row -> {
              Alive.checkStuck("the task", row.machine(), call.version());
              UUID uuid = row.key().uuid();
              return change(call, row, () -> operations.retryTask(uuid, call.version(), call.by()));
            });
  }

  /** {@code POST /v1/tasks/{uuid}:rewind}. */
  Future<Answer> rewind(Call call) {
    return tasks
        .row(call)
        .compose(
            row ->
                tasks
                    .definition(row)
                    .map(type -> Types.task(type, row.name()).states())
                    .compose(states -> rewinds.target(call, row.key(), states))
                    .compose(
                        to ->
                            change(
                                call,
                                row,
                                () ->
                                    operations.rewind(
                                        row.key(),
                                        to.entry(),
                                        to.fresh(),
                                        call.version(),
                                        call.by()))));
  }

  /** {@code POST /v1/tasks/{uuid}:signal}. */
  Future<Answer> signal(Call call) {
    return tasks
        .row(call)
        .compose(
            row ->
                tasks
                    .definition(row)
                    .compose(
                        (TypeDefinition type) ->
                            signals.send(
                                call,
                                row.key(),
                                row.machine(),
                                Types.task(type, row.name()).states())));
  }

  private interface Ask {
    Future<Void> of(TaskRow row);
  }

  private interface Doing {
    Future<Void> go();
  }

  private Future<Answer> change(Call call, Ask ask) {
    return tasks.row(call).compose(row -> change(call, row, () -> ask.of(row)));
  }

  private Future<Answer> change(Call call, TaskRow row, Doing doing) {
    Alive.check("the task", row.machine(), call.version());
    if (call.validateOnly()) {
      return Future.succeededFuture(Answer.valid());
    }
    UUID uuid = row.key().uuid();
    return doing.go().compose(done -> tasks.now(call, uuid, 202));
  }
}

package dev.toygun.api;

import dev.toygun.store.AlarmCommand;
import dev.toygun.store.AlarmOperations;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Subtrees;
import dev.toygun.store.Views;
import dev.toygun.store.Views.AlarmRow;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alarms: shown, and what people say to them. */
final class Alarms {
  private final Views views;
  private final Subtrees subtrees;
  private final AlarmOperations operations;
  private final History history;
  private final RepairShow repairs;
  private final Time time;

  Alarms(
      Views views,
      Subtrees subtrees,
      AlarmOperations operations,
      History history,
      RepairShow repairs,
      Time time) {
    this.views = views;
    this.subtrees = subtrees;
    this.operations = operations;
    this.history = history;
    this.repairs = repairs;
    this.time = time;
  }

  /** {@code GET /v1/alarms}. */
  Future<Answer> list(Call call) {
    List<String> parts = Pages.after(call, 2);
    Views.After after = parts == null ? null : Resources.after(parts.get(0), parts.get(1), true);
    return rows(call, after)
        .compose(
            rows ->
                counted(
                    call,
                    Pages.page(
                        call,
                        rows,
                        FailureShow::alarm,
                        a -> List.of(a.createdAt().toString(), a.uuid().toString()))));
  }

  private Future<List<AlarmRow>> rows(Call call, Views.@Nullable After after) {
    KeyScope scope = call.caller().scope();
    UUID resource = call.maybeUuid("resource");
    UUID root = scope.under();
    String state = call.maybe("state");
    boolean closed = call.flag("closed") || "closed".equals(state);
    int limit = call.pageSize() + 1;
    return root == null || resource != null
        ? views.alarms(resource, scope.typesWithin(), closed, state, after, limit)
        : subtrees.alarms(root, scope.typesWithin(), closed, state, after, limit);
  }

  private Future<Answer> counted(Call call, JsonObject page) {
    if (!call.flag("counts")) {
      return Future.succeededFuture(Answer.ok(page));
    }
    KeyScope scope = call.caller().scope();
    UUID root = scope.under();
    return (root == null
            ? views.openAlarms(scope.types())
            : subtrees.openAlarms(root, scope.typesWithin()))
        .map(
            open -> {
              JsonObject counts = new JsonObject();
              open.forEach((severity, count) -> counts.put(severity.stored(), count));
              return Answer.ok(page.put("counts", counts));
            });
  }

  /** {@code GET /v1/alarms/{uuid}}. */
  Future<Answer> get(Call call) {
    return row(call.uuid("uuid")).compose(row -> shown(call, row));
  }

  /** {@code GET /v1/alarms/{uuid}/history}. */
  Future<Answer> moves(Call call) {
    return row(call.uuid("uuid"))
        .compose(row -> history.moves(call, new SubjectKey(row.subject().resource(), row.uuid())));
  }

  /** {@code POST /v1/alarms/{uuid}:ack}. */
  Future<Answer> acknowledge(Call call) {
    return command(call, new AlarmCommand.Acknowledge(until(call)));
  }

  /** {@code POST /v1/alarms/{uuid}:snooze}. */
  Future<Answer> snooze(Call call) {
    return command(call, new AlarmCommand.Snooze(until(call, "until when is it to be quiet?")));
  }

  /** {@code POST /v1/alarms/{uuid}:lift}. */
  Future<Answer> lift(Call call) {
    Instant until = until(call, "until when is the brake to be lifted?");
    if (call.reason().isBlank()) {
      throw Problem.invalid(
          List.of(new Problem.Wrong("/reason", "why is the brake lifted? A reason is expected")));
    }
    return command(call, new AlarmCommand.Lift(until));
  }

  /** {@code POST /v1/alarms/{uuid}:ignore}. */
  Future<Answer> ignore(Call call) {
    return command(call, new AlarmCommand.Ignore());
  }

  /** {@code POST /v1/alarms/{uuid}:unignore}. */
  Future<Answer> unignore(Call call) {
    return command(call, new AlarmCommand.Unignore());
  }

  /** {@code POST /v1/alarms/{uuid}:close}. */
  Future<Answer> close(Call call) {
    return command(call, new AlarmCommand.Close());
  }

  private Instant until(Call call, String question) {
    Instant until = until(call);
    if (until == null) {
      throw Problem.invalid(List.of(new Problem.Wrong("/until", question + " A time is expected")));
    }
    return until;
  }

  private @Nullable Instant until(Call call) {
    Instant until = Bodies.time(call.body(), "until");
    if (until != null && !until.isAfter(time.now())) {
      throw Problem.invalid(
          List.of(new Problem.Wrong("/until", "it is past already: name a time to come")));
    }
    return until;
  }

  private Future<Answer> command(Call call, AlarmCommand command) {
    UUID uuid = call.uuid("uuid");
    return operations
        .say(uuid, call.version(), command, call.by())
        .compose(done -> row(uuid))
        .compose(row -> shown(call, row));
  }

  private Future<AlarmRow> row(UUID uuid) {
    return views
        .alarm(uuid)
        .map(
            row -> {
              if (row == null) {
                throw Problem.notFound("not_found", "there is no alarm " + uuid);
              }
              return row;
            });
  }

  private Future<Answer> shown(Call call, AlarmRow row) {
    return views
        .deliveries(row.uuid())
        .compose(
            deliveries ->
                repairs
                    .of(row, call.caller().scope())
                    .map(
                        tasks -> {
                          JsonArray told = new JsonArray();
                          deliveries.forEach(one -> told.add(FailureShow.delivery(one)));
                          JsonObject shown =
                              FailureShow.alarm(row).put("repairs", tasks).put("deliveries", told);
                          return Answer.ok(shown).version(row.version());
                        }));
  }
}

package dev.toygun.api;

import dev.toygun.store.SubjectKey;
import dev.toygun.store.Subtrees;
import dev.toygun.store.Views;
import dev.toygun.store.Views.Moved;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has happened: moves and errors. */
final class History {
  private final Views views;
  private final Subtrees subtrees;
  private final Resources resources;
  private final Tasks tasks;

  History(Views views, Subtrees subtrees, Resources resources, Tasks tasks) {
    this.views = views;
    this.subtrees = subtrees;
    this.resources = resources;
    this.tasks = tasks;
  }

  /** {@code GET /v1/resources/{type}/{uuid}/history}. */
  Future<Answer> ofResource(Call call) {
    return resources.row(call).compose(row -> moves(call, row.key()));
  }

  /** {@code GET /v1/tasks/{uuid}/history}. */
  Future<Answer> ofTask(Call call) {
    return tasks.row(call).compose(task -> moves(call, task.key()));
  }

  /** The moves of a machine or an alarm, from its first or from its last. */
  Future<Answer> moves(Call call, SubjectKey subject) {
    List<String> after = Pages.after(call, 1);
    @Nullable Long step = after == null ? null : number(after.get(0));
    int limit = call.pageSize() + 1;
    return (call.text("order_by").equals("step desc")
            ? views.historyBack(subject, step == null ? Long.MAX_VALUE : step, limit)
            : views.history(subject, step == null ? 0 : step, limit))
        .compose(
            rows ->
                views
                    .notes(subject, steps(rows))
                    .map(
                        notes ->
                            Answer.ok(
                                Pages.page(
                                    call,
                                    rows,
                                    m -> FailureShow.moved(m, notes),
                                    (Moved m) -> List.of(Long.toString(m.transition().step()))))));
  }

  /** The steps of moves. What was said before the first of all stands by that one. */
  private static List<Long> steps(List<Moved> moves) {
    List<Long> steps = new ArrayList<>();
    for (Moved move : moves) {
      long step = move.transition().step();
      steps.add(step);
      if (step == 1) {
        steps.add(0L);
      }
    }
    return steps;
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw Pages.unknownToken();
    }
  }

  /** {@code GET /v1/errors}. */
  Future<Answer> errors(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    UUID resource = call.maybeUuid("resource");
    UUID root = call.caller().scope().under();
    String kind = call.maybe("kind");
    String hash = call.maybe("stack_hash");
    int limit = call.pageSize() + 1;
    return (root == null || resource != null
            ? views.errors(resource, kind, hash, last, limit)
            : subtrees.errors(root, kind, hash, last, limit))
        .map(
            rows ->
                Answer.ok(
                    Pages.page(
                        call,
                        rows,
                        e -> FailureShow.error(e, false),
                        e -> List.of(e.error().uuid().toString()))));
  }

  /** {@code GET /v1/error-groups}. */
  Future<Answer> errorGroups(Call call) {
    int hours = Objects.requireNonNull(call.number("hours"));
    Duration within = Duration.ofHours(hours);
    KeyScope scope = call.caller().scope();
    UUID root = scope.under();
    return (root == null
            ? views.errorGroups(within, scope.types(), call.pageSize())
            : subtrees.errorGroups(root, scope.typesWithin(), within, call.pageSize()))
        .map(
            groups -> {
              JsonArray items = new JsonArray();
              groups.forEach(group -> items.add(FailureShow.group(group)));
              return Answer.ok(new JsonObject().put("items", items));
            });
  }

  /** {@code GET /v1/errors/{uuid}}. */
  Future<Answer> error(Call call) {
    UUID uuid = call.uuid("uuid");
    return views
        .error(uuid)
        .compose(
            row -> {
              if (row == null) {
                throw Problem.notFound("not_found", "there is no error " + uuid);
              }
              return views
                  .hops(uuid)
                  .map(
                      hops -> {
                        JsonArray climbed = new JsonArray();
                        hops.forEach(hop -> climbed.add(FailureShow.hop(hop)));
                        return Answer.ok(FailureShow.error(row, true).put("hops", climbed));
                      });
            });
  }
}

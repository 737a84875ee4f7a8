package dev.toygun.api;

import dev.toygun.store.SubjectKey;
import dev.toygun.store.Views;
import dev.toygun.store.Views.Moved;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What has happened: moves, errors, alarms. */
final class History {
  private final Views views;
  private final Resources resources;
  private final Tasks tasks;

  History(Views views, Resources resources, Tasks tasks) {
    this.views = views;
    this.resources = resources;
    this.tasks = tasks;
  }

  /** {@code GET /v1/resources/{type}/{uuid}/history}. */
  Future<Answer> ofResource(Call call) {
    return resources.family(call).compose(family -> moves(call, family.resource().key()));
  }

  /** {@code GET /v1/tasks/{uuid}/history}. */
  Future<Answer> ofTask(Call call) {
    return tasks.row(call).compose(task -> moves(call, task.key()));
  }

  private Future<Answer> moves(Call call, SubjectKey subject) {
    List<String> after = Pages.after(call, 1);
    long step = after == null ? 0 : number(after.get(0));
    return views
        .history(subject, step, call.pageSize() + 1)
        .map(
            rows ->
                Answer.ok(
                    Pages.page(
                        call,
                        rows,
                        FailureShow::moved,
                        (Moved m) -> List.of(Long.toString(m.transition().step())))));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Problem.badRequest(
          "bad_page_token", "page_token is none that was given out: leave it out to begin");
    }
  }

  /** {@code GET /v1/errors}. */
  Future<Answer> errors(Call call) {
    List<String> after = Pages.after(call, 1);
    UUID last = after == null ? null : Parameters.uuid("page_token", after.get(0));
    return views
        .errors(call.maybeUuid("resource"), last, call.pageSize() + 1)
        .map(
            rows ->
                Answer.ok(
                    Pages.page(
                        call,
                        rows,
                        e -> FailureShow.error(e, false),
                        e -> List.of(e.uuid().toString()))));
  }

  /** {@code GET /v1/errors/{uuid}}. */
  Future<Answer> error(Call call) {
    UUID uuid = call.uuid("uuid");
    return views
        .error(uuid)
        .map(
            row -> {
              if (row == null) {
                throw Problem.notFound("not_found", "there is no error " + uuid);
              }
              return Answer.ok(FailureShow.error(row, true));
            });
  }

  /** {@code GET /v1/alarms}. */
  Future<Answer> alarms(Call call) {
    List<String> parts = Pages.after(call, 2);
    Views.After after = parts == null ? null : Resources.after(parts.get(0), parts.get(1), true);
    return views
        .alarms(call.maybeUuid("resource"), call.flag("closed"), after, call.pageSize() + 1)
        .map(
            rows ->
                Answer.ok(
                    Pages.page(
                        call,
                        rows,
                        FailureShow::alarm,
                        a -> List.of(a.createdAt().toString(), a.uuid().toString()))));
  }
}

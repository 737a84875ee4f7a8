package dev.toygun.api;

import dev.toygun.store.Teardown;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Says what would be taken down with a resource, and whether that is still so. */
final class Plans {
  /** The largest tree that is planned for. */
  static final int MOST = 10_000;

  /** How many of each are shown. */
  static final int SHOWN = 100;

  private final Resources resources;
  private final Views views;

  Plans(Resources resources, Views views) {
    this.resources = resources;
    this.views = views;
  }

  /** {@code POST /v1/resources/{type}/{uuid}:plan}. */
  Future<Answer> plan(Call call) {
    return resources
        .row(call)
        .compose(
            row -> {
              Alive.check("the resource", row.machine(), call.version());
              return teardown(call, row.uuid());
            })
        .map(
            found ->
                Answer.ok(
                    new JsonObject()
                        .put("action", call.body().getString("action"))
                        .put("plan", found.token())
                        .put("resources", show(found.resources()))
                        .put("tasks", show(found.tasks()))
                        .put("alarms", show(found.alarms()))));
  }

  /** Fails with a problem 412 where a call has a plan that is not what is there any more. */
  Future<Void> check(Call call) {
    String plan = call.maybe("plan");
    if (plan == null) {
      return Future.succeededFuture();
    }
    return teardown(call, call.uuid("uuid"))
        .map(
            found -> {
              if (!found.token().equals(plan)) {
                throw new Problem(
                    412,
                    "plan_changed",
                    "what would be taken down is not what it was in the plan: ask for another (:plan),"
                        + " and look at it");
              }
              return null;
            });
  }

  private Future<Teardown> teardown(Call call, UUID root) {
    return views
        .teardown(root, call.caller().scope().typesWithin(), MOST + 1, SHOWN)
        .map(
            found -> {
              if (found.walked() > MOST) {
                throw Problem.conflict(
                    "too_large",
                    "more than %d resources would be taken down, which is too many for a plan: take down what is below it first, or go without"
                        .formatted(MOST));
              }
              return found;
            });
  }

  private static JsonObject show(Teardown.Part part) {
    return new JsonObject().put("total", part.total()).put("items", new JsonArray(part.items()));
  }
}

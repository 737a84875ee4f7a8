package dev.toygun.api;

import dev.toygun.store.Explanations;
import dev.toygun.store.Explanations.Explained;
import dev.toygun.store.Explanations.Holding;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/resources/{type}/{uuid}/explain}: why does this wait? */
final class Explain {
  private final Resources resources;
  private final Views views;
  private final Explanations explanations;

  Explain(Resources resources, Views views, Explanations explanations) {
    this.resources = resources;
    this.views = views;
    this.explanations = explanations;
  }

  Future<Answer> resource(Call call) {
    UUID uuid = call.uuid("uuid");
    return resources
        .family(call)
        .compose(
            family ->
                TurnShow.of(views, uuid, family.tasks())
                    .compose(
                        turns ->
                            explanations
                                .of(uuid, call.caller().scope().typesWithin())
                                .map(all -> shown(all, turns))));
  }

  private static Answer shown(List<Explained> all, TurnShow turns) {
    JsonArray items = new JsonArray();
    all.forEach(one -> items.add(show(one, turns)));
    return Answer.ok(new JsonObject().put("items", items));
  }

  private static JsonObject show(Explained e, TurnShow turns) {
    return new JsonObject()
        .put("uuid", e.uuid().toString())
        .put("task", e.task().isEmpty() ? null : e.task())
        .put("state", e.state())
        .put("reason", e.reason().name().toLowerCase(java.util.Locale.ROOT))
        .put("because", because(e, turns))
        .put("due_at", TypeShow.time(e.dueAt()))
        .put("deadline_at", TypeShow.time(e.deadlineAt()))
        .put("hold", e.hold() == null ? null : text(e.hold().uuid()))
        .put("alarm", text(e.alarm()));
  }

  private static @Nullable String text(@Nullable UUID uuid) {
    return uuid == null ? null : uuid.toString();
  }

  private static String because(Explained e, TurnShow turns) {
    return switch (e.reason()) {
      case DUE_LATER -> "it is due at " + e.dueAt();
      case DUE -> "it has been due for %d s, and waits for a worker".formatted(since(e));
      case POLLING -> "it is looked at every %d s".formatted(e.everyS());
      case HELD -> e.hold() != null ? held(e.hold()) : "a person stopped its task " + e.stopped();
      case PANICKED -> "it stands still until somebody handles alarm " + e.alarm();
      case WAITING -> waiting(e, turns.of(e.uuid()));
      case RESTING -> "it rests: in this state nothing is to happen";
      case STUCK ->
          "it has been due for %d s, and workers get nowhere with it: alarm %s"
              .formatted(since(e), e.alarm());
      case LATE -> late(e);
      case LEFT_OVER ->
          "nothing explains it: that is a fault of Toygun, or of somebody's hand in its tables";
    };
  }

  private static String held(Holding hold) {
    return (hold.abandons()
            ? "it is being abandoned by %s: %s (hold %s)"
            : "%s holds it: %s (hold %s)")
        .formatted(hold.actor(), hold.reason(), hold.uuid());
  }

  private static String waiting(Explained e, @Nullable String turn) {
    if (turn != null) {
      return turn;
    }
    if (e.deadlineAt() != null) {
      return "it waits, until %s at most".formatted(e.deadlineAt());
    }
    if (e.task().isEmpty() && e.tasks() == 0 && e.children() == 0) {
      return "it waits for what is below it, which this key is not for";
    }
    return e.task().isEmpty()
        ? "it waits for %s and %s of it"
            .formatted(
                active(e.tasks(), "task", "tasks"), active(e.children(), "child", "children"))
        : "it waits for a signal, or for a change of what it sees";
  }

  private static String active(long n, String one, String many) {
    return "%d active %s".formatted(n, n == 1 ? one : many);
  }

  private static String late(Explained e) {
    Instant published = e.published();
    String worker =
        published == null
            ? "no worker has ever published it"
            : "a worker last published it at " + published;
    return "it has been due for %d s: is there a worker that takes %s version %d from queue %s? %s"
        .formatted(since(e), e.list().type(), e.list().version(), e.list().queue(), worker);
  }

  private static long since(Explained e) {
    Instant due = e.dueAt();
    return due == null ? 0 : Duration.between(due, e.now()).toSeconds();
  }
}

package dev.toygun.api;

import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether the API can do its work: it asks each thing that it needs. */
final class Readiness {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /* Anybody may ask, so asking often must not mean asking the database often. */
  private static final Duration BELIEVED = Duration.ofSeconds(1);

  private final List<Need> needs;
  private final Time time;
  private @Nullable Future<JsonArray> last;
  private long asked;

  Readiness(List<Need> needs, Time time) {
    this.needs = List.copyOf(needs);
    this.time = time;
  }

  /** {@code GET /health}. */
  Future<Answer> health(Call call) {
    return Future.succeededFuture(Answer.ok(new JsonObject().put("status", "up")));
  }

  /** {@code GET /ready}. */
  Future<Answer> ready(Call call) {
    Future<JsonArray> reasons = last;
    if (reasons == null || time.nanos() - asked > BELIEVED.toNanos()) {
      reasons = ask();
      last = reasons;
      asked = time.nanos();
    }
    return reasons.map(
        found ->
            Answer.of(
                found.isEmpty() ? 200 : 503,
                new JsonObject().put("ready", found.isEmpty()).put("reasons", found)));
  }

  private Future<JsonArray> ask() {
    List<Future<String>> answers = new ArrayList<>();
    for (Need need : needs) {
      answers.add(
          need.check()
              .get()
              .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .map(there -> "")
              .otherwise(e -> need.name() + ": " + reason(e)));
    }
    return Future.join(answers)
        .map(
            all -> {
              JsonArray reasons = new JsonArray();
              answers.stream().map(Future::result).filter(r -> !r.isEmpty()).forEach(reasons::add);
              return reasons;
            });
  }

  /* Anybody may ask, so hosts and users of other servers are not told. */
  private static String reason(Throwable failure) {
    return Unavailable.caused(failure) ? "does not answer" : String.valueOf(failure.getMessage());
  }
}

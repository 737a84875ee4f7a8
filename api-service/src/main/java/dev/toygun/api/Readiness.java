package dev.toygun.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether the API can do its work: it asks each thing that it needs. */
final class Readiness {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final List<Need> needs;

  Readiness(List<Need> needs) {
    this.needs = List.copyOf(needs);
  }

  /** {@code GET /health}. */
  Future<Answer> health(Call call) {
    return Future.succeededFuture(Answer.ok(new JsonObject().put("status", "up")));
  }

  /** {@code GET /ready}. */
  Future<Answer> ready(Call call) {
    List<Future<String>> asked = new ArrayList<>();
    for (Need need : needs) {
      asked.add(
          need.check()
              .get()
              .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .map(there -> "")
              .otherwise(e -> need.name() + ": " + reason(e)));
    }
    return Future.join(asked)
        .map(
            all -> {
              JsonArray reasons = new JsonArray();
              asked.stream().map(Future::result).filter(r -> !r.isEmpty()).forEach(reasons::add);
              return Answer.of(
                  reasons.isEmpty() ? 200 : 503,
                  new JsonObject().put("ready", reasons.isEmpty()).put("reasons", reasons));
            });
  }

  /* Anybody may ask, so hosts and users of other servers are not told. */
  private static String reason(Throwable failure) {
    return Unavailable.caused(failure) ? "does not answer" : String.valueOf(failure.getMessage());
  }
}

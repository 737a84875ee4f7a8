package dev.toygun.api;

import dev.toygun.store.BreakerDefinition;
import dev.toygun.store.BreakerOperations;
import dev.toygun.store.BreakerRow;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers.Declared;
import dev.toygun.store.Breakers.Standing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Breakers: how they stand, and what a person does about them. */
final class Breakers {
  private final BreakerOperations operations;

  Breakers(BreakerOperations operations) {
    this.operations = operations;
  }

  /** {@code GET /v1/breakers}. */
  Future<Answer> list(Call call) {
    return operations
        .all()
        .compose(
            all ->
                operations
                    .waiting()
                    .map(
                        waiting -> {
                          JsonArray items = new JsonArray();
                          all.forEach(one -> items.add(show(one, waiting)));
                          return Answer.ok(new JsonObject().put("items", items));
                        }));
  }

  /** {@code POST /v1/breakers/{name}:open}. */
  Future<Answer> open(Call call) {
    Instant until = Bodies.time(call.body(), "until");
    return shown(operations.open(call.text("name"), until, call.by()));
  }

  /** {@code POST /v1/breakers/{name}:close}. */
  Future<Answer> close(Call call) {
    return shown(operations.close(call.text("name"), call.by()));
  }

  private Future<Answer> shown(Future<Standing> changed) {
    return changed.compose(
        one -> operations.waiting().map(waiting -> Answer.ok(show(one, waiting))));
  }

  private static JsonObject show(Standing one, Map<String, Long> waiting) {
    BreakerRow row = one.row();
    Declared declared = one.declared();
    boolean opened = row.version() > 0;
    return new JsonObject()
        .put("name", row.name())
        .put("state", row.state().stored())
        .put("tasks", new JsonArray(declared == null ? one.kept() : declared.tasks()))
        .put("opens", declared == null ? null : opens(declared.definition()))
        .put("failed", one.failed())
        .put("good", one.good())
        .put("waiting", waiting.getOrDefault(row.name(), 0L))
        .put("since", opened ? row.since().toString() : null)
        .put("until", TypeShow.time(row.until()))
        .put("times", row.times())
        .put("by_hand", row.isByHand())
        .put("actor", opened ? row.actor() : null)
        .put("reason", reason(row));
  }

  private static @Nullable String reason(BreakerRow row) {
    return row.state() == State.CLOSED && row.version() == 0 ? null : row.reason();
  }

  private static JsonObject opens(BreakerDefinition definition) {
    return new JsonObject()
        .put("tries", definition.tries())
        .put("ratio", definition.ratio())
        .put("within", definition.within())
        .put("open_for", definition.openFor())
        .put("probes", definition.probes())
        .put("severity", definition.severity());
  }
}

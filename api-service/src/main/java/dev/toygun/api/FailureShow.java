package dev.toygun.api;

import dev.toygun.store.ErrorRow;
import dev.toygun.store.Views.AlarmRow;
import dev.toygun.store.Views.Moved;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves, errors and alarms, as they are shown. */
final class FailureShow {
  private FailureShow() {}

  static JsonObject moved(Moved m) {
    return new JsonObject()
        .put("step", m.transition().step())
        .put("from", m.transition().from())
        .put("to", m.transition().to())
        .put("cause", m.cause())
        .put("actor", m.actor())
        .put("message", m.transition().message())
        .put("error", text(m.transition().error()))
        .put("changed", new JsonArray(m.transition().changed()))
        .put("worker", m.worker())
        .put("build", m.build())
        .put("trace_id", m.trace())
        .put("at", m.at().toString());
  }

  static JsonObject error(ErrorRow e, boolean stack) {
    JsonObject shown =
        new JsonObject()
            .put("uuid", e.uuid().toString())
            .put("resource", e.subject().resource().toString())
            .put("subject", e.subject().uuid().toString())
            .put("kind", e.kind())
            .put("message", e.message())
            .put("attributes", Fields.attributes(e.attrs()))
            .put("state", e.state())
            .put("step", e.step())
            .put("attempt", e.attempt())
            .put("worker", e.worker())
            .put("build", e.build())
            .put("at", e.at().toString());
    return stack ? shown.put("stack", e.stack()) : shown;
  }

  static JsonObject alarm(AlarmRow a) {
    return new JsonObject()
        .put("uuid", a.uuid().toString())
        .put("resource", a.subject().resource().toString())
        .put("subject", a.subject().uuid().toString())
        .put("name", a.name())
        .put("state", a.state())
        .put("severity", a.severity())
        .put("message", a.message())
        .put("error", text(a.error()))
        .put("created_at", a.createdAt().toString())
        .put("updated_at", a.updatedAt().toString())
        .put("ended_at", TypeShow.time(a.endedAt()));
  }

  private static @Nullable String text(@Nullable UUID uuid) {
    return uuid == null ? null : uuid.toString();
  }
}

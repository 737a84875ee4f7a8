package dev.toygun.api;

import dev.toygun.store.ErrorGroup;
import dev.toygun.store.ErrorOf;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Views.AlarmRow;
import dev.toygun.store.Views.DeliveryRow;
import dev.toygun.store.Views.HopRow;
import dev.toygun.store.Views.Moved;
import dev.toygun.store.Views.Noted;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moves, errors and alarms, as they are shown. */
final class FailureShow {
  private static final Pattern BY_LEVEL = Pattern.compile("[a-z_]+ by level \\d+: ");

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

  /** A move of an alarm, to whom does not see what is above: it may name that, and how far up. */
  static JsonObject within(JsonObject move) {
    boolean names =
        "folded".equals(move.getString("to"))
            || BY_LEVEL.matcher(move.getString("message", "")).lookingAt();
    return names ? move.put("message", "") : move;
  }

  /** A move of a history, with what was said while it stayed where that led. */
  static JsonObject moved(Moved m, List<Noted> notes) {
    long step = m.transition().step();
    JsonArray said = new JsonArray();
    for (Noted note : notes) {
      if (note.step() == step || (step == 1 && note.step() == 0)) {
        said.add(
            new JsonObject()
                .put("message", note.message())
                .put("cause", note.cause())
                .put("actor", note.actor())
                .put("worker", note.worker())
                .put("at", note.at().toString()));
      }
    }
    return moved(m).put("notes", said);
  }

  static JsonObject error(ErrorOf of, boolean stack) {
    ErrorRow e = of.error();
    JsonObject shown =
        new JsonObject()
            .put("uuid", e.uuid().toString())
            .put("resource", e.subject().resource().toString())
            .put("subject", e.subject().uuid().toString())
            .put("type", of.type())
            .put("label", of.label())
            .put("task", of.task())
            .put("kind", e.kind())
            .put("message", e.message())
            .put("stack_hash", e.stackHash())
            .put("attributes", Fields.attributes(e.attrs()))
            .put("state", e.state())
            .put("step", e.step())
            .put("attempt", e.attempt())
            .put("worker", e.worker())
            .put("build", e.build())
            .put("at", e.at().toString());
    return stack ? shown.put("stack", e.stack()) : shown;
  }

  static JsonObject group(ErrorGroup g) {
    return new JsonObject()
        .put("kind", g.kind())
        .put("stack_hash", g.stackHash())
        .put("count", g.count())
        .put("resources", g.resources())
        .put("first_at", g.firstAt().toString())
        .put("last_at", g.lastAt().toString())
        .put("last", g.last().toString())
        .put("message", g.message());
  }

  static JsonObject hop(HopRow h) {
    return new JsonObject()
        .put("level", h.level())
        .put("resource", h.resource().toString())
        .put("decision", h.decision())
        .put("reason", h.reason())
        .put("at", h.at().toString())
        .put("due_at", TypeShow.time(h.dueAt()))
        .put("decided_at", TypeShow.time(h.decidedAt()));
  }

  static JsonObject alarm(AlarmRow a) {
    return new JsonObject()
        .put("uuid", a.uuid().toString())
        .put("resource", a.subject().resource().toString())
        .put("subject", a.subject().uuid().toString())
        .put("type", a.type())
        .put("label", a.label())
        .put("name", a.name())
        .put("task", a.task())
        .put("state", a.state())
        .put("severity", a.severity())
        .put("message", a.message())
        .put("error", text(a.error()))
        .put("acknowledged_by", a.acknowledged())
        .put("snoozed_until", TypeShow.time(a.snoozedUntil()))
        .put("under", text(a.under()))
        .put("runbook", a.runbook())
        .put("created_at", a.createdAt().toString())
        .put("opened_at", TypeShow.time(a.openedAt()))
        .put("updated_at", a.updatedAt().toString())
        .put("ended_at", TypeShow.time(a.endedAt()));
  }

  static JsonObject delivery(DeliveryRow d) {
    return new JsonObject()
        .put("uuid", d.uuid().toString())
        .put("alarm", text(d.alarm()))
        .put("error", text(d.error()))
        .put("name", d.name())
        .put("sink", d.sink())
        .put("event", d.event())
        .put("state", d.state())
        .put("tries", d.tries())
        .put("due_at", TypeShow.time(d.dueAt()))
        .put("last_error", d.lastError())
        .put("created_at", d.createdAt().toString())
        .put("sent_at", TypeShow.time(d.sentAt()));
  }

  private static @Nullable String text(@Nullable UUID uuid) {
    return uuid == null ? null : uuid.toString();
  }
}

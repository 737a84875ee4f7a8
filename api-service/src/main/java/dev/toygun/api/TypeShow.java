package dev.toygun.api;

import dev.toygun.AlarmType;
import dev.toygun.Constraints;
import dev.toygun.FieldType;
import dev.toygun.codec.ConstraintCheck;
import dev.toygun.codec.ConstraintText;
import dev.toygun.store.BreakerDefinition;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.AlarmDefinition;
import dev.toygun.store.TypeDefinition.BrakeDefinition;
import dev.toygun.store.TypeDefinition.EfficacyDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.QuotaDefinition;
import dev.toygun.store.TypeDefinition.RateDefinition;
import dev.toygun.store.TypeDefinition.SharedDefinition;
import dev.toygun.store.TypeDefinition.SignalDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.Views.PublishedType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Types, as they are shown. */
final class TypeShow {
  JsonObject type(PublishedType published) {
    TypeDefinition t = published.definition();
    return new JsonObject()
        .put("name", t.name())
        .put("version", t.version())
        .put("versions", new JsonArray(published.versions()))
        .put("queue", t.queue())
        .put("priority", t.priority().toString())
        .put("first", t.first())
        .put("fields", array(t.fields(), this::field))
        .put("states", array(t.states(), this::state))
        .put("edges", edges(t.states()))
        .put("tasks", array(t.tasks(), this::task))
        .put("children", new JsonArray(t.children()))
        .put("alarms", alarms(t))
        .put("alarm_types", array(t.alarms(), TypeShow::alarm))
        .put("keep", t.keepSeconds())
        .put("restarts", rate(t.restarts()))
        .put("quota", quota(t.quota()))
        .put("diagram", t.diagram())
        .put("builds", new JsonArray(published.builds()))
        .put("last_seen", time(published.lastSeen()))
        .put(
            "links",
            new JsonObject()
                .put("self", "/v1/types/" + t.name())
                .put("resources", "/v1/resources/" + t.name()));
  }

  private static @Nullable JsonObject quota(@Nullable QuotaDefinition quota) {
    return quota == null
        ? null
        : new JsonObject().put("used_seconds", quota.used()).put("per", quota.per());
  }

  /** Those that every task has for nothing, and its own. */
  private static JsonArray alarms(TypeDefinition t) {
    JsonArray names =
        new JsonArray()
            .add(AlarmType.PANIC)
            .add(AlarmType.TIMEOUT)
            .add(AlarmType.STUCK)
            .add(AlarmType.TRIGGER);
    if (t.restarts() != null) {
      names.add(AlarmType.RESTARTS);
    }
    if (t.tasks().stream().anyMatch(task -> mayAsk(task.limits()))) {
      names.add(AlarmType.APPROVAL);
    }
    t.alarms().forEach(alarm -> names.add(alarm.name()));
    return names;
  }

  private static JsonObject alarm(AlarmDefinition a) {
    return new JsonObject()
        .put("name", a.name())
        .put("severity", a.severity())
        .put("judged", a.judged())
        .put("for_at_least", a.forAtLeast())
        .put("escalate_after", a.escalateAfter())
        .put(
            "repair",
            a.repair() == null
                ? null
                : new JsonObject()
                    .put("task", a.repair())
                    .put("most", a.repairMost())
                    .put("within", a.repairWindow()))
        .put("suggested", new JsonArray(a.suggested()))
        .put("runbook", a.runbook());
  }

  private static boolean mayAsk(@Nullable LimitsDefinition limits) {
    return limits != null && (limits.approval() || limits.demoteBelow() != null);
  }

  private JsonObject task(TaskDefinition t) {
    return new JsonObject()
        .put("name", t.name())
        .put("shared", t.shared())
        .put("internal", t.internal())
        .put("exits", t.exits())
        .put("starts_when", t.startsWhen())
        .put("stops_when", t.stopsWhen())
        .put(
            "keep", new JsonObject().put("runs", t.keeps().runs()).put("seconds", t.keeps().time()))
        .put("schedule", ScheduleShow.of(t))
        .put("within", t.within())
        .put("limits", limits(t.limits()))
        .put("first", t.first())
        .put("fields", array(t.fields(), this::field))
        .put("states", array(t.states(), this::state))
        .put("edges", edges(t.states()))
        .put("diagram", t.diagram());
  }

  private static @Nullable JsonObject limits(@Nullable LimitsDefinition limits) {
    if (limits == null) {
      return null;
    }
    SharedDefinition shared = limits.shared();
    BrakeDefinition brake = limits.brake();
    BreakerDefinition breaker = limits.breaker();
    return new JsonObject()
        .put("breaker", breaker == null ? null : breaker.name())
        .put("concurrency", limits.concurrency())
        .put("rate", rate(limits.rate()))
        .put("shared", shared == null ? null : shared(shared))
        .put(
            "brake",
            brake == null
                ? null
                : new JsonObject()
                    .put("percent", brake.percent())
                    .put("per_parent", brake.perParent()))
        .put("approval", limits.approval())
        .put("demote_below", limits.demoteBelow() == null ? null : efficacy(limits.demoteBelow()));
  }

  private static @Nullable JsonObject rate(@Nullable RateDefinition rate) {
    return rate == null ? null : new JsonObject().put("runs", rate.runs()).put("per", rate.per());
  }

  private static JsonObject shared(SharedDefinition limit) {
    return new JsonObject()
        .put("name", limit.name())
        .put("concurrency", limit.concurrency())
        .put("rate", rate(limit.rate()));
  }

  static JsonObject efficacy(EfficacyDefinition least) {
    return new JsonObject().put("percent", least.percent()).put("runs", least.runs());
  }

  private JsonObject field(FieldDefinition f) {
    Constraints constraints = ConstraintText.parse(f.constraints());
    return new JsonObject()
        .put("name", f.name())
        .put("type", f.type())
        .put("required", f.required())
        .put("secret", f.secret())
        .put("internal", f.internal())
        .put("indexed", f.indexed())
        .put("initial", Plain.shown(Fields.initial(f), false))
        .put("formerly", new JsonArray(f.formerly()))
        .put("takes", ConstraintCheck.expected(constraints, FieldType.parse(f.type())).orElse(null))
        .put("constraints", constraints(constraints));
  }

  private static @Nullable JsonObject constraints(Constraints c) {
    return c.isNone() ? null : bounds(c).put("each", c.each() == null ? null : bounds(c.each()));
  }

  private static JsonObject bounds(Constraints c) {
    return new JsonObject()
        .put("one_of", Plain.shown(c.oneOf(), false))
        .put("min", Plain.shown(c.min(), false))
        .put("max", Plain.shown(c.max(), false))
        .put("min_length", c.minLength())
        .put("max_length", c.maxLength())
        .put("pattern", c.pattern());
  }

  private JsonObject state(StateDefinition s) {
    return new JsonObject()
        .put("name", s.name())
        .put("code", s.code())
        .put("to", new JsonArray(s.to()))
        .put("finishes", s.finishes())
        .put("on_delete", s.onDelete())
        .put("rests", s.rests())
        .put("waits", s.waits())
        .put("signals", array(s.signals(), this::signal))
        .put("every", s.every())
        .put("within", s.within())
        .put("limit", s.limit())
        .put("retries", s.retries())
        .put("formerly", new JsonArray(s.formerly()));
  }

  private JsonObject signal(SignalDefinition s) {
    return new JsonObject().put("name", s.name()).put("fields", array(s.fields(), this::field));
  }

  private static JsonArray edges(List<StateDefinition> states) {
    JsonArray edges = new JsonArray();
    for (StateDefinition state : states) {
      state.to().forEach(to -> edges.add(new JsonObject().put("from", state.name()).put("to", to)));
    }
    return edges;
  }

  static <T> JsonArray array(List<T> list, Function<T, JsonObject> show) {
    JsonArray array = new JsonArray();
    list.forEach(one -> array.add(show.apply(one)));
    return array;
  }

  static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}

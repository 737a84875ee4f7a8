package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.store.ErrorOf;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Family;
import dev.toygun.store.Hold;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Place;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.SignalRow;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.FieldDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.Views.Around;
import dev.toygun.time.Time;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Resources and tasks as they are shown, and what can be done with them, or why not. */
final class MachineShow {
  private static final String ENDED = "it has ended";
  private static final String LEAVING = "it is being taken down";
  private static final String NOT_HELD = "nobody holds it itself; /v1/holds has what is held";

  private final Fields fields;
  private final Time time;

  MachineShow(Fields fields, Time time) {
    this.fields = fields;
    this.time = time;
  }

  /**
   * As one of a list.
   *
   * @param parent what its parent is called; null where it has none
   * @param held the hold that holds it; null where nobody does
   */
  JsonObject summary(
      TypeDefinition type,
      ResourceRow row,
      @Nullable Place parent,
      @Nullable JsonObject held,
      boolean decorated) {
    MachineRow m = row.machine();
    return new JsonObject()
        .put("uuid", row.uuid().toString())
        .put("type", row.type())
        .put("schema_version", m.list().version())
        .put("label", row.label())
        .put("parent", row.parent() == null ? null : row.parent().toString())
        .put("parent_type", parent == null ? null : parent.type())
        .put("parent_label", parent == null ? null : parent.label())
        .put("state", m.state())
        .put("step", m.step())
        .put("version", m.version())
        .put("active", m.active())
        .put("deleting", row.deleting() != Deleting.NO)
        .put("availability", row.availability().stored())
        .put("held", held)
        .put("due_at", TypeShow.time(m.dueAt()))
        .put("fields", fields.show(type.fields(), m.attrs(), decorated))
        .put("created_at", TypeShow.time(m.createdAt()))
        .put("updated_at", TypeShow.time(m.updatedAt()))
        .put("ended_at", TypeShow.time(m.endedAt()))
        .put("links", links(row));
  }

  /**
   * With all that hangs off it.
   *
   * @param places it and what is above it
   */
  JsonObject resource(
      TypeDefinition type,
      Family family,
      Around around,
      Map<UUID, Place> places,
      TurnShow turns,
      boolean decorated) {
    ResourceRow row = family.resource();
    JsonObject types = new JsonObject();
    for (FieldDefinition field : type.fields()) {
      types.put(field.name(), field.type());
    }
    Optional<ErrorRow> error =
        family.errors().stream().filter(e -> e.uuid().equals(row.machine().error())).findFirst();
    @Nullable Place parent = row.parent() == null ? null : places.get(row.parent());
    return summary(type, row, parent, held(around.hold(), places), decorated)
        .put("deadline_at", TypeShow.time(row.machine().deadlineAt()))
        .put("field_types", types)
        .put("tasks", tasks(type, family, around, turns))
        .put("children", new JsonObject().put("total", around.children()))
        .put("restarts", RestartShow.of(type, family, time.now()))
        .put("waits_for", Blockers.of(family, around))
        .put("signals", TypeShow.array(family.signals(), signal -> signal(family, signal)))
        .put("alarms", TypeShow.array(around.alarms(), FailureShow::alarm))
        .put(
            "error",
            error
                .map(e -> FailureShow.error(new ErrorOf(e, row.type(), row.label(), null), false))
                .orElse(null))
        .put("actions", actions(type, family, around));
  }

  /* Whatever holds it is above it, if it is not for itself. */
  private static @Nullable JsonObject held(@Nullable Hold hold, Map<UUID, Place> places) {
    if (hold == null) {
      return null;
    }
    return HoldShow.show(hold, hold.resource() == null ? null : places.get(hold.resource()));
  }

  /* Not what it carries: that may be secret, and only its code knows what it means. */
  private static JsonObject signal(Family family, SignalRow signal) {
    return new JsonObject()
        .put("uuid", signal.uuid().toString())
        .put("type", signal.type())
        .put("task", family.task(signal.subject()).map(TaskRow::name).orElse(null))
        .put("from", signal.from())
        .put("sent_at", signal.sentAt().toString());
  }

  private static JsonArray tasks(
      TypeDefinition type, Family family, Around around, TurnShow turns) {
    @Nullable Hold abandons = around.abandons();
    JsonArray all = new JsonArray();
    for (TaskDefinition task : type.tasks()) {
      @Nullable TaskRow run = family.task(task.name()).orElse(null);
      @Nullable String no = whyNot(task, family.resource(), run);
      @Nullable String why = no != null || abandons == null ? no : abandoned(abandons);
      all.add(
          new JsonObject()
              .put("uuid", run == null ? null : run.key().uuid().toString())
              .put("name", task.name())
              .put("run", run == null ? 0 : run.run())
              .put("state", run == null ? null : run.machine().state())
              .put("status", status(run == null ? TaskStatus.ABSENT : run.status()))
              .put("step", run == null ? null : run.machine().step())
              .put("waits_for", run == null ? null : turns.of(run.key().uuid()))
              .put("can_start", why == null)
              .put("why_not", why)
              .put("trigger", TriggerShow.of(task, family.resource(), run, around))
              .put("schedule", ScheduleShow.of(task, family.resource(), around)));
    }
    return all;
  }

  /** Why a task cannot be started now; null if it can. */
  private static @Nullable String whyNot(
      TaskDefinition task, ResourceRow resource, @Nullable TaskRow run) {
    if (BuiltIn.reserved(task.name())) {
      return BuiltIn.isOfItsLife(TaskName.of(task.name()))
          ? "Toygun itself starts it"
          : "it is for a restart of the resource";
    }
    if (task.internal()) {
      return "it is internal: only its resource starts it";
    }
    if (!resource.machine().active()) {
      return "the resource has ended";
    }
    if (resource.deleting() != Deleting.NO) {
      return "the resource is being taken down";
    }
    return run != null && run.machine().active() ? "it runs already" : null;
  }

  private static JsonArray actions(TypeDefinition type, Family family, Around around) {
    ResourceRow row = family.resource();
    MachineRow m = row.machine();
    String self = self(row);
    @Nullable Hold abandons = around.abandons();
    @Nullable String ended = m.active() ? null : ENDED;
    @Nullable String gone = gone(m, abandons);
    @Nullable String leaving = row.deleting() == Deleting.NO ? null : LEAVING;
    @Nullable String unfit = leaving == null ? RestartShow.whyNot(type, family) : leaving;
    boolean goesAlready = abandons != null && row.uuid().equals(abandons.resource());
    return new JsonArray()
        .add(action("change", "PATCH", self, gone))
        .add(action("delete", "DELETE", self, gone != null ? gone : leaving))
        .add(action("retry", "POST", self + ":retry", gone != null ? gone : notStuck(m)))
        .add(action("rewind", "POST", self + ":rewind", gone))
        .add(action("restart", "POST", self + ":restart", gone == null ? unfit : gone))
        .add(action("tick", "POST", self + ":tick", gone))
        .add(action("signal", "POST", self + ":signal", gone != null ? gone : deaf(type.states())))
        .add(action("hold", "POST", self + ":hold", ended))
        .add(action("release", "POST", self + ":release", around.isHeldItself() ? null : NOT_HELD))
        .add(action("abandon", "POST", self + ":abandon", goesAlready ? ended : gone));
  }

  /** Why nothing can be asked of it; null if something can. */
  private static @Nullable String gone(MachineRow m, @Nullable Hold abandons) {
    if (!m.active()) {
      return ENDED;
    }
    return abandons == null ? null : abandoned(abandons);
  }

  private static String abandoned(Hold hold) {
    return "it is being abandoned by %s: %s".formatted(hold.actor(), hold.reason());
  }

  private static @Nullable String notStuck(MachineRow m) {
    return List.of(BuiltIn.PANIC, BuiltIn.TIMEOUT).contains(m.state())
        ? null
        : "only what is panicked or timed out can be retried; it is in " + m.state();
  }

  private static @Nullable String deaf(List<StateDefinition> states) {
    return states.stream().allMatch(state -> state.signals().isEmpty())
        ? "no state of it takes a signal"
        : null;
  }

  private static @Nullable String notAsking(TaskRow run) {
    return run.waitsForApproval() ? null : "it does not wait for approval";
  }

  private static JsonObject action(String name, String method, String href, @Nullable String why) {
    return new JsonObject()
        .put("name", name)
        .put("allowed", why == null)
        .put("why_not", why)
        .put("method", method)
        .put("href", href);
  }

  /**
   * A run of a task.
   *
   * @param abandons what abandons its resource; null where nobody does
   * @param waitsFor what it waits for to begin; null where it does not
   */
  JsonObject task(
      TypeDefinition type,
      TaskRow row,
      @Nullable Hold abandons,
      @Nullable String waitsFor,
      boolean decorated) {
    MachineRow m = row.machine();
    List<FieldDefinition> declared =
        type.task(row.name()).map(TaskDefinition::fields).orElse(List.of());
    String self = "/v1/tasks/" + row.key().uuid();
    @Nullable String gone = gone(m, abandons);
    return new JsonObject()
        .put("uuid", row.key().uuid().toString())
        .put("resource", row.key().resource().toString())
        .put("type", m.list().type())
        .put("schema_version", m.list().version())
        .put("name", row.name())
        .put("run", row.run())
        .put("state", m.state())
        .put("status", status(row.status()))
        .put("waits_for", waitsFor)
        .put("step", m.step())
        .put("version", m.version())
        .put("active", m.active())
        .put("outcome", row.outcome() == null ? null : row.outcome().stored())
        .put("fields", fields.show(declared, m.attrs(), decorated))
        .put("args", fields.show(declared, row.args(), decorated))
        .put("started_by", row.startedBy())
        .put("cause", row.cause().stored())
        .put("due_at", TypeShow.time(m.dueAt()))
        .put("deadline_at", TypeShow.time(m.deadlineAt()))
        .put("run_deadline_at", TypeShow.time(m.runDeadlineAt()))
        .put("every", m.everyS())
        .put("error", m.error() == null ? null : m.error().toString())
        .put(
            "actions",
            new JsonArray()
                .add(action("stop", "POST", self + ":stop", gone))
                .add(action("abort", "POST", self + ":abort", gone))
                .add(action("approve", "POST", self + ":approve", notAsking(row)))
                .add(action("retry", "POST", self + ":retry", gone != null ? gone : notStuck(m)))
                .add(action("rewind", "POST", self + ":rewind", gone))
                .add(
                    action(
                        "signal",
                        "POST",
                        self + ":signal",
                        gone != null
                            ? gone
                            : deaf(
                                type.task(row.name())
                                    .map(TaskDefinition::states)
                                    .orElse(List.of())))))
        .put("created_at", TypeShow.time(m.createdAt()))
        .put("updated_at", TypeShow.time(m.updatedAt()))
        .put("ended_at", TypeShow.time(m.endedAt()))
        .put(
            "links",
            new JsonObject()
                .put("self", self)
                .put("history", self + "/history")
                .put("resource", "/v1/resources/" + m.list().type() + "/" + row.key().resource()));
  }

  static String status(TaskStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  static String self(ResourceRow row) {
    return "/v1/resources/" + row.type() + "/" + row.uuid();
  }

  private static JsonObject links(ResourceRow row) {
    String self = self(row);
    return new JsonObject()
        .put("self", self)
        .put("type", "/v1/types/" + row.type())
        .put("tasks", self + "/tasks")
        .put("history", self + "/history")
        .put("errors", "/v1/errors?resource=" + row.uuid());
  }
}

package dev.toygun.api;

import dev.toygun.store.Demotion;
import dev.toygun.store.RepairOperations;
import dev.toygun.store.RepairOperations.Report;
import dev.toygun.store.Repairs.Figures;
import dev.toygun.store.Repairs.Line;
import dev.toygun.store.Repairs.Standing;
import dev.toygun.store.TypeDefinition.EfficacyDefinition;
import dev.toygun.store.Views.AlarmRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Repairs: how well they work, and that a person promotes one that was demoted. */
final class RepairShow {
  private final RepairOperations operations;

  RepairShow(RepairOperations operations) {
    this.operations = operations;
  }

  /** {@code GET /v1/repairs}. */
  Future<Answer> list(Call call) {
    @Nullable Set<String> types = call.caller().scope().types();
    return shown(line -> types == null || types.contains(line.type()))
        .map(items -> Answer.ok(new JsonObject().put("items", items)));
  }

  /** {@code POST /v1/repairs/{type}/{task}:promote}. */
  Future<Answer> promote(Call call) {
    return operations
        .promote(call.text("type"), call.text("task"), call.by())
        .map(standing -> Answer.ok(demotion(standing)));
  }

  /** What puts this alarm right, and how well: that is of a type, and not for keys of a subtree. */
  Future<JsonArray> of(AlarmRow alarm, KeyScope scope) {
    boolean ofRun = !alarm.subject().uuid().equals(alarm.subject().resource());
    return ofRun || scope.under() != null || alarm.type().startsWith("__")
        ? Future.succeededFuture(new JsonArray())
        : shown(line -> line.type().equals(alarm.type()) && line.alarm().equals(alarm.name()));
  }

  private Future<JsonArray> shown(Predicate<Line> which) {
    return operations.report(which).map(RepairShow::show);
  }

  private static JsonArray show(Report report) {
    Map<String, Standing> standing = new HashMap<>();
    report.standing().forEach(one -> standing.put(one.demotion().name(), one));
    return TypeShow.array(
        report.figures(),
        one -> show(one, standing.get(Demotion.name(one.line().type(), one.line().task()))));
  }

  private static JsonObject show(Figures one, @Nullable Standing standing) {
    Duration median = one.median();
    return new JsonObject()
        .put("type", one.line().type())
        .put("alarm", one.line().alarm())
        .put("task", one.line().task())
        .put("starts", one.line().repair() ? "by_itself" : "by_people")
        .put("automatic", one.automatic())
        .put("by_people", one.byPeople())
        .put("cleared", one.cleared())
        .put("in_vain", one.inVain())
        .put("relapsed", one.relapsed())
        .put("median_seconds", median == null ? null : median.toMillis() / 1_000.0)
        .put("summary", summary(one))
        .put("demotion", standing == null ? null : demotion(standing));
  }

  /** {@code cleared 14 of 16, 2m median, 1 relapse}. */
  private static String summary(Figures one) {
    long judged = one.cleared() + one.inVain();
    if (judged == 0) {
      return one.automatic() + one.byPeople() == 0 ? "not tried yet" : "not known yet";
    }
    Duration median = one.median();
    return "cleared %d of %d%s%s"
        .formatted(
            one.cleared(),
            judged,
            median == null ? "" : ", %s median".formatted(time(median)),
            one.relapsed() == 0
                ? ""
                : ", %d %s"
                    .formatted(one.relapsed(), one.relapsed() == 1 ? "relapse" : "relapses"));
  }

  private static String time(Duration time) {
    long seconds = Math.round(time.toMillis() / 1_000.0);
    return seconds < 100
        ? seconds + "s"
        : seconds < 6_000 ? Math.round(seconds / 60.0) + "m" : Math.round(seconds / 3_600.0) + "h";
  }

  private static JsonObject demotion(Standing standing) {
    Demotion demotion = standing.demotion();
    EfficacyDefinition least = standing.demoteBelow();
    boolean changed = demotion.version() > 0;
    return new JsonObject()
        .put("type", demotion.type())
        .put("task", demotion.task())
        .put("demoted", demotion.demoted())
        .put("since", changed ? demotion.since().toString() : null)
        .put("actor", changed ? demotion.actor() : null)
        .put("reason", changed ? demotion.reason() : null)
        .put("judged", standing.judged())
        .put("worked", standing.worked())
        .put("below", least == null ? null : TypeShow.efficacy(least));
  }
}

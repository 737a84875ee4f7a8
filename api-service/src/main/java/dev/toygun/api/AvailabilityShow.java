package dev.toygun.api;

import dev.toygun.Availability;
import dev.toygun.store.Family;
import dev.toygun.store.Observed;
import dev.toygun.store.Uptime;
import dev.toygun.store.Uptimes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** {@code GET /v1/resources/{type}/{uuid}/availability}: does it answer, and has it? */
final class AvailabilityShow {
  /** The newest periods that are shown; the sums are of all. */
  private static final int PERIODS = 100;

  private final Resources resources;
  private final Types types;
  private final Uptimes uptimes;

  AvailabilityShow(Resources resources, Types types, Uptimes uptimes) {
    this.resources = resources;
    this.types = types;
    this.uptimes = uptimes;
  }

  Future<Answer> resource(Call call) {
    Duration last = Duration.ofDays(Objects.requireNonNull(call.number("days")));
    return resources
        .family(call)
        .compose(
            family ->
                types
                    .definition(
                        family.resource().type(), family.resource().machine().list().version())
                    .compose(type -> uptimes.of(family.resource(), type, last))
                    .map(found -> Answer.ok(show(family, found))));
  }

  private static JsonObject show(Family family, Uptimes.Found found) {
    Observed observed = family.resource().observed();
    List<Uptime.Period> periods = found.uptime().periods();
    JsonObject seconds = new JsonObject();
    found.uptime().total().forEach((what, time) -> seconds.put(what.stored(), seconds(time)));
    Uptime.Period last = periods.isEmpty() ? null : periods.get(periods.size() - 1);
    Availability now = last == null ? observed.availability() : last.availability();
    var share = found.uptime().share();
    return new JsonObject()
        .put("availability", now.stored())
        .put("observed", observed.availability().stored())
        .put("misses", observed.misses())
        .put("held", found.held())
        .put("planned_until", TypeShow.time(observed.plannedUntil()))
        .put("since", TypeShow.time(last == null ? null : last.from()))
        .put("from", TypeShow.time(periods.isEmpty() ? null : periods.get(0).from()))
        .put("to", TypeShow.time(last == null ? null : last.to()))
        .put("seconds", seconds)
        .put("online_share", share.isPresent() ? share.getAsDouble() : null)
        .put("periods", periods(periods))
        .put("repairs", TypeShow.array(found.repairs(), AvailabilityShow::repairs));
  }

  private static JsonArray periods(List<Uptime.Period> periods) {
    JsonArray shown = new JsonArray();
    for (int i = periods.size() - 1; i >= Math.max(0, periods.size() - PERIODS); i--) {
      Uptime.Period period = periods.get(i);
      shown.add(
          new JsonObject()
              .put("availability", period.availability().stored())
              .put("from", TypeShow.time(period.from()))
              .put("to", TypeShow.time(period.to()))
              .put("seconds", seconds(period.time())));
    }
    return shown;
  }

  private static JsonObject repairs(Uptimes.Repairs repairs) {
    return new JsonObject()
        .put("alarm", repairs.alarm())
        .put("task", repairs.task())
        .put("total", repairs.total())
        .put("within_window", repairs.within())
        .put("most", repairs.most())
        .put("window_seconds", repairs.window().toSeconds())
        .put("used_up", repairs.usedUp());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}

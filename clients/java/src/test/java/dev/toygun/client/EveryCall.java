package dev.toygun.client;

import static dev.toygun.client.Options.*;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every method that sends something, with all that it takes. */
final class EveryCall {
  static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");
  static final NamedResource R = NamedResource.of("echo", "00000000-0000-0000-0000-000000000001");
  private static final String WHY = "why";
  private static final Map<String, Object> A = Map.of("a", 1);

  private EveryCall() {}

  static final List<Consumer<Toygun>> CALLS =
      List.of(
          t -> t.health(),
          t -> t.ready(),
          t -> t.contract(),
          t -> all(t.types().list()),
          t -> t.types().get("echo", version(1)),
          t ->
              all(
                  t.resources()
                      .list(
                          "echo",
                          label("x"),
                          state("quiet"),
                          parent(R),
                          availability("online"),
                          field("a", 1),
                          field("b", "two"),
                          uuidPrefix("0190f3"),
                          orderBy("label"),
                          ended(),
                          pageSize(5))),
          t -> t.resources().counts("echo"),
          t ->
              t.resources()
                  .create(
                      "echo",
                      Map.of("text", "x"),
                      label("x"),
                      parent(R),
                      adopt("quiet"),
                      reason(WHY)),
          t -> t.resources().get(R),
          t -> t.resources().update(R, nothing("text"), ifMatch(3), reason(WHY)),
          t -> t.resources().plan(R),
          t -> t.resources().delete(R, plan(planned("x")), ifMatch("\"3\""), reason(WHY)),
          t -> t.resources().rewind(R, state("s"), step(1), fresh(), ifMatch(3), reason(WHY)),
          t -> t.resources().retry(R, ifMatch(3), reason(WHY)),
          t -> t.resources().restart(R, force(), ifMatch(3), reason(WHY)),
          t -> t.resources().tick(R, reason(WHY)),
          t -> t.resources().signal(R, "go", A, reason(WHY)),
          t -> t.resources().hold(R, WHY, until(NOW)),
          t -> t.resources().release(R, reason(WHY)),
          t -> t.resources().abandon(R, WHY, ifMatch(3)),
          t -> t.resources().reveal(R, "token", WHY),
          t -> all(t.resources().history(R, orderBy("step desc"), pageSize(5))),
          t -> all(t.resources().tree(R, pageSize(5))),
          t -> t.resources().explain(R),
          t -> t.resources().availability(R, days(2)),
          t -> all(t.tasks().list(R, pageSize(5))),
          t ->
              all(
                  t.tasks()
                      .runs(
                          type("echo"),
                          task("say"),
                          status("running"),
                          since(NOW),
                          until(NOW),
                          pageSize(5))),
          t -> t.tasks().get(R),
          t -> t.tasks().explain(R),
          t -> t.tasks().start(R, "say", A, reason(WHY)),
          t -> t.tasks().stop(R, ifMatch(3), reason(WHY)),
          t -> t.tasks().abort(R, ifMatch(3), reason(WHY)),
          t -> t.tasks().approve(R, ifMatch(3), reason(WHY)),
          t -> t.tasks().retry(R, ifMatch(3), reason(WHY)),
          t -> t.tasks().rewind(R, state("s"), step(1), fresh(), ifMatch(3), reason(WHY)),
          t -> t.tasks().signal(R, "go", A, reason(WHY)),
          t -> t.tasks().reveal(R, "token", WHY),
          t -> all(t.tasks().history(R, orderBy("step desc"), pageSize(5))),
          t ->
              t.events().follow(resource(R), lastEventId("e.1.2"), patience(Duration.ZERO)).close(),
          t -> all(t.alarms().list(resource(R), state("open"), closed(), pageSize(5))),
          t -> t.alarms().counts(),
          t -> t.alarms().get(R),
          t -> all(t.alarms().history(R, orderBy("step desc"), pageSize(5))),
          t -> t.alarms().ack(R, until(NOW), ifMatch(3), reason(WHY)),
          t -> t.alarms().snooze(R, NOW, ifMatch(3), reason(WHY)),
          t -> t.alarms().lift(R, NOW, WHY, ifMatch(3)),
          t -> t.alarms().ignore(R, ifMatch(3), reason(WHY)),
          t -> t.alarms().unignore(R, ifMatch(3), reason(WHY)),
          t -> t.alarms().close(R, ifMatch(3), reason(WHY)),
          t -> all(t.errors().list(resource(R), kind("k"), stackHash("h"), pageSize(5))),
          t -> t.errors().get(R),
          t -> t.errors().groups(hours(2), most(5)),
          t -> t.holds().list(),
          t -> t.holds().create("type", WHY, name("echo"), resource(R), until(NOW)),
          t -> t.holds().release(R, reason(WHY)),
          t -> t.breakers().list(),
          t -> t.breakers().open("ledger", WHY, until(NOW)),
          t -> t.breakers().close("ledger", WHY),
          t -> t.repairs().list(),
          t -> t.repairs().promote("echo", "say", WHY),
          t -> t.queues().list(),
          t -> t.workers().list(),
          t -> t.usage().get(by("tree"), within(Duration.ofHours(2)), under(R), most(5)),
          t -> all(t.bulk().list(pageSize(5))),
          t ->
              t.bulk()
                  .create(
                      "echo",
                      "start",
                      filter("state=up"),
                      task("say"),
                      args(A),
                      signal("go"),
                      fields(A),
                      rate("10/s"),
                      canary(5),
                      watch(Duration.ofSeconds(60)),
                      haltAfter(3),
                      haltShare(5),
                      reason(WHY)),
          t -> t.bulk().get(R),
          t -> all(t.bulk().items(R, result("failed"), pageSize(5))),
          t -> t.bulk().pause(R, reason(WHY)),
          t -> t.bulk().resume(R, reason(WHY)),
          t -> t.bulk().cancel(R, reason(WHY)),
          t -> t.sinks().list(),
          t -> t.sinks().get("ops"),
          t ->
              t.sinks()
                  .create(
                      "ops",
                      "log",
                      A,
                      minSeverity("info"),
                      types("echo"),
                      under(R),
                      active(true),
                      reason(WHY)),
          t ->
              t.sinks()
                  .update(
                      "ops",
                      A,
                      minSeverity("info"),
                      ofAllTypes(),
                      everywhere(),
                      active(true),
                      ifMatch(3),
                      reason(WHY)),
          t -> t.sinks().delete("ops", ifMatch(3), reason(WHY)),
          t -> t.sinks().test("ops", reason(WHY)),
          t -> all(t.deliveries().list(state("sent"), pageSize(5))),
          t -> t.deliveries().get(R),
          t -> t.deliveries().retry(R, reason(WHY)),
          t ->
              all(
                  t.audit()
                      .list(
                          actor("key:a"),
                          action("a"),
                          subject(R),
                          outcome("denied"),
                          since(NOW),
                          until(NOW),
                          pageSize(5))),
          t -> all(t.keys().list(pageSize(5))),
          t ->
              t.keys().create("ci", "viewer", types("echo"), under(R), expiresAt(NOW), reason(WHY)),
          t -> t.keys().revoke(R, reason(WHY)));

  /** What can be checked without being done. */
  static final List<Consumer<Toygun>> CHECKS =
      List.of(
          t -> t.resources().create("echo", Map.of()),
          t -> t.resources().update(R, Map.of()),
          t -> t.resources().delete(R),
          t -> t.resources().rewind(R, step(1)),
          t -> t.resources().retry(R),
          t -> t.resources().restart(R),
          t -> t.resources().tick(R),
          t -> t.resources().signal(R, "go", Map.of()),
          t -> t.resources().hold(R, WHY),
          t -> t.resources().abandon(R, WHY),
          t -> t.tasks().start(R, "say"),
          t -> t.tasks().stop(R),
          t -> t.tasks().abort(R),
          t -> t.tasks().approve(R),
          t -> t.tasks().retry(R),
          t -> t.tasks().rewind(R, step(1)),
          t -> t.tasks().signal(R, "go", Map.of()),
          t -> t.holds().create("all", WHY),
          t -> t.bulk().create("echo", "delete"),
          t -> t.sinks().create("ops", "log", Map.of()),
          t -> t.sinks().update("ops"));

  private static void all(Listing<?> list) {
    list.forEach(one -> {});
  }

  private static Plan planned(String plan) {
    return new Plan(Json.read(Json.write(Map.of("plan", plan))));
  }

  private static Map<String, ?> nothing(String field) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put(field, null);
    return fields;
  }
}

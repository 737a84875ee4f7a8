package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.testing.contract.OutboxContract;
import dev.toygun.testing.contract.OutboxUpkeepContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The outbox in Postgres, and what is written into it when an alarm opens and closes. */
class PgOutboxTest extends PgOutboxRig implements OutboxContract, OutboxUpkeepContract {
  private static final UUID SYSTEM = new UUID(0, 0);

  @Test
  void whoTakesTheSeverityIsToldAndNobodyElse() {
    ResourceRow root = postgres.root();
    sink("all", "info", true);
    sink("bad", "error", true);
    sink("worst", "critical", true);
    sink("off", "info", false);
    UUID alarm = alarm(root, "down", "error");
    opened(root.uuid(), alarm);
    List<Claimed> told = claimed();
    assertThat(told).extracting(Claimed::sink).containsExactlyInAnyOrder("all", "bad");
    JsonObject body = new JsonObject(told.get(0).body());
    assertThat(body.getString("alarm")).isEqualTo(alarm.toString());
    assertThat(body.getString("name")).isEqualTo("down");
    assertThat(body.getString("severity")).isEqualTo("error");
    assertThat(body.getString("message")).isEqualTo("it is down");
    assertThat(body.getString("resource_label")).isEqualTo(root.label());
    assertThat(body.getString("runbook")).isEqualTo("https://example.com/run");
    assertThat(body.getString("dedup_key")).isEqualTo("toygun/" + alarm);
    assertThat(body.getString("opened_at")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    assertThat(body.containsKey("task")).isFalse();
  }

  @Test
  void whatAnAlarmSuggestsIsSaidWithItAndOnlyWhereItIsOfTheResource() {
    ResourceRow root = postgres.root();
    postgres.rows(
        """
        INSERT INTO resource_types (name, version, definition, shape)
        SELECT type, schema_version, '{"alarms":[{"name":"down","suggested":["restart"]},{"name":"slow","suggested":[]}]}', ''
          FROM resources WHERE uuid = $1
            ON CONFLICT (name, version) DO UPDATE SET definition = excluded.definition
        """,
        root.uuid());
    sink("all", "info", true);
    UUID ofRun = alarm(root, "down", "error");
    postgres.rows("UPDATE alarms SET subject_uuid = gen_random_uuid() WHERE uuid = $1", ofRun);
    opened(root.uuid(), ofRun);
    for (String name : List.of("down", "slow", "panic")) {
      opened(root.uuid(), alarm(root, name, "error"));
    }
    assertThat(claimed())
        .extracting(one -> new JsonObject(one.body()))
        .extracting(
            body -> body.getString("name") + " " + body.getJsonArray("suggested", new JsonArray()))
        .containsExactlyInAnyOrder("down [\"restart\"]", "slow []", "panic []", "down []");
  }

  @Test
  void whoIsLimitedToTypesOrToASubtreeIsToldOfNothingElse() {
    ResourceRow root = postgres.root();
    ChildCreate made = postgres.child(postgres.list(), "child");
    postgres.done(root.key(), draft -> draft.create(made));
    ResourceRow child = postgres.resource(made.uuid());
    String type = child.type();
    sink("all", SinkScope.from("info"), true);
    sink("type", new SinkScope("info", List.of("other", type), null), true);
    sink("other-type", new SinkScope("info", List.of("other"), null), true);
    sink("itself", new SinkScope("info", List.of(), child.uuid()), true);
    sink("above", new SinkScope("info", List.of(type), root.uuid()), true);
    sink("above-type", new SinkScope("info", List.of("other"), root.uuid()), true);
    sink("elsewhere", new SinkScope("info", List.of(type), postgres.root().uuid()), true);
    opened(child.uuid(), alarm(child, "down", "error"));
    assertThat(claimed())
        .extracting(Claimed::sink)
        .containsExactlyInAnyOrder("all", "type", "itself", "above");
  }

  @Test
  void whoWasToldIsToldThatItIsOverAndOnce() {
    ResourceRow root = postgres.root();
    sink("ops", "info", true);
    UUID alarm = alarm(root, "down", "error");
    opened(root.uuid(), alarm);
    claimed().forEach(one -> get(outbox.sent(one)));
    // A sink that came later was never told of it.
    sink("late", "info", true);
    closed(alarm);
    closed(alarm);
    List<Claimed> over = claimed();
    assertThat(over).singleElement().satisfies(one -> assertThat(one.sink()).isEqualTo("ops"));
    assertThat(over.get(0).resolve()).isTrue();
    assertThat(new JsonObject(over.get(0).body()).getString("closed_at")).endsWith("Z");
  }

  private List<String> nobodyTold() {
    return postgres
        .rows(
            "SELECT message FROM alarms WHERE resource_uuid = $1 AND name = 'nobody_told' AND active",
            SYSTEM)
        .stream()
        .map((Row row) -> Rows.text(row, 0))
        .toList();
  }

  private void watch() {
    get(outbox.watch(UUID.randomUUID()));
  }

  @Test
  void thatAMessageWasGivenUpIsAnAlarmItself() {
    ResourceRow root = postgres.root();
    sink("broken");
    sink("ops");
    UUID alarm = alarm(root, "down", "error");
    opened(root.uuid(), alarm);
    watch();
    assertThat(nobodyTold()).isEmpty();
    claimed().stream()
        .filter(one -> one.sink().equals("broken"))
        .forEach(one -> get(outbox.failed(one, "it answered 404")));
    watch();
    watch();
    assertThat(nobodyTold())
        .singleElement()
        .satisfies(
            why -> assertThat(why).isEqualTo("sink broken was not told of down: it answered 404"));
    List<Claimed> told = claimed();
    assertThat(told).extracting(Claimed::sink).containsExactlyInAnyOrder("broken", "ops");
    assertThat(told.get(0).body()).contains("nobody_told");
    // That the broken one is not told of this either opens nothing more.
    told.forEach(one -> get(outbox.failed(one, "it answered 404")));
    closed(alarm);
    watch();
    assertThat(nobodyTold()).isEmpty();
    assertThat(claimed())
        .filteredOn(one -> one.body().contains("nobody_told"))
        .allMatch(Claimed::resolve)
        .extracting(Claimed::sink)
        .containsExactlyInAnyOrder("broken", "ops");
    watch();
    assertThat(nobodyTold()).isEmpty();
  }

  @Test
  void aSinkThatIsRemovedOrWasToldLaterLeavesNoAlarmWhereOthersWereTold() {
    ResourceRow root = postgres.root();
    sink("gone");
    sink("ops");
    UUID alarm = alarm(root, "down", "error");
    opened(root.uuid(), alarm);
    claimed().stream()
        .filter(one -> one.sink().equals("ops"))
        .forEach(one -> get(outbox.sent(one)));
    get(sinks.delete("gone", java.util.OptionalLong.empty()).map(true));
    watch();
    assertThat(nobodyTold()).isEmpty();

    opened(root.uuid(), alarm);
    claimed().forEach(one -> get(outbox.failed(one, "it answered 404")));
    watch();
    assertThat(nobodyTold()).hasSize(1);
    opened(root.uuid(), alarm);
    claimed().stream()
        .filter(one -> !one.body().contains("nobody_told"))
        .forEach(one -> get(outbox.sent(one)));
    watch();
    assertThat(nobodyTold()).isEmpty();
  }

  /** Nobody ticks it, so it would be due for ever, and told as waiting for a worker. */
  @Test
  void anAlarmOfTheSystemThatComesBackMakesTheSystemNotDue() {
    ResourceRow root = postgres.root();
    opened(root.uuid(), alarm(root, "down", "critical"));
    watch();
    postgres.execute(
        "update alarms set state = 'snoozed', snoozed_until = now(), due_at = now() where name = 'nobody_told'");
    get(postgres.store().moveAlarms(postgres.tick(), 100).map(true));
    assertThat(
            postgres
                .rows("select state from alarms where name = 'nobody_told'")
                .get(0)
                .getString(0))
        .isEqualTo("open");
    assertThat(
            postgres.rows(
                "select due_at from resources where type = '__system__' and due_at is not null"))
        .isEmpty();
  }

  @Test
  void aCriticalAlarmThatNoSinkTakesIsOneToo() {
    ResourceRow root = postgres.root();
    UUID mild = alarm(root, "slow", "warning");
    opened(root.uuid(), mild);
    watch();
    assertThat(nobodyTold()).isEmpty();
    UUID alarm = alarm(root, "down", "critical");
    opened(root.uuid(), alarm);
    watch();
    assertThat(nobodyTold()).containsExactly("no sink takes the critical alarm down");
    closed(alarm);
    watch();
    assertThat(nobodyTold()).isEmpty();
  }

  @Test
  void whatWaitsAndWhatHasFailedIsCounted() {
    sink("ops");
    write("ops", new UUID(1, 1), false);
    write("ops", new UUID(1, 2), false);
    get(outbox.failed(claimed().get(0), "no"));
    alarm("open", Severity.WARNING);
    alarm("open", Severity.WARNING);
    alarm("snoozed", Severity.ERROR);
    assertThat(get(outbox.watch(UUID.randomUUID())))
        .isEqualTo(new Outbox.Counts(1, 1, Map.of(Severity.WARNING, 2L)));
  }

  @Test
  void aSinkThatIsRemovedLeavesNothingWaiting() {
    sink("ops");
    UUID message = write("ops", new UUID(1, 1), false);
    get(sinks.delete("ops", java.util.OptionalLong.empty()).map(true));
    assertThat(state(message)).isEqualTo("failed: the sink was removed");
    assertThat(get(sinks.list())).isEmpty();
  }
}

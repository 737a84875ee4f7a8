package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.testing.contract.OutboxContract;
import dev.toygun.testing.contract.OutboxUpkeepContract;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outbox in Postgres, and what is written into it when an alarm opens and closes. */
class PgOutboxTest implements OutboxContract, OutboxUpkeepContract {
  private static final UUID SYSTEM = new UUID(0, 0);

  private final PostgresFixture postgres = new PostgresFixture();
  private final PgOutbox outbox = new PgOutbox(postgres.store().database());
  private final AlarmSinks sinks = new AlarmSinks(postgres.store().database());

  @AfterEach
  void close() {
    postgres.close();
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public <T> T get(Future<T> future) {
    return postgres.get(future);
  }

  @Override
  public void sink(String name, Severity least) {
    sink(name, least.stored(), true);
  }

  private void sink(String name, String severity, boolean active) {
    get(sinks.insert(name, UUID.randomUUID(), "log", "{}", severity, active, "test"));
  }

  @Override
  public UUID alarm(String state, Severity severity) {
    return alarm(postgres.root(), "down", state, severity.stored());
  }

  @Override
  public int size() {
    return postgres.rows("SELECT FROM deliveries").size();
  }

  @Override
  public void remove(String sink) {
    get(sinks.delete(sink, OptionalLong.empty()));
  }

  @Override
  public UUID write(String sink, UUID alarm, boolean resolve) {
    return Rows.uuid(
        postgres
            .rows(
                """
                INSERT INTO deliveries (uuid, resource_uuid, alarm_uuid, sink, event, due_at)
                VALUES (gen_random_uuid(), '00000000-0000-0000-0000-000000000000', $1, $2, $3, now())
                RETURNING uuid
                """,
                alarm,
                sink,
                resolve ? "resolve" : "open")
            .get(0),
        0);
  }

  @Override
  public void pass(Duration time) {
    postgres.rows(
        "UPDATE deliveries SET created_at = created_at - make_interval(secs => $1), due_at = due_at - make_interval(secs => $1)",
        (double) time.toSeconds());
    postgres.rows(
        "UPDATE sinks SET created_at = created_at - make_interval(secs => $1), updated_at = updated_at - make_interval(secs => $1)",
        (double) time.toSeconds());
  }

  @Override
  public String state(UUID delivery) {
    return Rows.text(
        postgres
            .rows(
                "SELECT concat_ws(': ', state, last_error) FROM deliveries WHERE uuid = $1",
                delivery)
            .get(0),
        0);
  }

  private UUID alarm(ResourceRow of, String name, String severity) {
    return alarm(of, name, "open", severity);
  }

  private UUID alarm(ResourceRow of, String name, String state, String severity) {
    return Rows.uuid(
        postgres
            .rows(
                """
                INSERT INTO alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, active, ended_at, severity, message, attrs)
                VALUES ($1, $1, gen_random_uuid(), $2, 'server', 1, $3::text, $3::text <> 'closed', CASE $3::text WHEN 'closed' THEN now() END, $4, 'it is down', '{"runbook":"https://example.com/run"}')
                RETURNING uuid
                """,
                of.uuid(),
                name,
                state,
                severity)
            .get(0),
        0);
  }

  private void opened(UUID resource, UUID alarm) {
    postgres.rows(DeliverySql.OPENED, new UUID[] {resource}, new UUID[] {alarm}, null);
  }

  private void closed(UUID alarm) {
    postgres.rows(
        "UPDATE alarms SET state = 'closed', active = false, ended_at = now() WHERE uuid = $1",
        alarm);
    postgres.rows(DeliverySql.CLOSED, (Object) new UUID[] {alarm});
  }

  private List<Claimed> claimed() {
    return get(outbox.claim(List.of(), 10, CLAIM));
  }

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

  private SinkRow row(String name) {
    return get(sinks.list()).stream()
        .filter(one -> one.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  private List<String> caughtUp() {
    assertThat(get(outbox.catchUp(100))).isFalse();
    List<Claimed> told = claimed();
    told.forEach(one -> get(outbox.sent(one)));
    return told.stream().map(Claimed::sink).toList();
  }

  @Test
  void aSinkThatIsActiveAgainOrTakesMilderAlarmsIsToldOfWhatIsOpen() {
    UUID alarm = alarm("open", Severity.WARNING);
    sink("off", "info", false);
    sink("strict", "error", true);
    assertThat(caughtUp()).isEmpty();
    get(sinks.update(row("off"), "{}", "info", true));
    assertThat(caughtUp()).containsExactly("off");
    get(sinks.update(row("strict"), "{}", "warning", true));
    assertThat(caughtUp()).containsExactly("strict");
    get(sinks.update(row("strict"), "{}", "info", true));
    assertThat(caughtUp()).isEmpty();
    closed(alarm);
    assertThat(size()).as("two that were told, and are told that it is over").isEqualTo(4);
  }

  @Test
  void aSinkThatIsMadeAnewUnderAnOldNameIsTold() {
    alarm("open", Severity.ERROR);
    sink("ops");
    assertThat(caughtUp()).containsExactly("ops");
    remove("ops");
    sink("ops");
    assertThat(caughtUp()).containsExactly("ops");
  }

  /** The opening of an alarm may not have seen a sink that its first round did not see it of. */
  @Test
  void roundsGoOnForLongerThanAnyTransaction() {
    sink("ops");
    assertThat(caughtUp()).isEmpty();
    alarm("open", Severity.ERROR);
    assertThat(caughtUp()).containsExactly("ops");
    pass(Duration.ofMinutes(2));
    assertThat(caughtUp()).isEmpty();
    alarm("open", Severity.ERROR);
    assertThat(caughtUp()).as("that it opens is told by what opens it").isEmpty();
  }

  @Test
  void whatIsJustBeingWrittenIsLeftForTheNextRound() {
    UUID busy = alarm("open", Severity.ERROR);
    UUID idle = alarm("open", Severity.ERROR);
    sink("ops");
    SqlConnection writer = get(postgres.store().database().connection());
    get(writer.query("BEGIN").execute());
    get(
        writer
            .preparedQuery("SELECT FROM alarms WHERE uuid = $1 FOR NO KEY UPDATE")
            .execute(Tuple.of(busy)));
    get(outbox.catchUp(100));
    assertThat(told()).containsExactly(idle);
    get(writer.query("COMMIT").execute());
    get(writer.close().map(true));
    get(outbox.catchUp(100));
    assertThat(told()).containsExactlyInAnyOrder(idle, busy);
  }

  @Test
  void whoIsSeenByATransactionThatBeganBeforeIsToldOnce() {
    ResourceRow root = postgres.root();
    SqlConnection writer = get(postgres.store().database().connection());
    get(writer.query("BEGIN").execute());
    get(writer.query("SELECT now()").execute());
    UUID alarm = alarm(root, "down", "error");
    sink("ops");
    get(
        writer
            .preparedQuery(DeliverySql.OPENED)
            .execute(Tuple.of(new UUID[] {root.uuid()}, new UUID[] {alarm}, null)));
    get(writer.query("COMMIT").execute());
    get(writer.close().map(true));
    get(outbox.catchUp(100));
    assertThat(told()).containsExactly(alarm);
  }

  private List<UUID> told() {
    return postgres.rows("SELECT alarm_uuid FROM deliveries").stream()
        .map(row -> Rows.uuid(row, 0))
        .toList();
  }
}

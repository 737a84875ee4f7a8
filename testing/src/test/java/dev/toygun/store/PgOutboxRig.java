package dev.toygun.store;

import dev.toygun.Severity;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.testing.contract.OutboxFixture;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** An outbox in Postgres, and alarms and sinks to write into it. */
abstract class PgOutboxRig implements OutboxFixture {
  final PostgresFixture postgres = new PostgresFixture();
  final PgOutbox outbox = new PgOutbox(postgres.store().database());
  final AlarmSinks sinks = new AlarmSinks(postgres.store().database());

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

  void sink(String name, String severity, boolean active) {
    sink(name, SinkScope.from(severity), active);
  }

  void sink(String name, SinkScope scope, boolean active) {
    get(sinks.insert(name, postgres.uuid(), "log", "{}", scope, active, "test"));
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

  UUID alarm(ResourceRow of, String name, String severity) {
    return alarm(of, name, "open", severity);
  }

  UUID alarm(ResourceRow of, String name, String state, String severity) {
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

  void opened(UUID resource, UUID alarm) {
    postgres.rows(DeliverySql.OPENED, new UUID[] {resource}, new UUID[] {alarm}, null);
  }

  void closed(UUID alarm) {
    postgres.rows(
        "UPDATE alarms SET state = 'closed', active = false, ended_at = now() WHERE uuid = $1",
        alarm);
    postgres.rows(DeliverySql.CLOSED, (Object) new UUID[] {alarm});
  }

  List<Claimed> claimed() {
    return get(outbox.claim(List.of(), 10, CLAIM));
  }
}

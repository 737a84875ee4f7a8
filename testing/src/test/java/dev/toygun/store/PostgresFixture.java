package dev.toygun.store;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.toygun.testing.contract.StoreFixture;
import dev.toygun.testing.contract.StoreHistory;
import dev.toygun.testing.servers.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A store on a database of its own, and what a test asks of it. */
final class PostgresFixture implements AutoCloseable, StoreFixture, StoreHistory {
  private final Vertx vertx = Vertx.vertx();
  private final DatabaseUrl url = PostgresServer.shared().database();
  private final PgStore store;

  PostgresFixture() {
    this(10);
  }

  /** With so many connections at most. */
  PostgresFixture(int connections) {
    DatabaseSettings settings =
        new DatabaseSettings("test", connections, 1000, Duration.ofSeconds(20));
    store = PgStore.connect(vertx, url, settings);
  }

  Vertx vertx() {
    return vertx;
  }

  DatabaseUrl url() {
    return url;
  }

  /**
   * What was done so far is counted from here on. The test is left out on a server before
   * PostgreSQL 15, which tells it to somebody else when it likes.
   */
  void flushStatistics() {
    int version = rows("SELECT current_setting('server_version_num')::int").get(0).getInteger(0);
    assumeThat(version).as("PostgreSQL 15 or later").isGreaterThanOrEqualTo(150_000);
    rows("SELECT pg_stat_force_next_flush()");
  }

  @Override
  public PgStore store() {
    return store;
  }

  @Override
  public StoreHistory history() {
    return this;
  }

  @Override
  public <T> T get(Future<T> future) {
    return wait(future);
  }

  static <T> T wait(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows of a statement on a connection of the engine. */
  List<Row> rows(String sql, @Nullable Object... arguments) {
    RowSet<Row> rows =
        get(
            store
                .database()
                .engine()
                .preparedQuery(sql)
                .execute(Tuple.from(Arrays.asList(arguments))));
    List<Row> list = new ArrayList<>();
    rows.forEach(list::add);
    return list;
  }

  /** Runs statements of a test over JDBC, without the engine's settings and time-outs. */
  void execute(String sql) {
    PostgresServer.execute(url, sql);
  }

  @Override
  public List<Moved> moves(SubjectKey subject) {
    return rows(
            """
            SELECT step, from_state, to_state, message, actor, error, changed, tick
              FROM transitions WHERE resource_uuid = $1 AND subject_uuid = $2 ORDER BY step
            """,
            subject.resource(),
            subject.uuid())
        .stream()
        .map(
            row ->
                new Moved(
                    Rows.big(row, 0),
                    Rows.text(row, 1),
                    Rows.text(row, 2),
                    Rows.text(row, 3),
                    Rows.text(row, 4),
                    row.getUUID(5),
                    List.of(Objects.requireNonNull(row.getArrayOfStrings(6))),
                    row.getUUID(7)))
        .toList();
  }

  @Override
  public List<String> availability(UUID resource) {
    return rows(
            "SELECT availability FROM observations WHERE resource_uuid = $1 ORDER BY at, version",
            resource)
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Override
  public List<Changed> changes(SubjectKey subject) {
    return rows(
            "SELECT version, fields FROM changes WHERE subject_uuid = $1 ORDER BY version",
            subject.uuid())
        .stream()
        .map(
            row ->
                new Changed(
                    Rows.big(row, 0), List.of(Objects.requireNonNull(row.getArrayOfStrings(1)))))
        .toList();
  }

  @Override
  public List<String> said(SubjectKey subject) {
    return rows("SELECT message FROM log WHERE subject_uuid = $1 ORDER BY seq", subject.uuid())
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Override
  public List<String> openAlarms(SubjectKey subject) {
    return rows(
            "SELECT name FROM alarms WHERE subject_uuid = $1 AND active ORDER BY name",
            subject.uuid())
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Override
  public List<String> alarmPath(SubjectKey alarm) {
    return moves(alarm).stream().map(Moved::to).toList();
  }

  @Override
  public List<String> hops(UUID error) {
    return rows(
            """
            SELECT level || ' ' || decision || ': ' || reason
              FROM hops WHERE error_uuid = $1 AND decision IS NOT NULL ORDER BY level
            """,
            error)
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Override
  public void listen() {
    rows(
        """
        INSERT INTO sinks (name, uuid, kind, created_by) VALUES ('test', gen_random_uuid(), 'log', 'test')
            ON CONFLICT DO NOTHING
        """);
  }

  @Override
  public List<String> told(UUID alarm) {
    return rows(
            """
            SELECT event || ' ' || (body ->> 'severity')
              FROM deliveries WHERE alarm_uuid = $1 ORDER BY created_at, event
            """,
            alarm)
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Override
  public List<ScheduleRow> schedules(UUID resource) {
    return rows(ScheduleSql.SEEN, (Object) new UUID[] {resource}).stream()
        .map(PgSchedules::row)
        .toList();
  }

  @Override
  public void later(UUID resource, Duration time) {
    long seconds = time.toSeconds();
    rows(
        "UPDATE held_brakes SET held_at = held_at - $2 * interval '1 s' WHERE at = $1",
        resource,
        seconds);
    rows(
        """
        UPDATE bulks
           SET due_at = due_at - $2 * interval '1 s', free_at = free_at - $2 * interval '1 s'
         WHERE uuid = $1
        """,
        resource,
        seconds);
    rows(
        """
        UPDATE bulk_items SET at = at - $2 * interval '1 s', due_at = due_at - $2 * interval '1 s'
         WHERE bulk_uuid = $1
        """,
        resource,
        seconds);
    rows(
        """
        UPDATE alarms
           SET due_at = due_at - $2 * interval '1 s', created_at = created_at - $2 * interval '1 s',
               opened_at = opened_at - $2 * interval '1 s',
               snoozed_until = snoozed_until - $2 * interval '1 s',
               clear_at = clear_at - $2 * interval '1 s', ended_at = ended_at - $2 * interval '1 s',
               updated_at = updated_at - $2 * interval '1 s'
         WHERE resource_uuid = $1
        """,
        resource,
        seconds);
    rows(
        """
        UPDATE schedules
           SET due_at = due_at - $2 * interval '1 s', next_at = next_at - $2 * interval '1 s',
               last_at = last_at - $2 * interval '1 s'
         WHERE resource_uuid = $1
        """,
        resource,
        seconds);
    rows(
        """
        UPDATE tasks
           SET created_at = created_at - $2 * interval '1 s', ended_at = ended_at - $2 * interval '1 s',
               admission_at = admission_at - $2 * interval '1 s'
         WHERE resource_uuid = $1 AND NOT active
        """,
        resource,
        seconds);
    rows(
        """
        UPDATE repairs
           SET began_at = began_at - $2 * interval '1 s', ended_at = ended_at - $2 * interval '1 s',
               cleared_at = cleared_at - $2 * interval '1 s',
               relapsed_at = relapsed_at - $2 * interval '1 s', due_at = due_at - $2 * interval '1 s'
         WHERE resource_uuid = $1
        """,
        resource,
        seconds);
    rows(
        "UPDATE resources SET created_at = created_at - $2 * interval '1 s' WHERE uuid = $1",
        resource,
        seconds);
    rows(
        "UPDATE hops SET due_at = due_at - $2 * interval '1 s' WHERE panicked_resource = $1",
        resource,
        seconds);
  }

  @Override
  public List<UUID> runs(UUID resource, String name) {
    return rows(
            "SELECT uuid FROM tasks WHERE resource_uuid = $1 AND name = $2 ORDER BY run",
            resource,
            name)
        .stream()
        .map(row -> Rows.uuid(row, 0))
        .toList();
  }

  /** What the tables would have refused, had they checks. */
  private long unsound() {
    return rows("""
            SELECT (SELECT count(*) FROM resources r WHERE NOT toygun_sound(r))
                 + (SELECT count(*) FROM tasks t WHERE NOT toygun_sound(t)) AS n
            """)
        .get(0)
        .getLong(0);
  }

  @Override
  public void close() {
    long unsound = unsound();
    wait(store.close());
    wait(vertx.close());
    PostgresServer.shared().drop(url);
    if (unsound > 0) {
      throw new AssertionError(unsound + " rows contradict themselves");
    }
  }
}

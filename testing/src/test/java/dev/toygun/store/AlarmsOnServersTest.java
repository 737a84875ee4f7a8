package dev.toygun.store;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.Availability.OFFLINE;
import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.Handling;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.clock.ClockSettings;
import dev.toygun.clock.ClockVerticle;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.RedisLeases;
import dev.toygun.queue.RedisQueue;
import dev.toygun.queue.RedisSettings;
import dev.toygun.service.Audit;
import dev.toygun.service.Suspects;
import dev.toygun.testing.servers.RedisServer;
import dev.toygun.time.SystemTime;
import dev.toygun.trace.Spans;
import dev.toygun.worker.WorkerSettings;
import dev.toygun.worker.WorkerVerticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Alarms and panics with real workers, a real clock, Postgres and Redis. */
@Execution(ExecutionMode.CONCURRENT)
class AlarmsOnServersTest {
  private static final TaskName WATCH = TaskName.of("watch");
  private static final int CHILDREN = 500;

  enum Here {
    UP
  }

  enum Doing {
    LOOK
  }

  private final PostgresFixture postgres = new PostgresFixture(20);
  private final RedisServer redis = RedisServer.start();
  private final SystemTime time = new SystemTime(postgres.vertx());
  private @Nullable RedisQueue queue;
  private @Nullable RedisLeases leases;
  private volatile boolean rackIsDown;
  private volatile boolean hostsAreDown;

  @BeforeEach
  void begin() {
    postgres.listen();
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Keyring keyring = Keyring.parse(Keyring.newKeychain(time::random), time::random);
    RedisSettings settings = RedisSettings.STANDARD.withPrefix("alarms" + time.nanos() + ":");
    String url = redis.url();
    queue = RedisQueue.connect(postgres.vertx(), url, keyring, time, metrics, settings);
    leases = RedisLeases.connect(postgres.vertx(), url, time, settings);
    TypeSet types =
        TypeSet.of(List.of(rack(), host(), disk(), level(1), level(2), level(3), level(4)));
    for (String worker : List.of("worker-1", "worker-2")) {
      WorkerVerticle.Parts parts =
          new WorkerVerticle.Parts(
              types, time, postgres.store(), queue, leases, keyring, metrics, Spans.NONE);
      postgres.get(
          postgres
              .vertx()
              .deployVerticle(
                  new WorkerVerticle(
                      WorkerSettings.of(worker, "build"), parts, 8, Duration.ofSeconds(5))));
    }
    ClockVerticle.Parts parts =
        new ClockVerticle.Parts(time, postgres.store(), queue, leases, metrics);
    postgres.get(
        postgres.vertx().deployVerticle(new ClockVerticle(ClockSettings.STANDARD, "clock", parts)));
  }

  @AfterEach
  void close() {
    postgres.close();
    redis.close();
  }

  private static TaskType<Doing> watch(BooleanSupplier down) {
    return TaskType.of(
        WATCH,
        state(Doing.LOOK)
            .decide(t -> t.stay().observe(!down.getAsBoolean()))
            .every(Duration.ofSeconds(1)));
  }

  private ResourceType<Here> rack() {
    return ResourceType.of("rack", state(Here.UP).decide(AlarmsOnServersTest::filled).rests())
        .tasks(watch(() -> rackIsDown))
        .availability(a -> a.uncertainAfter(1).offlineAfter(1))
        .alarms(alarm("down", s -> s.availability() == OFFLINE))
        .children("host");
  }

  private static Next<Here> filled(Tick<Here> t) {
    Next<Here> next = t.stay().ensure(WATCH);
    if (t.children("host").size() < CHILDREN) {
      for (int i = 0; i < CHILDREN; i++) {
        next = next.create("host", "host" + i, Values.NONE);
      }
    }
    return next;
  }

  private ResourceType<Here> host() {
    return ResourceType.of("host", state(Here.UP).decide(t -> t.stay().ensure(WATCH)).rests())
        .tasks(watch(() -> hostsAreDown))
        .availability(a -> a.uncertainAfter(1).offlineAfter(1))
        .alarms(alarm("down", s -> s.availability() == OFFLINE));
  }

  private static ResourceType<Here> disk() {
    return ResourceType.of("disk", state(Here.UP).decide(t -> t.stay().ensure(WATCH)).rests())
        .tasks(TaskType.of(WATCH, state(Doing.LOOK).decide(t -> t.pause(Duration.ofMillis(500)))));
  }

  private static ResourceType<Here> level(int n) {
    ResourceType<Here> type =
        ResourceType.of(
                "level" + n,
                state(Here.UP)
                    .decide(
                        t ->
                            n == 4
                                ? t.stay().ensure(WATCH)
                                : t.stay().create("level" + (n + 1), "below", Values.NONE))
                    .rests())
            .tasks(
                TaskType.of(
                    WATCH, state(Doing.LOOK).decide(t -> t.panic("Broken", "no way")).finishes()))
            .onPanic((t, who, error) -> Handling.decline("not mine"));
    return n == 4 ? type : type.children("level" + (n + 1));
  }

  private void create(String type) {
    ListName list = new ListName("default", type, 1, 5);
    postgres.get(
        postgres
            .store()
            .insert(
                new ChildCreate(postgres.uuid(), type, "{}", list, BuiltIn.NEW),
                postgres.operator()));
  }

  private long count(String sql) {
    return Rows.big(postgres.rows(sql).get(0), 0);
  }

  private void eventually(String sql, long expected) {
    long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (count(sql) != expected && System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    assertThat(count(sql)).as(sql).isEqualTo(expected);
  }

  @Test
  void aRackOfFiveHundredThatFailsIsOneMessage() {
    create("rack");
    eventually("SELECT count(*) FROM resources WHERE availability = 'online'", CHILDREN + 1);
    hostsAreDown = true;
    eventually("SELECT least(count(*), 1) FROM alarms WHERE state = 'pending'", 1);
    rackIsDown = true;
    eventually("SELECT count(*) FROM alarms WHERE state = 'folded'", CHILDREN);
    assertThat(count("SELECT count(*) FROM deliveries")).isOne();
    rackIsDown = false;
    hostsAreDown = false;
    eventually("SELECT count(*) FROM alarms WHERE active", 0);
    assertThat(count("SELECT count(*) FROM deliveries WHERE event = 'open'")).isOne();
    assertThat(count("SELECT count(*) FROM deliveries WHERE event = 'resolve'")).isOne();
  }

  /** Somebody keeps the task's row locked, as a session does that was left open. */
  @Test
  void aTaskWhoseRowIsLockedIsToldAsStuckUntilItMoves() throws SQLException {
    create("disk");
    eventually("SELECT count(*) FROM tasks WHERE step > 0", 1);
    Hold hold =
        postgres.get(
            postgres
                .store()
                .hold(
                    new Hold.Request(
                        postgres.uuid(), Hold.Scope.TYPE, null, "disk", "a test", null),
                    postgres.operator()));
    eventually("SELECT count(*) FROM tasks WHERE due_at < now() - interval '3 s'", 1);
    postgres.execute("UPDATE tasks SET due_at = now() - interval '2 min'");
    SystemWatch system = new SystemWatch(postgres.store().database());
    Audit audit =
        new Audit(
                "auditor",
                postgres.store(),
                new Liveness(postgres.store().database()),
                system,
                Objects.requireNonNull(leases))
            .opening(
                new Suspects(
                    "auditor", time, postgres.store(), Objects.requireNonNull(queue), system));
    try (Connection session =
            DriverManager.getConnection(
                postgres.url().jdbc(), postgres.url().user(), postgres.url().password());
        Statement lock = session.createStatement()) {
      session.setAutoCommit(false);
      lock.execute("SELECT * FROM tasks FOR UPDATE");
      postgres.get(postgres.store().release(hold.uuid(), postgres.operator()));
      long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (told().isEmpty() && System.nanoTime() < until) {
        audits(audit, system);
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      }
      assertThat(told()).containsExactly("open stuck");
      session.rollback();
    }
    eventually("SELECT count(*) FROM alarms WHERE active AND name = 'stuck'", 0);
    assertThat(told()).startsWith("open stuck", "resolve stuck");
  }

  private void audits(Audit audit, SystemWatch system) {
    postgres.execute("UPDATE passes SET upto = now() - interval '2 min' WHERE name = 'audit'");
    postgres.get(
        audit
            .perhaps(
                (name, severity, isTrue, message) ->
                    isTrue
                        ? system.open(postgres.uuid(), name, severity, message)
                        : system.close(name))
            .map(true));
  }

  private List<String> told() {
    return postgres
        .rows("SELECT event || ' ' || (body ->> 'name') FROM deliveries ORDER BY created_at")
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Test
  void fourLevelsThatDeclineAreFourHopsAndOneMessage() {
    create("level1");
    eventually("SELECT count(*) FROM deliveries", 1);
    eventually("SELECT count(*) FROM hops WHERE decision = 'decline'", 4);
    assertThat(count("SELECT count(*) FROM hops")).isEqualTo(4);
    Accounts.Account account = postgres.get(new Liveness(postgres.store().database()).account());
    assertThat(account.unaccounted()).isZero();
  }
}

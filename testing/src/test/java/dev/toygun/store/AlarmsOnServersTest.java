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
import dev.toygun.testing.servers.RedisServer;
import dev.toygun.time.SystemTime;
import dev.toygun.worker.WorkerSettings;
import dev.toygun.worker.WorkerVerticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alarms and panics with real workers, a real clock, Postgres and Redis. */
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
  private volatile boolean rackIsDown;
  private volatile boolean hostsAreDown;

  @BeforeEach
  void begin() {
    postgres.listen();
    SystemTime time = new SystemTime(postgres.vertx());
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Keyring keyring = Keyring.parse(Keyring.newKeychain(time::random), time::random);
    RedisSettings settings = RedisSettings.STANDARD.withPrefix("alarms" + time.nanos() + ":");
    String url = RedisServer.shared().url();
    RedisQueue queue = RedisQueue.connect(postgres.vertx(), url, keyring, time, metrics, settings);
    RedisLeases leases = RedisLeases.connect(postgres.vertx(), url, time, settings);
    TypeSet types = TypeSet.of(List.of(rack(), host(), level(1), level(2), level(3), level(4)));
    for (String worker : List.of("worker-1", "worker-2")) {
      WorkerVerticle.Parts parts =
          new WorkerVerticle.Parts(types, time, postgres.store(), queue, leases, keyring, metrics);
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
        .alarms(alarm("down", s -> s.availability() == OFFLINE).forAtLeast(Duration.ofSeconds(5)));
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
    rackIsDown = true;
    hostsAreDown = true;
    eventually("SELECT count(*) FROM alarms WHERE state = 'folded'", CHILDREN);
    assertThat(count("SELECT count(*) FROM deliveries")).isOne();
    rackIsDown = false;
    hostsAreDown = false;
    eventually("SELECT count(*) FROM alarms WHERE active", 0);
    assertThat(count("SELECT count(*) FROM deliveries WHERE event = 'open'")).isOne();
    assertThat(count("SELECT count(*) FROM deliveries WHERE event = 'resolve'")).isOne();
  }

  @Test
  void fourLevelsThatDeclineAreFourHopsAndOneMessage() {
    create("level1");
    eventually("SELECT count(*) FROM deliveries", 1);
    eventually("SELECT count(*) FROM hops WHERE decision = 'decline'", 4);
    assertThat(count("SELECT count(*) FROM hops")).isEqualTo(4);
    Liveness.Account account = postgres.get(new Liveness(postgres.store().database()).account());
    assertThat(account.unaccounted()).isZero();
  }
}

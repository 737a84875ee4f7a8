package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.Queue;
import dev.toygun.queue.RedisQueue;
import dev.toygun.queue.RedisSettings;
import dev.toygun.queue.Ticket;
import dev.toygun.service.Audit;
import dev.toygun.service.Lookout;
import dev.toygun.testing.servers.RedisServer;
import dev.toygun.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alarms of the system that a Redis of its own, or a broken Postgres, is needed for. */
class LookoutOnServersTest {
  private final PostgresFixture postgres = new PostgresFixture();
  private final RedisServer redis = RedisServer.start();
  private final SystemTime time = new SystemTime(postgres.vertx());
  private final SystemWatch system = new SystemWatch(postgres.store().database());
  private final RedisQueue queue =
      RedisQueue.connect(
          postgres.vertx(),
          redis.url(),
          Keyring.parse(Keyring.newKeychain(time::random), time::random),
          time,
          new SimpleMeterRegistry(),
          RedisSettings.STANDARD.withCallTimeout(Duration.ofSeconds(1)));
  private final Lookout lookout =
      new Lookout(
          time,
          system,
          queue,
          new Audit(
              "me",
              postgres.store(),
              new Liveness(postgres.store().database()),
              system,
              new InProcessLeases(time)));

  @BeforeEach
  void aClockComesRound() {
    postgres.get(postgres.store().claim("due", "clock-1", Duration.ofSeconds(3)).map(true));
    postgres.get(postgres.store().advance("due", "clock-1", postgres.now()).map(true));
    postgres.execute(
        "insert into sinks (name, uuid, kind, created_by) values ('all', gen_random_uuid(), 'log', 'test')");
  }

  @AfterEach
  void close() {
    postgres.get(queue.close().map(true));
    redis.close();
    postgres.close();
  }

  private List<String> alarms() {
    postgres.get(lookout.look().map(true));
    return postgres.get(system.active()).stream().sorted().toList();
  }

  /** For a while. */
  private void nobodyHasSeenThem() {
    postgres.execute("update alarms set updated_at = updated_at - interval '15 s'");
  }

  private List<String> told() {
    return postgres
        .rows("SELECT event || ' ' || (body ->> 'name') FROM deliveries ORDER BY created_at")
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Test
  void aRedisThatIsAwayIsAnAlarmUntilItIsBack() {
    assertThat(alarms()).isEmpty();
    redis.stop();
    assertThat(alarms()).as("once may be a restart").isEmpty();
    assertThat(alarms()).isEmpty();
    assertThat(alarms()).containsExactly("queue");
    assertThat(alarms()).containsExactly("queue");
    redis.run();
    long end = time.nanos() + Duration.ofSeconds(10).toNanos();
    while (!alarms().isEmpty()) {
      nobodyHasSeenThem();
      assertThat(time.nanos()).as("it is used again soon").isLessThan(end);
    }
    assertThat(told()).containsExactly("open queue", "resolve queue");
    assertThat(
            postgres
                .rows(
                    """
                    SELECT t.step || ' ' || t.from_state || ' ' || t.to_state
                      FROM transitions t JOIN alarms a ON a.uuid = t.subject_uuid
                     WHERE a.name = 'queue' ORDER BY t.step
                    """)
                .stream()
                .map(row -> Rows.text(row, 0)))
        .containsExactly("1 __new__ open", "2 open closed");
  }

  @Test
  void aTicketThatNobodyComesToIsAnAlarmUntilSomebodyDoes() {
    ListName list = postgres.root().machine().list();
    String name = "default:" + list.type() + ":1";
    postgres.execute(
        "update resources set due_at = now() - interval '40 s' where due_at is not null");
    postgres.get(queue.heartbeat(new Queue.Worker("w", "b", List.of(name))).map(true));
    push(list, Duration.ofSeconds(10));
    assertThat(alarms()).isEmpty();
    assertThat(postgres.get(queue.pop(List.of(list), 5))).hasSize(1);
    push(list, Duration.ofSeconds(31));
    assertThat(alarms()).containsExactly("slow:" + name);
    assertThat(alarms()).containsExactly("slow:" + name);
    assertThat(postgres.get(queue.pop(List.of(list), 5))).hasSize(1);
    nobodyHasSeenThem();
    assertThat(alarms()).isEmpty();
    assertThat(told()).containsExactly("open slow:" + name, "resolve slow:" + name);
  }

  /** It has its share while others are busy, and may wait for long. */
  @Test
  void aTicketOfLowPriorityMayWaitForLonger() {
    ListName list = new ListName("default", postgres.list().type(), 1, Priority.LOW.stored());
    postgres.root(list);
    postgres.execute(
        "update resources set due_at = now() - interval '40 s' where due_at is not null");
    Queue.About about = new Queue.About("", List.of(), postgres.now(), postgres.now(), 0, false);
    List<String> lists = List.of(list.taken());
    postgres.get(queue.heartbeat(new Queue.Worker("w", "b", lists, about)).map(true));
    push(list, Duration.ofMinutes(10));
    assertThat(alarms()).isEmpty();
    assertThat(postgres.get(queue.pop(List.of(list), 5))).hasSize(1);
    push(list, Duration.ofMinutes(16));
    assertThat(alarms()).containsExactly("slow:" + list.taken());
  }

  private void push(ListName list, Duration ago) {
    Ticket ticket =
        new Ticket(
            list,
            List.of(SubjectKey.ofResource(postgres.uuid())),
            Cause.CLOCK,
            false,
            postgres.now().minus(ago),
            null);
    postgres.get(queue.push(List.of(ticket)).map(true));
  }

  @Test
  void aPartitionThatIsMissingAndCannotBeMadeIsAnAlarmUntilItCan() {
    assertThat(alarms()).isEmpty();
    postgres.execute(
        """
        do $$ begin
          execute format('drop table %I', 'errors_' || to_char((now() + interval '7 days') at time zone 'UTC', 'YYYYMM'));
        end $$;
        alter function toygun_make_partitions(integer) rename to toygun_make_nothing;
        """);
    assertThat(alarms()).containsExactly("partitions");
    assertThat(alarms()).containsExactly("partitions");
    postgres.execute(
        "alter function toygun_make_nothing(integer) rename to toygun_make_partitions");
    nobodyHasSeenThem();
    assertThat(alarms()).isEmpty();
    assertThat(told()).containsExactly("open partitions", "resolve partitions");
    assertThat(Rows.flag(postgres.rows(WatchSql.HAS_PARTITIONS).get(0), 0)).isTrue();
  }
}

package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Ticket;
import dev.toygun.service.Audit;
import dev.toygun.service.Lookout;
import dev.toygun.service.Suspects;
import dev.toygun.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every service looks after the system, and they do not all see the same. */
class LookoutsTest {
  private final PostgresFixture postgres = new PostgresFixture();
  private final VirtualTime time = new VirtualTime(1);
  private final InProcessQueue queue = new InProcessQueue(time, new SimpleMeterRegistry());
  private final SystemWatch system = new SystemWatch(postgres.store().database());
  private boolean cutOff = true;
  private final Lookout here = lookout(queue);
  private final Lookout away = lookout(mayBeCutOff());

  private Lookout lookout(Queue its) {
    return new Lookout(time, system, its, audit("me"));
  }

  private Audit audit(String id) {
    return new Audit(
            id,
            postgres.store(),
            new Liveness(postgres.store().database()),
            system,
            new InProcessLeases(time))
        .opening(new Suspects(id, time, postgres.store(), queue, system));
  }

  /** The same queue, as it is seen by a host that cannot always reach it. */
  private Queue mayBeCutOff() {
    return (Queue)
        Proxy.newProxyInstance(
            Queue.class.getClassLoader(),
            new Class<?>[] {Queue.class},
            (proxy, method, arguments) ->
                cutOff ? Future.failedFuture("cut off") : method.invoke(queue, arguments));
  }

  @BeforeEach
  void someTimeHasPassed() {
    postgres.listen();
    clockComesRound();
    later(Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  private void clockComesRound() {
    postgres.get(postgres.store().claim("due", "clock-1", Duration.ofSeconds(3)).map(true));
    postgres.get(postgres.store().advance("due", "clock-1", postgres.now()).map(true));
  }

  private void later(Duration much) {
    time.runUntil(() -> false, much);
    postgres.execute(
        "update alarms set updated_at = updated_at - interval '%d s'".formatted(much.toSeconds()));
  }

  /** Each looks, five seconds after it did before. */
  private void look(Lookout... all) {
    later(Duration.ofSeconds(5));
    for (Lookout lookout : all) {
      postgres.get(lookout.look().map(true));
    }
  }

  private List<String> told() {
    return postgres
        .rows("SELECT event || ' ' || (body ->> 'name') FROM deliveries ORDER BY created_at")
        .stream()
        .map(row -> Rows.text(row, 0))
        .toList();
  }

  @Test
  void aScheduleThatNoClockSeesToIsAnAlarmUntilOneDoes() {
    postgres.execute(
        "insert into schedules (resource_uuid, name, due_at) values (gen_random_uuid(), 'task', now() - interval '50 s')");
    look(here);
    assertThat(told()).isEmpty();
    postgres.execute("update schedules set due_at = due_at - interval '11 s'");
    look(here);
    assertThat(told()).containsExactly("open schedules");
    postgres.execute("update schedules set due_at = now() + interval '1 h'");
    for (int i = 0; i < 5; i++) {
      look(here);
    }
    assertThat(told()).containsExactly("open schedules", "resolve schedules");
  }

  @Test
  void aScheduleThatCannotBeCarriedOutIsAnAlarmThoughItIsPutOff() {
    postgres.execute(
        """
        insert into schedules (resource_uuid, name, due_at, failed_at)
        values (gen_random_uuid(), 'task', now() + interval '1 min', now() - interval '50 s')
        """);
    look(here);
    assertThat(told()).isEmpty();
    postgres.execute("update schedules set failed_at = failed_at - interval '11 s'");
    look(here);
    assertThat(told()).containsExactly("open schedules");
    postgres.execute("update schedules set failed_at = null");
    for (int i = 0; i < 5; i++) {
      look(here);
    }
    assertThat(told()).containsExactly("open schedules", "resolve schedules");
  }

  @Test
  void aRedisThatOneServiceCannotReachIsOneAlarmUntilItCan() {
    for (int i = 0; i < 10; i++) {
      look(away, here);
    }
    assertThat(told()).containsExactly("open queue");
    cutOff = false;
    look(away, here);
    look(away, here);
    assertThat(told()).as("another one may see it").containsExactly("open queue");
    look(away, here);
    assertThat(told()).containsExactly("open queue", "resolve queue");
  }

  @Test
  void aServiceThatBeginsLeavesWhatItCannotTellYet() {
    postgres.execute("update passes set upto = now() - interval '20 s'");
    for (int i = 0; i < 3; i++) {
      look(away);
    }
    assertThat(told()).containsExactlyInAnyOrder("open clock", "open queue");
    later(Duration.ofMinutes(1));
    look(lookout(mayBeCutOff()));
    assertThat(told()).hasSize(2);
    clockComesRound();
    cutOff = false;
    look(lookout(mayBeCutOff()));
    assertThat(told()).as("it is there").hasSize(3).endsWith("resolve queue");
  }

  @Test
  void aQueueFromWhichNoWorkerTakesATypeIsNamedWithThoseFromWhichTheyDo() {
    String type = postgres.root(new ListName("big", "moved", 1, 0)).type();
    postgres.execute("update resources set due_at = now() - interval '16 s'");
    Queue.Worker worker = new Queue.Worker("w", "b", List.of("default:moved:1", "b:other:1"));
    postgres.get(queue.heartbeat(worker).map(true));
    postgres.get(here.look().map(true));
    String message =
        Rows.text(
            postgres
                .rows(
                    "SELECT message FROM alarms WHERE name = 'no_worker:big:%s:1'".formatted(type))
                .get(0),
            0);
    assertThat(message)
        .startsWith("no worker takes type moved version 1 from queue big")
        .endsWith("take it from default only: start one whose TOYGUN_QUEUES names big");
  }

  /** What polls is due at no time. */
  @Test
  void whatPollsAndNoWorkerTakesIsAnAlarmTooUnlessItIsHeld() {
    ResourceRow root = postgres.root();
    SubjectKey task = postgres.running(root, "watch", false);
    postgres.done(task, d -> d.polls(7));
    postgres.rest(root.key());
    look(here);
    assertThat(told()).isEmpty();
    ListName list = root.machine().list();
    Instant at = postgres.now().minusSeconds(20);
    Ticket poll = new Ticket(list, List.of(task), Cause.CLOCK, true, at, null);
    postgres.get(queue.push(List.of(poll)).map(true));
    Hold.Request hold =
        new Hold.Request(postgres.uuid(), Hold.Scope.QUEUE, null, "default", "why", null);
    postgres.get(postgres.store().hold(hold, postgres.operator()));
    look(here);
    assertThat(told()).as("its tickets are from before").isEmpty();
    postgres.execute("delete from holds");
    look(here);
    assertThat(told()).containsExactly("open no_worker:" + list.taken());
  }

  @Test
  void whoeverAuditsNextLeavesAListThatIsBehind() {
    ListName list = postgres.root().machine().list();
    String name = "default:" + list.type() + ":1";
    postgres.get(queue.heartbeat(new Queue.Worker("w", "b", List.of(name))).map(true));
    for (int i = 0; i < 100; i++) {
      postgres.root(list);
    }
    SubjectKey one = postgres.root(list).key();
    postgres.get(
        queue
            .push(List.of(new Ticket(list, List.of(one), Cause.CLOCK, false, time.now(), null)))
            .map(true));
    postgres.execute(
        "update resources set due_at = now() - interval '2 min' where due_at is not null");
    Audit first = audit("first");
    audits("first", first);
    audits("first", first);
    assertThat(told()).containsExactly("open behind:" + name);
    audits("second", audit("second"));
    assertThat(told()).containsExactly("open behind:" + name);
  }

  /** A minute later. */
  private void audits(String id, Audit audit) {
    postgres.get(postgres.store().claim("audit", id, Duration.ZERO).map(true));
    postgres.execute(
        "update passes set upto = now() - interval '2 min', until = now() - interval '1 min' where name = 'audit'");
    postgres.get(
        audit
            .perhaps(
                (alarm, severity, isTrue, message) ->
                    isTrue
                        ? system.open(postgres.uuid(), alarm, severity, message)
                        : system.close(alarm))
            .map(true));
  }

  @Test
  void whatIsOldAndHasNotBeenRemovedForADayIsAnAlarmUntilItIs() {
    postgres.execute(
        "insert into passes values ('retention', 'c', now(), now() - interval '23 hours')");
    postgres.get(here.look().map(true));
    assertThat(postgres.get(system.active())).isEmpty();
    postgres.execute(
        "update passes set upto = now() - interval '25 hours' where name = 'retention'");
    clockComesRound();
    postgres.get(here.look().map(true));
    assertThat(postgres.get(system.active())).containsExactly("retention");
    postgres.execute("update passes set upto = now() where name = 'retention'");
    postgres.execute("update alarms set updated_at = updated_at - interval '15 s'");
    postgres.get(here.look().map(true));
    assertThat(postgres.get(system.active())).isEmpty();
  }
}

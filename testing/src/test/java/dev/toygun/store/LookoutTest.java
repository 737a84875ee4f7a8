package dev.toygun.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.crypto.Keyring;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Queue;
import dev.toygun.queue.RedisQueue;
import dev.toygun.queue.RedisSettings;
import dev.toygun.queue.Ticket;
import dev.toygun.service.Audit;
import dev.toygun.service.Lookout;
import dev.toygun.service.Suspects;
import dev.toygun.store.Liveness.Reason;
import dev.toygun.testing.VirtualTime;
import dev.toygun.testing.servers.RedisServer;
import dev.toygun.time.SystemTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alarms of the system itself, and the audit, on a real Postgres. */
class LookoutTest {
  private final PostgresFixture postgres = new PostgresFixture();
  private final VirtualTime time = new VirtualTime(1);
  private final InProcessQueue queue = new InProcessQueue(time, new SimpleMeterRegistry());
  private final InProcessLeases leases = new InProcessLeases(time);
  private final SystemWatch system = new SystemWatch(postgres.store().database());
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Audit audit =
      new Audit("me", postgres.store(), new Liveness(postgres.store().database()), system, leases)
          .measuredBy(metrics)
          .opening(new Suspects("me", time, postgres.store(), queue, system));
  private final Lookout lookout = new Lookout(time, system, queue, audit);

  @BeforeEach
  void someTimeHasPassed() {
    postgres.listen();
    clockComesRound();
    time.runUntil(() -> false, Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    postgres.close();
  }

  private void clockComesRound() {
    postgres.get(postgres.store().claim("due", "clock-1", Duration.ofSeconds(3)).map(true));
    postgres.get(postgres.store().advance("due", "clock-1", postgres.now()).map(true));
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
  void aClockThatIsNotSeenIsAnAlarmUntilItIs() {
    assertThat(alarms()).isEmpty();
    postgres.execute("update passes set upto = now() - interval '20 s'");
    assertThat(alarms()).containsExactly("clock");
    assertThat(alarms()).containsExactly("clock");
    clockComesRound();
    assertThat(alarms()).as("others may see it yet").containsExactly("clock");
    nobodyHasSeenThem();
    assertThat(alarms()).isEmpty();
    assertThat(told()).containsExactly("open clock", "resolve clock");
  }

  @Test
  void anAuditThatFailsIsAnAlarmUntilOneDoesNot() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Liveness liveness = new Liveness(postgres.store().database());
    Accounts flaky =
        () ->
            broken.get()
                ? Future.failedFuture(new TimeoutException("no answer"))
                : liveness.account();
    Audit breaks = new Audit("me", postgres.store(), flaky, system, leases);
    List<String> said = new ArrayList<>();
    Audit.Say say =
        (name, severity, isTrue, message) -> {
          said.add(name + " " + isTrue);
          return Future.succeededFuture();
        };
    postgres.get(breaks.perhaps(say).map(true));
    anAuditIsDue();
    postgres.get(breaks.perhaps(say).map(true));
    assertThat(said).containsExactly("unaudited true");
    postgres.get(breaks.perhaps(say).map(true));
    assertThat(said).as("it is tried again in a minute, and no sooner").hasSize(1);
    broken.set(false);
    anAuditIsDue();
    postgres.get(breaks.perhaps(say).map(true));
    assertThat(said).containsExactly("unaudited true", "unaudited false", "unaccounted false");
  }

  private void anAuditIsDue() {
    postgres.execute("update passes set upto = now() - interval '2 min' where name = 'audit'");
  }

  @Test
  void whatNoWorkerTakesIsAnAlarmUntilOneDoes() {
    ResourceRow root = postgres.root();
    String type = root.machine().list().type();
    assertThat(alarms()).isEmpty();
    postgres.execute(
        "update resources set due_at = now() - interval '16 s' where due_at is not null");
    assertThat(alarms()).containsExactly("no_worker:default:" + type + ":1");
    postgres.get(
        queue.heartbeat(new Queue.Worker("w", "b", List.of("default:" + type + ":1"))).map(true));
    nobodyHasSeenThem();
    assertThat(alarms()).isEmpty();
    assertThat(told()).hasSize(2);
  }

  @Test
  void whatIsHeldMissesNoWorker() {
    ResourceRow root = postgres.root();
    postgres.execute(
        "update resources set due_at = now() - interval '16 s' where due_at is not null");
    postgres.get(
        postgres
            .store()
            .hold(
                new Hold.Request(
                    postgres.uuid(), Hold.Scope.SUBTREE, root.uuid(), null, "why", null),
                postgres.operator()));
    assertThat(alarms()).isEmpty();
    assertThat(postgres.get(audit.run()).count()).isZero();
  }

  @Test
  void whatIsLateIsAccountedForByItsLeaseOrAnAlarm() {
    ResourceRow root = postgres.root();
    postgres.execute(
        "update resources set due_at = now() - interval '2 min' where due_at is not null");
    Audit.Report report = postgres.get(audit.run());
    assertThat(report.count()).isOne();
    assertThat(report.unaccounted().get(0)).contains(root.uuid().toString());
    assertThat(alarms()).hasSize(1);
    assertThat(postgres.get(audit.run()).count()).as("an alarm says why").isZero();
  }

  @Test
  void ticketsThatCannotBeOpenedAreAnAlarmUntilThereAreNone() {
    SystemTime real = new SystemTime(postgres.vertx());
    RedisSettings settings = RedisSettings.STANDARD.withPrefix("lookout" + real.nanos() + ":");
    RedisQueue ours = redis(real, settings);
    RedisQueue theirs = redis(real, settings);
    Lookout beside = new Lookout(time, system, ours, audit);
    postgres.get(beside.look().map(true));
    assertThat(told()).isEmpty();

    ListName line = postgres.list();
    SubjectKey key = SubjectKey.ofResource(postgres.uuid());
    postgres.get(
        theirs
            .push(List.of(new Ticket(line, List.of(key), Cause.CLOCK, false, real.now(), null)))
            .map(true));
    assertThat(postgres.get(ours.pop(List.of(line), 5))).isEmpty();
    postgres.get(ours.unopened());
    postgres.get(beside.look().map(true));
    assertThat(told()).containsExactly("open undecryptable");

    RedisServer.shared().command("DEL", settings.prefix() + "unopened");
    nobodyHasSeenThem();
    postgres.get(beside.look().map(true));
    assertThat(told()).containsExactly("open undecryptable", "resolve undecryptable");
    postgres.get(ours.close().map(true));
    postgres.get(theirs.close().map(true));
  }

  /** With keys that nobody else has. */
  private RedisQueue redis(SystemTime real, RedisSettings settings) {
    Keyring keyring = Keyring.parse(Keyring.newKeychain(real::random), real::random);
    String url = RedisServer.shared().url();
    return RedisQueue.connect(postgres.vertx(), url, keyring, real, metrics, settings);
  }

  /** A minute later. */
  private void audits() {
    postgres.get(postgres.store().claim("audit", "me", Duration.ZERO).map(true));
    postgres.execute(
        "update passes set upto = now() - interval '2 min', until = now() - interval '1 min' where"
            + " name = 'audit'");
    postgres.get(audit.perhaps(this::say).map(true));
  }

  private ListName late() {
    ResourceRow root = postgres.root();
    String list = "default:" + root.machine().list().type() + ":1";
    postgres.get(queue.heartbeat(new Queue.Worker("w", "b", List.of(list))).map(true));
    postgres.execute(
        "update resources set due_at = now() - interval '2 min' where due_at is not null");
    return root.machine().list();
  }

  @Test
  void alarmsThatClocksDoNotMoveAreAnAlarm() {
    postgres.execute("insert into passes values ('alarms', 'c', now(), now() - interval '59 s')");
    assertThat(alarms()).isEmpty();
    postgres.execute("update passes set upto = now() - interval '62 s' where name = 'alarms'");
    clockComesRound();
    assertThat(alarms()).containsExactly("alarms");
    postgres.execute(
        "update passes set upto = now() - interval '5 min' where name in ('alarms', 'due')");
    assertThat(alarms()).as("a clock that stands still says enough").contains("clock");
  }

  @Test
  void aHoldThatIsOverAndHoldsStillIsAnAlarm() {
    Hold.Request request =
        new Hold.Request(postgres.uuid(), Hold.Scope.ALL, null, null, "why", null);
    Hold hold = postgres.get(postgres.store().hold(request, postgres.operator()));
    assertThat(alarms()).isEmpty();
    postgres.get(postgres.store().release(hold.uuid(), postgres.operator()));
    assertThat(alarms()).isEmpty();
    postgres.execute("update holds set released_at = now() - interval '121 s'");
    assertThat(alarms()).containsExactly("holds");
  }

  @Test
  void whatTwoAuditsFindUnwrittenIsStuckUntilItIsWritten() {
    late();
    audits();
    assertThat(told()).as("one look alone may be wrong").isEmpty();
    audits();
    assertThat(told()).containsExactly("open stuck");
    assertThat(postgres.get(audit.run()).account().counts()).containsEntry(Reason.STUCK, 1L);
    audits();
    postgres.execute("update resources set version = version + 1, due_at = null");
    postgres.get(postgres.store().moveAlarms(postgres.tick(), 100).map(true));
    assertThat(told()).containsExactly("open stuck", "resolve stuck");
  }

  @Test
  void aCrowdThatWaitsInLineIsOneAlarmOfItsList() {
    ListName line = late();
    String list = "default:" + line.type() + ":1";
    for (int i = 0; i < 100; i++) {
      postgres.root(line);
    }
    postgres.execute(
        "update resources set due_at = now() - interval '2 min' where due_at is not null");
    postgres.get(
        queue
            .push(
                List.of(
                    new Ticket(
                        line,
                        List.of(postgres.root(line).key()),
                        Cause.CLOCK,
                        false,
                        time.now(),
                        null)))
            .map(true));
    audits();
    audits();
    assertThat(told()).containsExactly("open behind:" + list);
    postgres.execute(
        "update resources set due_at = now() + interval '1 min' where type = '"
            + line.type()
            + "'");
    audits();
    assertThat(told()).containsExactly("open behind:" + list, "resolve behind:" + list);
  }

  @Test
  void aCrowdHidesNoStuckMachineOfAnotherListNorMakesThatOneACrowd() {
    ListName crowd = late();
    ResourceRow alone = postgres.root();
    for (int i = 0; i < 400; i++) {
      postgres.root(crowd);
    }
    postgres.execute(
        "update resources set due_at = now() - interval '2 min' where due_at is not null");
    for (ListName list : List.of(crowd, alone.machine().list())) {
      SubjectKey somebody = postgres.root(list).key();
      postgres.get(
          queue
              .push(
                  List.of(
                      new Ticket(list, List.of(somebody), Cause.CLOCK, false, time.now(), null)))
              .map(true));
    }
    audits();
    audits();
    assertThat(postgres.get(system.active()))
        .containsExactly("behind:default:" + crowd.type() + ":1");
    assertThat(
            postgres.rows(
                "SELECT FROM alarms WHERE resource_uuid = $1 AND name = 'stuck'", alone.uuid()))
        .hasSize(1);
  }

  @Test
  void whatNothingExplainsIsAnAlarmAndAFigure() {
    ResourceRow root = postgres.root();
    postgres.settle(root);
    audits();
    assertThat(postgres.get(system.active())).contains("unaccounted");
    assertThat(metrics.get("toygun_unaccounted").gauge().value()).isEqualTo(1.0);
  }

  private io.vertx.core.Future<Void> say(
      String name, dev.toygun.Severity severity, boolean isTrue, String message) {
    return isTrue ? system.open(postgres.uuid(), name, severity, message) : system.close(name);
  }

  @Test
  void aDatabaseThatFailsNowAndThenIsNotTakenForAQueueThatIsAway() {
    postgres.execute(
        """
        create sequence looks;
        alter table passes rename to passed;
        create view passes as select * from passed
         where 1 / (nextval('looks') % 2 - 1) < 0
        """);
    for (int i = 0; i < 8; i++) {
      postgres.get(lookout.look().map(true).otherwise(false));
    }
    assertThat(postgres.get(system.active())).isEmpty();
  }
}

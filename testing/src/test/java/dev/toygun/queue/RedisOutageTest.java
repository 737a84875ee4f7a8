package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.servers.RedisServer;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis emptied, stopped and frozen, while it is used. */
class RedisOutageTest {
  private static final ListName LIST = new ListName("default", "website", 1, 5);
  private static final RedisServer SERVER = RedisServer.start();

  private final RedisRig rig = new RedisRig(SERVER);
  private final RedisQueue queue =
      rig.queue(rig.keychain, rig.settings.withCallTimeout(Duration.ofSeconds(1)));
  private final RedisLeases leases =
      rig.leases(rig.settings.withCallTimeout(Duration.ofSeconds(1)));
  private long asked;

  @AfterAll
  static void closeServer() {
    SERVER.close();
  }

  @BeforeEach
  void run() {
    SERVER.run();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void emptiedItHasAnotherEpoch() {
    Queue.Epoch before = Waiting.get(queue.epoch());
    SERVER.flushAll();
    Queue.Epoch after = Waiting.get(queue.epoch());
    assertThat(after.made()).isTrue();
    assertThat(after.value()).isNotEqualTo(before.value());
    assertThat(Waiting.get(queue.epoch()).made()).isFalse();
  }

  @Test
  void demotedItIsNotReadyAndIsLookedForAnew() {
    Waiting.get(queue.ping());
    Waiting.get(push());
    SERVER.command("REPLICAOF", "127.0.0.1", "1");
    try {
      assertThatThrownBy(() -> Waiting.get(queue.ping())).hasMessageContaining("READONLY");
      long before = connections();
      assertThatThrownBy(() -> Waiting.get(push())).hasMessageContaining("READONLY");
      assertThatThrownBy(() -> Waiting.get(push())).hasMessageContaining("READONLY");
      assertThatThrownBy(() -> Waiting.get(push())).hasMessageContaining("READONLY");
      assertThat(connections() - before).isGreaterThan(1);
    } finally {
      SERVER.command("REPLICAOF", "NO", "ONE");
    }
    Waiting.get(push());
  }

  /** How many connections there have been, those of this question apart. */
  private long connections() {
    String stats = String.join("\n", SERVER.command("INFO", "stats"));
    String total = "total_connections_received:";
    int at = stats.indexOf(total) + total.length();
    return Long.parseLong(stats.substring(at, stats.indexOf('\r', at))) - ++asked;
  }

  @Test
  void stoppedAndStartedItIsUsedAgainWithinTwoSeconds() {
    AtomicInteger nudges = new AtomicInteger();
    queue.listen(nudges::incrementAndGet);
    Waiting.until(() -> nudges.get() > 0);
    Waiting.get(push());
    Future<Void> waiting = queue.awaitAny(List.of(LIST), Duration.ofSeconds(3));
    Future<Void> waitingLong = queue.awaitAny(List.of(other()), Duration.ofSeconds(30));
    Waiting.get(waiting);
    assertThat(Waiting.get(queue.pop(List.of(LIST), 2))).hasSize(1);

    SERVER.stop();
    assertThatThrownBy(() -> Waiting.get(push()))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("127.0.0.1:" + SERVER.port());
    assertThatThrownBy(() -> Waiting.get(queue.depths(List.of(LIST))))
        .isInstanceOf(RedisFailure.class);
    Waiting.get(waitingLong); // it does not wait for the dead
    Waiting.get(queue.awaitAny(List.of(LIST), Duration.ofSeconds(30)));
    assertThat(take().failed()).isTrue();
    int heard = nudges.get();

    SERVER.run();
    long back = System.nanoTime();
    Waiting.until(() -> succeeds(push()) && succeeds(queue.ping()) && succeeds(take()));
    assertThat(Waiting.get(queue.pop(List.of(LIST), 5))).isNotEmpty();
    assertThat(Waiting.get(queue.epoch()).made()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(2));
    Waiting.until(() -> nudges.get() > heard); // listening again, too
    int again = nudges.get();
    Waiting.until(
        () -> {
          Waiting.get(queue.nudge());
          return nudges.get() > again;
        });
  }

  @Test
  void frozenItIsGivenUpAfterTheTimeOutAndUsedAgainWhenItThaws() throws Exception {
    Waiting.get(queue.ping());
    signal("STOP");
    try {
      long from = System.nanoTime();
      assertThatThrownBy(() -> Waiting.get(queue.ping()))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("no answer");
      assertThatThrownBy(() -> Waiting.get(push())).isInstanceOf(RedisFailure.class);
      Waiting.get(queue.awaitAny(List.of(LIST), Duration.ofMillis(100)));
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(8));
    } finally {
      signal("CONT");
    }
    long back = System.nanoTime();
    Waiting.until(() -> succeeds(queue.ping()));
    assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void withoutRedisACallFailsAtOnceWhileItIsNotTriedAgain() {
    SERVER.stop();
    assertThatThrownBy(() -> Waiting.get(queue.ping())).isInstanceOf(RedisFailure.class);
    long from = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      assertThat(succeeds(queue.ping())).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void onlySoManyCallsWaitForAnAnswer() throws Exception {
    RedisSettings few = new RedisSettings("few:", Duration.ofSeconds(1), 1, 10, 100, Leases.TIME);
    RedisQueue narrow = rig.queue(rig.keychain, few);
    Waiting.get(narrow.ping());
    signal("STOP");
    try {
      List<Future<Void>> calls =
          java.util.stream.IntStream.range(0, 11).mapToObj(i -> narrow.ping()).toList();
      assertThatThrownBy(() -> Waiting.get(calls.get(10)))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("refused");
      assertThatThrownBy(() -> Waiting.get(calls.get(9))).isInstanceOf(RedisFailure.class);
    } finally {
      signal("CONT");
    }
    Waiting.until(() -> succeeds(narrow.ping()));
  }

  @Test
  void thePasswordOfAnAddressIsNeverShown() {
    String url = "redis://:canary-secret@127.0.0.1:1";
    RedisQueue nowhere =
        RedisQueue.connect(
            rig.vertx,
            url,
            dev.toygun.crypto.Keyring.parse(rig.keychain, rig.time::random),
            rig.time,
            rig.metrics,
            rig.settings);
    assertThatThrownBy(() -> Waiting.get(nowhere.ping()))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("redis://127.0.0.1:1")
        .satisfies(failure -> assertThat(traceOf(failure)).doesNotContain("canary"));
    for (String broken :
        List.of("http://:canary-secret@h", "redis://:canary-secret@", "redis://:canary secret@h")) {
      assertThatThrownBy(() -> RedisLeases.connect(rig.vertx, broken, rig.time, rig.settings))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(failure -> assertThat(traceOf(failure)).doesNotContain("canary"));
    }
    Waiting.get(nowhere.close());
  }

  private Future<Void> push() {
    return queue.push(
        List.of(
            new Ticket(
                LIST,
                List.of(SubjectKey.ofResource(rig.time.uuid())),
                Cause.CLOCK,
                false,
                rig.time.now(),
                null)));
  }

  private Future<?> take() {
    UUID one = rig.time.uuid();
    Future<?> taken = leases.take("ann", Map.of(one, new Leases.Want(Set.of(), true)));
    Waiting.until(taken::isComplete);
    return taken;
  }

  private static boolean succeeds(Future<?> future) {
    Waiting.until(future::isComplete);
    return future.succeeded();
  }

  private static ListName other() {
    return new ListName("default", "other", 1, 5);
  }

  private static void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(SERVER.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static String traceOf(Throwable failure) {
    java.io.StringWriter text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}

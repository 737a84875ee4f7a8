package dev.toygun.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.VirtualTime;
import dev.toygun.testing.contract.QueueContract;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InProcessQueueTest extends QueueContract {
  private final VirtualTime time = new VirtualTime(1);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final InProcessQueue queue = new InProcessQueue(time, metrics);

  @Override
  protected Queue queue() {
    return queue;
  }

  @Override
  protected Time time() {
    return time;
  }

  @Override
  protected <T> T get(Future<T> future) {
    assertThat(time.runUntil(future::isComplete, Duration.ofSeconds(10))).isTrue();
    if (future.cause() instanceof RuntimeException failure) {
      throw failure;
    }
    return future.result();
  }

  @Override
  protected void until(BooleanSupplier so) {
    for (int i = 0; i < 10_000 && !so.getAsBoolean(); i++) {
      time.advance(Duration.ofMillis(1));
    }
    assertThat(so.getAsBoolean()).isTrue();
  }

  @Test
  void aHeartbeatIsBelievedForFiveSeconds() {
    get(queue.heartbeat(new Queue.Worker("one", "build", List.of())));
    time.advance(Duration.ofMillis(4999));
    assertThat(get(queue.workers())).hasSize(1);
    time.advance(Duration.ofMillis(1));
    assertThat(get(queue.workers())).isEmpty();
  }

  @Test
  void emptiedItHasAnotherEpochAndNoTickets() {
    Queue.Epoch before = get(queue.epoch());
    get(queue.push(List.of(ticket(WEB))));
    queue.forgetEverything();
    assertThat(get(queue.pop(List.of(WEB), 5))).isEmpty();
    Queue.Epoch after = get(queue.epoch());
    assertThat(after.made()).isTrue();
    assertThat(after.value()).isNotEqualTo(before.value());
  }

  @Test
  void aListThatNobodyTakesFromLosesItsOldest() {
    List<Ticket> tickets = IntStream.range(0, 20_010).mapToObj(i -> ticket(WEB)).toList();
    get(queue.push(tickets));
    assertThat(get(queue.pop(List.of(WEB), 1))).containsExactly(tickets.get(10));
    assertThat(metrics.get("toygun_tickets_dropped").tag("reason", "overflown").counter().count())
        .isEqualTo(10);
  }

  @Test
  void ticketsThatAreDroppedAreCountedFromZeroByTheirReason() {
    for (String reason : List.of("overflown", "replayed", "expired", "unknown_key", "malformed")) {
      assertThat(metrics.get("toygun_tickets_dropped").tag("reason", reason).counter().count())
          .as(reason)
          .isZero();
    }
  }

  @Test
  void whoWaitsIsNotRunInsideThePush() {
    boolean[] ran = {false};
    queue.awaitAny(List.of(WEB), Duration.ofSeconds(5)).onComplete(over -> ran[0] = true);
    get(queue.push(List.of(ticket(WEB))));
    assertThat(ran[0]).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(ran[0]).isTrue();
  }

  @Test
  void onAnEventLoopWaitingEndsWhereItBegan() {
    Vertx vertx = Vertx.vertx();
    Promise<Boolean> same = Promise.promise();
    Promise<Void> waits = Promise.promise();
    var loop = vertx.getOrCreateContext();
    loop.runOnContext(
        v -> {
          queue
              .awaitAny(List.of(WEB), Duration.ofSeconds(5))
              .onComplete(over -> same.complete(Vertx.currentContext() == loop));
          waits.complete();
        });
    Waiting.get(waits.future());
    Waiting.get(queue.push(List.of(ticket(WEB))));
    assertThat(Waiting.get(same.future())).isTrue();
    Waiting.get(vertx.close());
  }
}

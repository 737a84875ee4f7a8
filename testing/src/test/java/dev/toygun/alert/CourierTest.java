package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.testing.MemoryOutbox;
import dev.toygun.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The courier on virtual time, with sinks of every temper. */
class CourierTest {
  private final VirtualTime time = new VirtualTime(7);
  private final MemoryOutbox outbox = new MemoryOutbox(time);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<String> sent = new ArrayList<>();
  private final List<Instant> tried = new ArrayList<>();

  private Courier courier(Function<Claimed, Future<Void>> sink) {
    Courier courier =
        new Courier(
            time,
            outbox,
            one -> {
              tried.add(time.now());
              return sink.apply(one).onSuccess(done -> sent.add(one.sink()));
            },
            metrics);
    courier.start();
    return courier;
  }

  private static Future<Void> well(Claimed claimed) {
    return Future.succeededFuture();
  }

  @Test
  void aMessageIsSentSoonAndOnce() {
    outbox.sink("ops");
    courier(CourierTest::well);
    UUID message = outbox.write("ops", new UUID(1, 1), false);
    time.advance(Duration.ofSeconds(2));
    assertThat(outbox.state(message)).isEqualTo("sent");
    time.advance(Duration.ofHours(3));
    assertThat(sent).containsExactly("ops");
  }

  @Test
  void whatDoesNotWorkIsTriedAfterMinutesAndThenGivenUp() {
    outbox.sink("ops");
    courier(one -> Future.failedFuture(NotDelivered.now("it answered 500")));
    UUID message = outbox.write("ops", new UUID(1, 1), false);
    time.advance(Duration.ofHours(4));
    assertThat(tried).hasSize(Courier.TRIES);
    long[] minutes = {1, 2, 4, 8, 16, 32, 60};
    for (int i = 0; i < minutes.length; i++) {
      long waited = Duration.between(tried.get(i), tried.get(i + 1)).toSeconds();
      assertThat(waited).isBetween(minutes[i] * 60 * 8 / 10L, minutes[i] * 60 * 12 / 10L + 3);
    }
    assertThat(outbox.state(message)).isEqualTo("failed: given up after 8 tries: it answered 500");
  }

  @Test
  void whatWillNeverWorkIsGivenUpAtOnce() {
    outbox.sink("ops");
    courier(one -> Future.failedFuture(NotDelivered.ever("it answered 404")));
    UUID message = outbox.write("ops", new UUID(1, 1), false);
    time.advance(Duration.ofSeconds(2));
    assertThat(outbox.state(message)).isEqualTo("failed: it answered 404");
  }

  @Test
  void whoAsksForTimeGetsIt() {
    outbox.sink("ops");
    courier(
        one -> Future.failedFuture(NotDelivered.before(Duration.ofMinutes(30), "it answered 429")));
    outbox.write("ops", new UUID(1, 1), false);
    time.advance(Duration.ofMinutes(29));
    assertThat(tried).hasSize(1);
    time.advance(Duration.ofMinutes(2));
    assertThat(tried).hasSize(2);
  }

  @Test
  void aSinkThatHangsHoldsUpNobodyElseAndIsNotPiledUpOn() {
    outbox.sink("hangs");
    outbox.sink("ops");
    Map<String, Integer> underWay = new HashMap<>();
    courier(
        one -> {
          underWay.merge(one.sink(), 1, Integer::sum);
          return one.sink().equals("hangs")
              ? Promise.<Void>promise().future()
              : Future.succeededFuture();
        });
    for (int i = 0; i < 100; i++) {
      outbox.write("hangs", new UUID(1, i), false);
      outbox.write("ops", new UUID(1, i), false);
    }
    time.advance(Duration.ofSeconds(30));
    assertThat(sent).hasSize(100).containsOnly("ops");
    assertThat(underWay.get("hangs")).isEqualTo(Courier.LANE);
  }

  @Test
  void aLongLaneIsEmptiedWithoutWaitingForTheNextLook() {
    outbox.sink("ops");
    for (int i = 0; i < 400; i++) {
      outbox.write("ops", new UUID(1, i), false);
    }
    courier(CourierTest::well);
    time.advance(Duration.ofSeconds(1));
    assertThat(sent).hasSize(400);
  }

  @Test
  void whoIsStoppedFinishesWhatItHasBegunAndBeginsNothing() {
    outbox.sink("ops");
    Promise<Void> slow = Promise.promise();
    Courier courier = courier(one -> slow.future());
    UUID message = outbox.write("ops", new UUID(1, 1), false);
    time.advance(Duration.ofSeconds(2));
    Future<Void> stopped = courier.stop();
    assertThat(stopped.isComplete()).isFalse();
    UUID next = outbox.write("ops", new UUID(1, 2), false);
    slow.complete();
    assertThat(stopped.succeeded()).isTrue();
    assertThat(outbox.state(message)).isEqualTo("sent");
    time.advance(Duration.ofMinutes(5));
    assertThat(outbox.state(next)).isEqualTo("pending");
  }

  @Test
  void howItWentIsCounted() {
    outbox.sink("ops");
    courier(one -> Future.failedFuture(NotDelivered.ever("no")));
    outbox.write("ops", new UUID(1, 1), false);
    outbox.alarm("open", Severity.CRITICAL);
    outbox.alarm("acknowledged", Severity.CRITICAL);
    time.advance(Duration.ofSeconds(20));
    for (Severity severity : Severity.values()) {
      assertThat(
              metrics.get("toygun_alarms_open").tag("severity", severity.stored()).gauge().value())
          .isEqualTo(severity == Severity.CRITICAL ? 1 : 0);
    }
    assertThat(metrics.get("toygun_delivery_seconds").tag("result", "failed").timer().count())
        .isEqualTo(1);
    assertThat(metrics.get("toygun_deliveries_failed").gauge().value()).isEqualTo(1);
  }

  /**
   * Couriers that die at any moment, before and after the sink has heard: every message arrives at
   * least once, and that an alarm is over never before that it began.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whoeverDiesEveryMessageArrivesAndInOrder(long seed) {
    Random chance = new Random(seed);
    outbox.sink("ops");
    outbox.sink("mail");
    List<UUID> written = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (String sink : List.of("ops", "mail")) {
        written.add(outbox.write(sink, new UUID(9, i), false));
        written.add(outbox.write(sink, new UUID(9, i), true));
      }
    }
    Set<UUID> heard = new HashSet<>();
    List<UUID> order = new ArrayList<>();
    for (int life = 0; life < 40; life++) {
      Courier courier =
          new Courier(
              time,
              outbox,
              one -> {
                int fate = chance.nextInt(10);
                if (fate == 0) {
                  return Promise.<Void>promise().future(); // dies before it was sent
                }
                if (fate == 1) {
                  return Future.failedFuture(NotDelivered.now("it answered 503"));
                }
                heard.add(one.uuid());
                order.add(one.uuid());
                return fate == 2 ? Promise.<Void>promise().future() : Future.succeededFuture();
              },
              new SimpleMeterRegistry());
      courier.start();
      time.advance(Duration.ofSeconds(10 + chance.nextInt(200)));
      courier.stop();
    }
    time.advance(Duration.ofHours(1));
    Courier last =
        new Courier(
            time,
            outbox,
            one -> {
              heard.add(one.uuid());
              order.add(one.uuid());
              return Future.succeededFuture();
            },
            new SimpleMeterRegistry());
    last.start();
    time.advance(Duration.ofHours(2));
    assertThat(heard).as("seed " + seed).containsAll(written);
    for (int i = 0; i < written.size(); i += 2) {
      assertThat(order.indexOf(written.get(i)))
          .as("seed " + seed)
          .isLessThan(order.indexOf(written.get(i + 1)));
    }
  }
}

package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Severity;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.testing.MemoryOutbox;
import dev.toygun.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an outbox needs besides being delivered, on virtual time. */
class UpkeepTest {
  private final VirtualTime time = new VirtualTime(7);
  private final MemoryOutbox outbox = new MemoryOutbox(time);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private boolean sealsAreBroken;
  private int sealed;

  private Upkeep upkeep() {
    Upkeep upkeep =
        new Upkeep(
            time,
            outbox,
            () -> {
              sealed++;
              return sealsAreBroken
                  ? Future.failedFuture("no database")
                  : Future.succeededFuture(0);
            },
            metrics);
    upkeep.start();
    return upkeep;
  }

  @Test
  void aNewSinkIsToldOfAllThatIsOpenWithin15Seconds() {
    upkeep();
    for (int i = 0; i < 1_200; i++) {
      outbox.alarm("open", Severity.ERROR);
    }
    outbox.sink("ops");
    time.advance(Duration.ofSeconds(15));
    assertThat(outbox.size()).isEqualTo(1_200);
  }

  @Test
  void errorsAreLookedAtWithin6SecondsHoweverMany() {
    upkeep();
    outbox.errors(1_200);
    time.advance(Duration.ofSeconds(6));
    assertThat(outbox.errors()).isZero();
  }

  @Test
  void whatWasSentIsKeptFor30DaysAndWhatFailedFor90() {
    upkeep();
    outbox.sink("ops");
    UUID sent = outbox.write("ops", new UUID(1, 1), false);
    UUID failed = outbox.write("ops", new UUID(1, 2), false);
    for (Claimed one : outbox.claim(List.of(), 10, Duration.ofSeconds(60)).result()) {
      if (one.uuid().equals(sent)) {
        outbox.sent(one);
      } else {
        outbox.failed(one, "no such page");
      }
    }
    time.advance(Duration.ofDays(30).minusMinutes(1));
    assertThat(outbox.size()).isEqualTo(2);
    time.advance(Duration.ofMinutes(14));
    assertThat(outbox.size()).isOne();
    assertThat(outbox.state(failed)).startsWith("failed");
    time.advance(Duration.ofDays(60));
    assertThat(outbox.size()).isZero();
  }

  @Test
  void whatDoesNotWorkIsDoneAgainAndHoldsUpNothingElse() {
    sealsAreBroken = true;
    upkeep();
    outbox.alarm("open", Severity.ERROR);
    outbox.sink("ops");
    time.advance(Duration.ofMinutes(30));
    assertThat(outbox.size()).isOne();
    assertThat(sealed).isGreaterThanOrEqualTo(3);
    assertThat(metrics.counter("toygun_delivery_errors_total").count()).isEqualTo(sealed);
  }

  @Test
  void whatIsStoppedDoesNothingMore() {
    Upkeep upkeep = upkeep();
    upkeep.stop();
    outbox.alarm("open", Severity.ERROR);
    outbox.sink("ops");
    time.advance(Duration.ofHours(1));
    assertThat(outbox.size()).isZero();
    assertThat(sealed).isOne();
  }
}

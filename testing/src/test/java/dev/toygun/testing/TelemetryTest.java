package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.store.Committed;
import dev.toygun.store.Loaded;
import dev.toygun.store.Outcome;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a worker measures of itself. */
class TelemetryTest extends WorkerRig {
  enum State {
    FIRST,
    SECOND
  }

  private static ResourceType<State> type() {
    return ResourceType.of(
        "thing",
        state(State.FIRST).decide(t -> t.go(State.SECOND)).to(State.SECOND),
        state(State.SECOND).decide(t -> t.stay()).rests());
  }

  /** Rows that take 20 ms to be read and 30 ms to be written. */
  private final class SlowRows extends Rows {
    @Override
    public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
      return after(20).compose(then -> super.load(resources, sees));
    }

    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      return after(30).compose(then -> super.commit(group));
    }

    private Future<Void> after(int millis) {
      Promise<Void> promise = Promise.promise();
      time.after(ofMillis(millis), promise::complete);
      return promise.future();
    }
  }

  private Timer delay(String until) {
    return metrics.get("toygun_delay_seconds").tag("until", until).timer();
  }

  private double ticks(String result) {
    return metrics.get("toygun_tick_total").tag("result", result).counter().count();
  }

  @Test
  void theFourthDelayEndsWhenTheFirstTickIsCommitted() {
    work(type(), new SlowRows(), leases);
    time.advance(ofSeconds(2));
    assertThat(store.resource(thing).orElseThrow().machine().state()).isEqualTo("second");
    for (String until : List.of("queued", "popped", "leased", "done")) {
      assertThat(delay(until).count()).as(until).isEqualTo(1);
    }
    assertThat(delay("done").totalTime(MILLISECONDS))
        .as("read and written, and little else")
        .isBetween(50.0, 60.0);
  }

  @Test
  void whatMayBecomeOfATickIsCountedFromZero() {
    work(type(), new Rows(), leases);
    for (String result :
        List.of("changed", "unchanged", "skipped", "failed", "broken_off", "fenced", "set_back")) {
      assertThat(ticks(result)).as(result).isZero();
    }
    time.advance(ofSeconds(2));
    assertThat(ticks("changed")).isPositive();
  }
}

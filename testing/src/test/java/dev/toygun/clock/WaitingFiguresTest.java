package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Admissions.Waiting;
import dev.toygun.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many wait for their turn, and for how long, as a clock tells it. */
class WaitingFiguresTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ClockMetrics metrics = new ClockMetrics(registry, new VirtualTime(1));

  private double figure(String name, String task) {
    return registry.get(name).tags("type", "site", "task", task).gauge().value();
  }

  @Test
  void aLineIsToldWhileThereIsOneAndIsZeroAfterThat() {
    Waiting work = new Waiting("site", "work", 3, NOW.minusSeconds(5), NOW);
    Waiting check = new Waiting("site", "check", 1, NOW.minusSeconds(1), NOW);
    metrics.waiting(List.of(work, check));
    assertThat(figure("toygun_waiting_runs", "work")).isEqualTo(3);
    assertThat(figure("toygun_waiting_oldest_seconds", "work")).isEqualTo(5);
    metrics.waiting(List.of(check));
    assertThat(figure("toygun_waiting_runs", "work")).isZero();
    assertThat(figure("toygun_waiting_oldest_seconds", "work")).isZero();
    assertThat(figure("toygun_waiting_runs", "check")).isOne();
  }
}

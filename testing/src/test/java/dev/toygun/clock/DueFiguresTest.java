package dev.toygun.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Leases.Want;
import dev.toygun.store.SubjectKey;
import dev.toygun.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How long the oldest row has been due, as alerts ask it. */
class DueFiguresTest {
  private static double oldest(SimpleMeterRegistry registry) {
    return registry.get("toygun_due_oldest_seconds").gauge().value();
  }

  @Test
  void itGrowsWhileNobodyCanLook() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    VirtualTime time = new VirtualTime(1);
    ClockMetrics metrics = new ClockMetrics(registry, time);
    metrics.oldestDue(Optional.empty());
    time.advance(Duration.ofSeconds(9));
    assertThat(oldest(registry)).isZero();
    time.advance(Duration.ofMinutes(2));
    assertThat(oldest(registry)).isCloseTo(119, Offset.offset(0.1));
    metrics.oldestDue(Optional.of(time.now().minusSeconds(300)));
    time.advance(Duration.ofSeconds(5));
    assertThat(oldest(registry)).as("it is still due").isCloseTo(305, Offset.offset(0.1));
    metrics.notMine();
    assertThat(oldest(registry)).isZero();
  }

  @Test
  void whatIsBeingTickedIsNotDueForLong() {
    ClockRig rig = new ClockRig();
    SubjectKey long1 = rig.dueNow(ClockRig.WEB);
    rig.leases.take("worker-1", Map.of(long1.resource(), new Want(Set.of(long1), false)));
    rig.clock(ClockSettings.STANDARD);
    for (int i = 0; i < 20; i++) {
      rig.pass(5);
      rig.leases.renew("worker-1", Map.of(long1.resource(), Map.of()));
    }
    assertThat(oldest(rig.metrics)).isLessThan(31);
    rig.leases.release("worker-1", Set.of(long1.resource()));
    rig.pass(40);
    assertThat(oldest(rig.metrics)).isGreaterThan(100);
  }
}

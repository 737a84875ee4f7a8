package dev.toygun.clock;

import static dev.toygun.clock.ClockRig.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.queue.Leases.Lost;
import dev.toygun.queue.Queue.Worker;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clocks and workers that come and go. */
class ManyClocksTest {
  private final ClockRig rig = new ClockRig();

  @Test
  void twoClocksQueueNothingTwice() {
    rig.clock(ClockSettings.STANDARD);
    rig.clock(ClockSettings.STANDARD);
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(10);
    assertThat(rig.pop(WEB)).containsExactly(key);
  }

  @Test
  void anotherClockTakesOverWithinFiveSeconds() {
    MortalTime mortal = new MortalTime(rig.time);
    rig.clock(ClockSettings.STANDARD, mortal, rig.queue);
    rig.pass(1);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(1);
    mortal.kill();
    Instant killed = rig.time.now();
    SubjectKey key = rig.dueNow(WEB);
    assertThat(rig.time.runUntil(() -> rig.depth(WEB) > 0, Duration.ofSeconds(10))).isTrue();
    assertThat(Duration.between(killed, rig.time.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(rig.pop(WEB)).containsExactly(key);
    rig.pass(5);
    assertThat(rig.rows.upto("polls")).isAfter(rig.time.now().minusSeconds(3));
  }

  @Test
  void aClockThatThawsLeavesThePassesToWhoHasThem() {
    MortalTime mortal = new MortalTime(rig.time);
    rig.clock(ClockSettings.STANDARD, mortal, rig.queue);
    rig.pass(1);
    mortal.kill();
    rig.clock(ClockSettings.STANDARD);
    rig.pass(5);
    mortal.revive();
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(10);
    assertThat(rig.pop(WEB)).containsExactly(key);
  }

  @Test
  void aClockThatStopsHandsItsPassesOver() {
    Clock first = rig.clock(ClockSettings.STANDARD);
    rig.pass(1);
    rig.clock(ClockSettings.STANDARD);
    rig.pass(1);
    Future<Void> stopped = first.stop();
    assertThat(rig.time.runUntil(stopped::isComplete, Duration.ofMillis(100))).isTrue();
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(key);
  }

  @Test
  void aClockThatIsStoppedDoesNothingMore() {
    Clock clock = rig.clock(ClockSettings.STANDARD);
    rig.pass(1.001); // in the middle of a pass, or between two
    clock.stop();
    assertThat(clock.stop()).isSameAs(clock.stop());
    rig.time.runUntilIdle();
    rig.dueNow(WEB);
    assertThat(rig.time.pending()).isZero();
    assertThat(rig.pop(WEB)).isEmpty();
  }

  @Test
  void whatADeadWorkerHeldIsQueuedAgainWithinSeconds() {
    rig.clock(ClockSettings.STANDARD);
    rig.queue.heartbeat(new Worker("dies", "", List.of()));
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(0.7);
    assertThat(rig.pop(WEB)).containsExactly(key);
    rig.lease("dies", key);
    rig.leases.renew("dies", Map.of(key.resource(), Map.of(key.uuid(), new Lost(3, 0))));
    rig.pass(3.5);
    assertThat(rig.pop(WEB)).isEmpty();
    rig.pass(2);
    assertThat(rig.leases.held(Set.of(key.resource())).result()).isEmpty();
    assertThat(rig.pop(WEB)).containsExactly(key);
    rig.lease("lives", key); // taken over: what it was ticking counts as lost
  }

  @Test
  void aLivingWorkerKeepsItsLeases() {
    rig.clock(ClockSettings.STANDARD);
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(0.7);
    rig.pop(WEB);
    rig.lease("lives", key);
    for (int i = 0; i < 20; i++) {
      rig.queue.heartbeat(new Worker("lives", "", List.of()));
      rig.leases.renew("lives", Map.of(key.resource(), Map.of()));
      rig.pass(1);
      assertThat(rig.leases.held(Set.of(key.resource())).result()).hasSize(1);
    }
    assertThat(rig.pop(WEB)).isEmpty();
  }

  @Test
  void aWorkerIsNotTakenForDeadBecauseTheQueueWasAway() {
    BrokenQueue broken = new BrokenQueue(rig.queue);
    rig.clock(ClockSettings.STANDARD, rig.time, broken);
    rig.queue.heartbeat(new Worker("lives", "", List.of()));
    SubjectKey key = rig.dueNow(WEB);
    rig.pass(0.7);
    rig.lease("lives", key);
    broken.away = true;
    rig.pass(6);
    broken.away = false;
    rig.pass(0.7); // the clock is back before the worker's next heartbeat
    assertThat(rig.leases.held(Set.of(key.resource())).result()).hasSize(1);
    rig.queue.heartbeat(new Worker("lives", "", List.of()));
    rig.leases.renew("lives", Map.of(key.resource(), Map.of()));
    rig.pass(4);
    assertThat(rig.leases.held(Set.of(key.resource())).result()).hasSize(1);
  }
}

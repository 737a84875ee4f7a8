package dev.toygun.examples.pool;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Availability;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.Values;
import dev.toygun.testing.Simulated;
import dev.toygun.testing.Simulation;
import dev.toygun.testing.TestTick;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
  private final FakeHost host = new FakeHost();
  private final List<ResourceType<?>> types = new Pool(host).types();
  private final Simulation pool = Simulation.of(types.get(0), types.get(1));

  private void filled(long size) {
    pool.with(Pool.SIZE, size).advance(ofSeconds(30));
    assertThat(pool.state()).isEqualTo("serving");
    assertThat(host.answering()).isEqualTo(size);
  }

  /** Goes on for so long, and never lets fewer answer. */
  private void advance(int seconds, long atLeast) {
    for (int second = 0; second < seconds; second++) {
      pool.advance(ofSeconds(1));
      assertThat(host.answering()).as("%s", pool).isGreaterThanOrEqualTo(atLeast);
    }
  }

  private List<String> nodes() {
    return pool.children(Node.TYPE).stream().map(ResourceView::label).sorted().toList();
  }

  @Test
  void itServesOnceAllItsNodesAnswer() {
    filled(3);
    assertThat(nodes()).containsExactly("node-1", "node-2", "node-3");
    assertThat(pool.availability()).isEqualTo(Availability.ONLINE);
    assertThat(pool.alarms()).isEmpty();
  }

  @Test
  void aVersionIsRolledOutNodeByNodeAndEnoughAnswerMeanwhile() {
    filled(3);
    pool.set(Pool.VERSION, "2");
    advance(60, 3);
    assertThat(host.versions()).containsOnly("2").hasSize(3);
    assertThat(nodes()).containsExactly("node-4", "node-5", "node-6");
    assertThat(pool.alarms()).isEmpty();
  }

  @Test
  void aVersionThatDoesNotAnswerCostsOneNodeAndGoingBackRemovesIt() {
    host.broken.add("2");
    filled(3);
    pool.set(Pool.VERSION, "2");
    advance(120, 3);
    assertThat(Collections.frequency(host.versions(), "2")).isEqualTo(1);
    pool.set(Pool.VERSION, "1");
    advance(60, 3);
    assertThat(host.versions()).containsOnly("1").hasSize(3);
    assertThat(nodes()).containsExactly("node-1", "node-2", "node-3");
  }

  @Test
  void itIsScaledUpAndDown() {
    filled(2);
    pool.set(Pool.SIZE, 4L);
    advance(30, 2);
    assertThat(nodes()).containsExactly("node-1", "node-2", "node-3", "node-4");
    pool.set(Pool.SIZE, 1L);
    advance(30, 1);
    assertThat(nodes()).containsExactly("node-1");
    assertThat(host.versions()).hasSize(1);
    pool.set(Pool.SIZE, 0L);
    advance(30, 0);
    assertThat(host.versions()).isEmpty();
    assertThat(pool.alarms()).isEmpty();
  }

  @Test
  void aNodeThatDoesNotAnswerIsReplaced() {
    filled(3);
    host.silence(1);
    advance(60, 2);
    assertThat(host.answering()).isEqualTo(3);
    assertThat(host.versions()).hasSize(3);
    assertThat(nodes()).hasSize(3).contains("node-4");
    assertThat(pool.alarms()).isEmpty();
  }

  @Test
  void aNodeThatAPersonRestartsIsNotReplaced() {
    filled(3);
    host.slow = true;
    Simulated node = pool.child(Node.TYPE, "node-1");
    node.restart(false);
    pool.advance(ofSeconds(40));
    assertThat(host.answering()).isEqualTo(2);
    assertThat(nodes()).containsExactly("node-1", "node-2", "node-3");
    host.slow = false;
    pool.advance(ofSeconds(30));
    assertThat(host.answering()).isEqualTo(3);
    assertThat(node.availability()).isEqualTo(Availability.ONLINE);
    assertThat(nodes()).containsExactly("node-1", "node-2", "node-3");
    assertThat(pool.alarms()).isEmpty();
  }

  @Test
  void aNodeWhosePlaceIsNotChosenYetIsRestartedOnceItIs() throws IOException {
    Next<Restart.Step> next =
        new Restart(host).stop(TestTick.in(Restart.Step.STOP).with(Node.VERSION, "1").build());
    assertThat(next.move()).isInstanceOf(Next.Move.Stay.class);
  }

  @Test
  void whereMostDoNotAnswerAtOnceNobodyIsReplacedAndAPersonIsTold() {
    filled(3);
    host.silence(3);
    pool.advance(ofSeconds(60));
    assertThat(nodes()).containsExactly("node-1", "node-2", "node-3");
    assertThat(pool.alarms()).contains("web-pool: outage", "web-pool: down");
    host.restore();
    pool.advance(ofSeconds(60));
    // The one that is looked at last seems to be a single failure by then.
    assertThat(nodes()).hasSize(3).contains("node-1", "node-2");
    assertThat(pool.alarms()).isEmpty();
  }

  @Test
  void whatSomebodyElseMadeBelowItIsLeftAlone() {
    Values version = Values.of(Node.VERSION, "1");
    Fleet fleet =
        Fleet.of(
            TestTick.in(Pool.State.SERVING)
                .child(Node.TYPE, "by-hand", "serving", version)
                .child(Node.TYPE, "node-7", "serving", version)
                .build());
    assertThat(fleet.nodes()).extracting(ResourceView::label).containsExactly("node-7");
    assertThat(fleet.missing()).containsExactly("node-8");
  }

  @Test
  void itTakesItsNodesWithIt() {
    filled(3);
    pool.delete();
    pool.advance(ofMinutes(1));
    assertThat(pool.active()).isFalse();
    assertThat(host.versions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void howeverOftenWorkersDieNoServerIsLeftBehind(long seed) {
    Simulation crashing = Simulation.crashing(types.get(0), seed, types.get(1));
    crashing.with(Pool.SIZE, 3L).advance(ofMinutes(5));
    crashing.set(Pool.VERSION, "2");
    crashing.advance(ofMinutes(10));
    assertThat(host.versions()).as("seed %d: %s", seed, crashing).containsOnly("2").hasSize(3);
    assertThat(crashing.liveness()).isEmpty();
    crashing.delete();
    crashing.advance(ofMinutes(5));
    assertThat(host.versions()).as("seed %d: %s", seed, crashing).isEmpty();
  }
}

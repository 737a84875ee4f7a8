package dev.toygun.testing;

import static dev.toygun.StateDef.forSignal;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource has as many children as it is told, asks those above to go, and speaks to them. */
class PoolTest {
  static final Field<Long> SIZE = Field.integer("size").required();
  static final Field<String> IMAGE = Field.text("image").initially("v1");
  static final SignalType DEPLOY = SignalType.of("deploy", IMAGE);
  static final SignalType NUDGE = SignalType.of("nudge");
  static final TaskName RELEASE = TaskName.of("release");

  enum Pool {
    SCALING
  }

  enum Node {
    UP
  }

  enum Release {
    WAITING
  }

  private static Next<Pool> scale(Tick<Pool> t) {
    List<ResourceView> nodes = t.children("node");
    Next<Pool> next = t.stay();
    for (long n = nodes.size(); n < t.get(SIZE); n++) {
      next = next.create("node", "node-" + n, Values.NONE);
    }
    for (ResourceView node : nodes) {
      if (Long.parseLong(node.label().substring(5)) >= t.get(SIZE)) {
        next = next.delete(node);
      } else if (!node.find(IMAGE).equals(t.find(IMAGE))) {
        next = next.signal(node, DEPLOY, Values.of(IMAGE, t.get(IMAGE)));
      }
    }
    return next;
  }

  private static ResourceType<Pool> pool() {
    return ResourceType.of("pool", state(Pool.SCALING).decide(PoolTest::scale).rests())
        .fields(SIZE, IMAGE)
        .children("node");
  }

  private static ResourceType<Node> node() {
    return ResourceType.of(
            "node",
            state(Node.UP)
                .decide(
                    t ->
                        t.signal(DEPLOY)
                            .map(s -> t.stay().with(IMAGE, s.get(IMAGE)).consume(s))
                            .orElseGet(t::stay))
                .waits(forSignal(DEPLOY)))
        .fields(IMAGE);
  }

  @Test
  void aParentAsksAChildToGoAndIsToldOnceItIsGone() {
    Simulation pool = Simulation.of(pool(), node()).with(SIZE, 3L);
    pool.advance(ofMinutes(1));
    Simulated last = pool.child("node", "node-2");
    pool.set(SIZE, 2L);
    pool.advance(ofMinutes(1));
    assertThat(last.active()).as("%s", pool).isFalse();
    assertThat(pool.child("node", "node-1").active()).isTrue();
    assertThat(pool.liveness()).isEmpty();
  }

  @Test
  void aParentSendsItsChildrenASignalWithFields() {
    Simulation pool = Simulation.of(pool(), node()).with(SIZE, 2L);
    pool.advance(ofMinutes(1));
    pool.set(IMAGE, "v2");
    pool.advance(ofMinutes(1));
    assertThat(pool.child("node", "node-0").find(IMAGE)).contains("v2");
    assertThat(pool.child("node", "node-1").find(IMAGE)).contains("v2");
  }

  @Test
  void aResourceSendsItsTaskASignalAndOneWithoutARunIsLost() {
    TaskType<Release> release =
        TaskType.of(
            RELEASE,
            state(Release.WAITING)
                .async(
                    t ->
                        Future.succeededFuture(
                            t.signal(NUDGE).map(s -> t.finish().consume(s)).orElseGet(t::stay)))
                .waits(forSignal(NUDGE))
                .finishes());
    ResourceType<Node> type =
        ResourceType.of(
                "app",
                state(Node.UP)
                    .decide(
                        t ->
                            t.signal(DEPLOY)
                                .map(s -> t.stay().consume(s).signal(RELEASE, NUDGE, Values.NONE))
                                .orElseGet(t::stay))
                    .waits(forSignal(DEPLOY)))
            .tasks(release);
    Simulation app = Simulation.of(type);
    app.advance(ofSeconds(5));
    app.signal(DEPLOY, Values.of(IMAGE, "v2"));
    app.advance(ofSeconds(5));
    assertThat(app.errors()).isEmpty();
    app.start(RELEASE);
    app.advance(ofSeconds(5));
    app.signal(DEPLOY, Values.of(IMAGE, "v3"));
    app.advance(ofSeconds(5));
    assertThat(app.path(RELEASE)).endsWith("waiting", "__stop__");
  }

  @Test
  void whoIsNoChildIsNotDeletedAndNobodyIsSentWhatItDoesNotWaitFor() {
    ResourceType<Node> deletesItsParent =
        ResourceType.of(
                "node",
                state(Node.UP).decide(t -> t.stay().delete(t.parent().orElseThrow())).rests())
            .parent();
    Simulation pool = Simulation.of(pool(), deletesItsParent).with(SIZE, 1L);
    pool.advance(ofMinutes(1));
    assertThat(pool.child("node", "node-0").errors())
        .containsExactly(
            "Refused: node deletes pool 'pool', which is no child of it:"
                + " take one of t.children(\"pool\")");
    ResourceType<Pool> nudges =
        ResourceType.of(
                "pool",
                state(Pool.SCALING)
                    .decide(
                        t ->
                            t.children("node").stream()
                                .map(node -> t.stay().signal(node, NUDGE, Values.NONE))
                                .findFirst()
                                .orElseGet(() -> t.stay().create("node", "one", Values.NONE)))
                    .rests())
            .children("node");
    Simulation nudging = Simulation.of(nudges, node());
    nudging.advance(ofMinutes(1));
    assertThat(nudging.errors())
        .containsExactly(
            "Refused: pool sends node 'one' the signal 'nudge', for which none of its states"
                + " waits: add .waits(forSignal(…))");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void howeverOftenWorkersDieAPoolComesToItsSizeAndItsImage(long seed) {
    Simulation pool = Simulation.crashing(pool(), seed, node()).with(SIZE, 4L);
    pool.advance(ofMinutes(5));
    pool.set(SIZE, 2L);
    pool.set(IMAGE, "v2");
    pool.advance(ofMinutes(5));
    assertThat(pool.children("node"))
        .as("seed %d: %s", seed, pool)
        .extracting(ResourceView::label, node -> node.find(IMAGE).orElse(""))
        .containsExactlyInAnyOrder(tuple("node-0", "v2"), tuple("node-1", "v2"));
    assertThat(pool.liveness()).isEmpty();
  }
}

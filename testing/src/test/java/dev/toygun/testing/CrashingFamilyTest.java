package dev.toygun.testing;

import static dev.toygun.StateDef.forSignal;
import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parents, children, signals and exits, while workers die and Redis is lost. */
class CrashingFamilyTest {
  private static final TaskName JOIN = TaskName.of("join");
  private static final TaskName APPROVE = TaskName.of("approve");
  private static final Field<String> NOTE = Field.text("note");
  private static final Field<Long> COUNT = Field.integer("count").initially(0L);
  private static final SignalType YES = SignalType.of("yes", NOTE);

  enum Cluster {
    GROWING,
    UP
  }

  enum Node {
    JOINING,
    IN
  }

  enum Work {
    DO
  }

  enum Steps {
    WAIT,
    COUNTED
  }

  /** Who is a member, outside. */
  private final Set<String> members = new HashSet<>();

  private final Map<String, Integer> joins = new HashMap<>();
  private final List<String> approved = new ArrayList<>();

  private ResourceType<Cluster> cluster() {
    return ResourceType.of(
            "cluster",
            state(Cluster.GROWING).decide(this::grow).to(Cluster.UP),
            state(Cluster.UP).decide(t -> t.stay().ensure(APPROVE)).rests())
        .fields(COUNT)
        .children("node")
        .tasks(
            TaskType.of(
                APPROVE,
                state(Steps.WAIT).decide(this::approve).waits(forSignal(YES)).to(Steps.COUNTED),
                state(Steps.COUNTED).decide(t -> t.go(Steps.WAIT)).to(Steps.WAIT)));
  }

  private Next<Cluster> grow(Tick<Cluster> t) {
    boolean all =
        t.children("node").size() == 3
            && t.children("node").stream().allMatch(node -> node.state().equals("in"));
    Next<Cluster> next = all ? t.go(Cluster.UP) : t.stay();
    for (String label : all ? List.<String>of() : List.of("a", "b", "c")) {
      next = next.create("node", label, Values.of(NOTE, label));
    }
    return next;
  }

  private Next<Steps> approve(Tick<Steps> t) {
    return t.signal(YES)
        .map(
            yes -> {
              approved.add(yes.values().find(NOTE).orElse(""));
              return t.go(Steps.COUNTED).consume(yes).with(COUNT, t.get(COUNT) + 1);
            })
        .orElseGet(t::stay);
  }

  private ResourceType<Node> node() {
    return ResourceType.of(
            "node",
            state(Node.JOINING)
                .decide(t -> t.task(JOIN) == FINISHED ? t.go(Node.IN) : t.stay().ensure(JOIN))
                .to(Node.IN),
            state(Node.IN).decide(t -> t.stay()).rests())
        .fields(NOTE)
        .tasks(
            TaskType.of(
                JOIN,
                state(Work.DO)
                    .blocking(
                        t -> {
                          joins.merge(t.token("join"), 1, Integer::sum);
                          members.add(t.get(NOTE));
                          return t.finish();
                        })
                    .finishes()))
        .onStop(
            TaskType.of(
                TaskName.of("leave"),
                state(Work.DO)
                    .blocking(
                        t -> {
                          members.remove(t.get(NOTE));
                          return t.finish();
                        })
                    .finishes()));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aFamilyGrowsListensAndGoesWhateverBreaks(long seed) {
    Simulation cluster = Simulation.crashing(cluster(), seed, node());
    cluster.advance(ofMinutes(1));
    cluster.loseQueue().advance(ofMinutes(3));
    assertThat(cluster.state()).as("%s", cluster).isEqualTo("up");
    assertThat(members).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(joins).as("%s", cluster).hasSize(3);

    for (int i = 1; i <= 5; i++) {
      cluster.signal(APPROVE, YES, Values.of(NOTE, "n" + i));
      cluster.advance(ofSeconds(seed % 7));
    }
    cluster.loseQueue().advance(ofMinutes(3));
    assertThat(cluster.get(COUNT)).as("%s", cluster).isEqualTo(5);
    assertThat(approved).containsSubsequence("n1", "n2", "n3", "n4", "n5");
    assertThat(cluster.liveness()).as("%s", cluster).isEmpty();

    cluster.delete();
    cluster.advance(ofMinutes(2));
    cluster.calm().loseQueue().advance(ofMinutes(3));
    assertThat(cluster.active()).as("%s", cluster).isFalse();
    assertThat(members).as("%s", cluster).isEmpty();
    assertThat(cluster.resources()).allMatch(r -> !r.active());
    assertThat(cluster.liveness()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aFamilyThatIsAbandonedEndsWhateverBreaksAndRunsNoCodeAfterwards(long seed) {
    Simulation cluster = Simulation.crashing(cluster(), seed, node());
    cluster.advance(ofSeconds(2 + seed % 40));
    cluster.abandon("it is of no use");
    cluster.advance(ofSeconds(seed % 5)).loseQueue().advance(ofMinutes(1));
    assertThat(cluster.resources()).as("%s", cluster).allMatch(r -> !r.active());
    Set<String> left = Set.copyOf(members);
    cluster.calm().loseQueue().advance(ofMinutes(3));
    assertThat(members).as("nobody cleans up: %s", cluster).isEqualTo(left);
    assertThat(cluster.resources()).allMatch(r -> !r.active());
    assertThat(cluster.liveness()).isEmpty();
  }
}

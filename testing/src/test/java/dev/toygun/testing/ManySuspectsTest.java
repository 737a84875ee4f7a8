package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A machine that died twice leaves a worker many suspects, none of which did any harm. */
class ManySuspectsTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final int MANY = 64;

  enum State {
    KEPT
  }

  private final List<Instant> looks = new ArrayList<>();
  private Duration takes = Duration.ZERO;
  private Simulation world = Simulation.of(ordinary());

  private static ResourceType<State> type(String name, TaskType<?> work) {
    return ResourceType.of(
            name,
            state(State.KEPT)
                .decide(t -> t.task(WORK) == TaskStatus.ABSENT ? t.stay().start(WORK) : t.stay())
                .rests())
        .tasks(work);
  }

  private ResourceType<State> ordinary() {
    return type(
        "ordinary", TaskType.of(WORK, state(State.KEPT).decide(this::look).every(ofSeconds(5))));
  }

  private Next<State> look(Tick<State> t) {
    looks.add(t.now());
    return t.stay();
  }

  private ResourceType<State> lasting() {
    return type("lasting", TaskType.of(WORK, state(State.KEPT).async(this::last).finishes()));
  }

  private Future<Next<State>> last(Tick<State> t) {
    if (takes.isZero()) {
      return Future.succeededFuture(t.pause(ofSeconds(5)));
    }
    Promise<Next<State>> answer = Promise.promise();
    world.time().after(takes, () -> answer.complete(t.finish()));
    return answer.future();
  }

  /** Two workers died while they ticked so many, each of which takes so long. */
  private List<Simulated> suspects(int many, Duration takesEach) {
    world = Simulation.of(ordinary(), lasting());
    world.advance(ofSeconds(1));
    List<Simulated> suspects = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      suspects.add(world.create(lasting(), "l" + i, Values.NONE));
    }
    world.advance(ofSeconds(2));
    for (Simulated one : suspects) {
      SuspectTest.killTwoWorkersOf(
          world.world.store.task(one.uuid(), "work").orElseThrow(), world.world.leases);
    }
    takes = takesEach;
    looks.clear();
    looks.add(world.now());
    return suspects;
  }

  private Duration longestPause() {
    Duration longest = Duration.between(looks.get(looks.size() - 1), world.now());
    for (int i = 1; i < looks.size(); i++) {
      Duration pause = Duration.between(looks.get(i - 1), looks.get(i));
      longest = pause.compareTo(longest) > 0 ? pause : longest;
    }
    return longest;
  }

  private static long finished(List<Simulated> suspects) {
    return suspects.stream()
        .filter(one -> one.history().stream().anyMatch(line -> line.contains("-> __stop__")))
        .count();
  }

  @Test
  void aWorkerIsNotClosedForLongByTheSlowOnes() {
    List<Simulated> suspects = suspects(MANY, ofSeconds(20));
    world.advance(ofMinutes(6));
    assertThat(finished(suspects)).as("done in a few minutes, not in twenty").isEqualTo(MANY);
    assertThat(longestPause()).as("ordinary work goes on").isLessThan(ofMinutes(2));
    assertThat(looks).as("half of the time or more").hasSizeGreaterThan(36);
  }

  @Test
  void theQuickOnesAreTickedOneByOne() {
    List<Simulated> suspects = suspects(MANY, Duration.ofMillis(100));
    world.advance(ofSeconds(30));
    assertThat(finished(suspects)).isEqualTo(MANY);
    assertThat(longestPause()).isLessThan(ofSeconds(16));
  }
}

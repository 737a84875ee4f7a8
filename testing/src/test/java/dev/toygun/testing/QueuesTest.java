package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.InvalidTypes;
import dev.toygun.Priority;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.Values;
import dev.toygun.store.By;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types that name a queue and a priority, and builds that name others. */
class QueuesTest {
  private static final TaskName WATCH = TaskName.of("watch");
  private static final TaskName WAIT = TaskName.of("wait");
  private static final SignalType GO = SignalType.of("go");
  private int watched;

  private enum State {
    KEPT
  }

  private ResourceType<State> box() {
    return ResourceType.of(
            "box", state(State.KEPT).decide(t -> t.stay().ensure(WATCH).ensure(WAIT)).rests())
        .tasks(
            TaskType.of(
                WATCH,
                state(State.KEPT)
                    .decide(
                        t -> {
                          watched++;
                          return t.stay();
                        })
                    .every(ofSeconds(5))),
            TaskType.of(
                WAIT,
                state(State.KEPT)
                    .decide(t -> t.signal(GO).isPresent() ? t.finish() : t.stay())
                    .waits(GO)
                    .finishes()));
  }

  private static List<ListName> lists(Simulation simulation) {
    return simulation.world.store.active().values().stream()
        .map(row -> row.list())
        .distinct()
        .toList();
  }

  @Test
  void aResourceAndItsTasksAreWhereTheirTypeSays() {
    Simulation box = Simulation.of(box().queue("big").priority(Priority.HIGH));
    box.advance(ofMinutes(1));
    assertThat(watched).isBetween(9, 14);
    assertThat(lists(box)).containsExactly(new ListName("big", "box", 1, Priority.HIGH.stored()));
  }

  @Test
  void aChildIsWhereItsOwnTypeSays() {
    ResourceType<State> shelf =
        ResourceType.of(
                "shelf",
                state(State.KEPT)
                    .decide(
                        t ->
                            t.children("box").isEmpty()
                                ? t.stay().create("box", "one", Values.NONE)
                                : t.stay())
                    .rests())
            .children("box")
            .priority(Priority.LOW);
    Simulation simulation = Simulation.of(shelf, box().queue("big"));
    simulation.advance(ofMinutes(1));
    assertThat(watched).isPositive();
    assertThat(lists(simulation))
        .containsExactlyInAnyOrder(
            new ListName("default", "shelf", 1, Priority.LOW.stored()),
            new ListName("big", "box", 1, Priority.NORMAL.stored()));
  }

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  /** The workers of the new build take from the new queue only. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aTypeThatANewBuildPutsElsewhereGoesOn(long seed) {
    Simulation box = Simulation.crashing(box(), seed);
    box.advance(ofMinutes(1));
    box.deploy(box().queue("big").priority(Priority.LOW));
    box.advance(ofMinutes(2));
    assertThat(lists(box)).containsExactly(new ListName("big", "box", 1, Priority.LOW.stored()));
    int before = watched;
    box.advance(ofMinutes(2));
    assertThat(watched - before).isBetween(10, 40);
    box.signal(WAIT, GO, Values.NONE);
    box.advance(ofMinutes(2));
    assertThat(box.runs(WAIT)).as("it has ended, and was begun again").isEqualTo(2);
  }

  @Test
  void whatIsHeldByItsQueueStaysThereUntilItIsReleased() {
    Simulation box = Simulation.of(box());
    box.advance(ofMinutes(1));
    UUID hold = box.world.time.uuid();
    By by = By.operator("key:test");
    box.world.await(
        box.world.alarmOperations.hold(
            new Hold.Request(hold, Hold.Scope.QUEUE, null, "default", "stop", null), by));
    box.advance(ofSeconds(5));
    int before = watched;
    box.deploy(box().queue("big"));
    box.advance(ofMinutes(2));
    assertThat(watched).isEqualTo(before);
    assertThat(lists(box)).extracting(ListName::queue).containsOnly("default");
    box.release(hold);
    box.advance(ofMinutes(1));
    assertThat(watched).isGreaterThan(before);
    assertThat(lists(box)).extracting(ListName::queue).containsOnly("big");
  }

  @Test
  void aQueueIsNamedAsEverythingElseIs() {
    assertThatThrownBy(() -> TypeSet.of(List.of(box().queue("Big one"))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("queue 'Big one': a name begins with a lower-case letter");
  }
}

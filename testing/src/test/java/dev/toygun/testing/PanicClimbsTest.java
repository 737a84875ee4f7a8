package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Handling;
import dev.toygun.Next;
import dev.toygun.OnPanic;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.store.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A panic in a tree of four levels: who is asked, what they answer, and who hears of it. */
class PanicClimbsTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final TaskName OTHER = TaskName.of("other");

  enum Here {
    UP
  }

  enum Doing {
    FIRST,
    SECOND
  }

  private final List<String> asked = new ArrayList<>();
  private int failures = Integer.MAX_VALUE;

  /** Level {@code n} of 4, whose only child is the next. */
  private ResourceType<Here> level(int n, OnPanic handler) {
    ResourceType<Here> type =
        ResourceType.of("level" + n, state(Here.UP).decide(t -> up(t, n)).rests())
            .tasks(work(), other())
            .onPanic(
                (t, who, error) -> {
                  asked.add("level%d: %s %s".formatted(n, who.type(), error.kind()));
                  return handler.handle(t, who, error);
                });
    return n == 4 ? type : type.children("level" + (n + 1));
  }

  private static Next<Here> up(Tick<Here> t, int n) {
    return n == 4
        ? t.stay().ensure(WORK)
        : t.stay().create("level" + (n + 1), "below", Values.NONE);
  }

  private TaskType<Doing> work() {
    return TaskType.of(
        WORK,
        state(Doing.FIRST).decide(t -> t.go(Doing.SECOND)).to(Doing.SECOND),
        state(Doing.SECOND)
            .decide(
                t -> {
                  if (failures > 0) {
                    failures--;
                    return t.panic("Broken", "no way");
                  }
                  return t.stay();
                })
            .every(ofMinutes(1)));
  }

  private static TaskType<Doing> other() {
    return TaskType.of(
        OTHER,
        state(Doing.FIRST).decide(t -> t.go(Doing.SECOND)).to(Doing.SECOND),
        state(Doing.SECOND).decide(t -> t.stay()).every(ofMinutes(1)));
  }

  private static final OnPanic DECLINES = (t, who, error) -> Handling.decline("not mine");

  private ResourceType<?>[] below(OnPanic... handlers) {
    ResourceType<?>[] types = new ResourceType<?>[3];
    for (int n = 2; n <= 4; n++) {
      types[n - 2] = level(n, n - 2 < handlers.length ? handlers[n - 2] : DECLINES);
    }
    return types;
  }

  private static Simulated leaf(Simulation top) {
    return top.child("level2", "below").child("level3", "below").child("level4", "below");
  }

  @Test
  void fourDecliningLevelsMakeFourHopsAndOnePage() {
    Simulation top = Simulation.of(level(1, DECLINES), below());
    top.advance(ofSeconds(20));
    Simulated leaf = leaf(top);
    assertThat(asked)
        .containsExactly(
            "level4: level4 Broken",
            "level3: level4 Broken",
            "level2: level4 Broken",
            "level1: level4 Broken");
    assertThat(hops(top))
        .containsExactly(
            "1 decline: not mine",
            "2 decline: not mine",
            "3 decline: not mine",
            "4 decline: not mine");
    assertThat(leaf.told()).containsExactly("open panic error");
    assertThat(leaf.task(WORK)).isEqualTo(TaskStatus.PANICKED);
    assertThat(top.liveness()).isEmpty();
    failures = 0;
    leaf.retry(WORK);
    assertThat(leaf.told()).containsExactly("open panic error", "resolve panic error");
  }

  private static List<String> hops(Simulation top) {
    return top.store().alarms().hops().stream()
        .map(
            a ->
                "%d %s: %s"
                    .formatted(
                        a.hop().level(),
                        a.decision() == null ? "?" : a.decision().stored(),
                        a.reason()))
        .toList();
  }

  @Test
  void aHandlerThatRetriesIsAskedAgainAndNobodyIsTold() {
    failures = 3;
    Simulation top =
        Simulation.of(
            level(1, DECLINES),
            below(DECLINES, (t, who, error) -> Handling.retry().because("once more")));
    top.advance(ofMinutes(2));
    Simulated leaf = leaf(top);
    assertThat(leaf.task(WORK)).isEqualTo(TaskStatus.RUNNING);
    assertThat(leaf.told()).isEmpty();
    assertThat(hops(top))
        .containsExactly(
            "1 decline: not mine",
            "2 retry: once more",
            "1 decline: not mine",
            "2 retry: once more",
            "1 decline: not mine",
            "2 retry: once more");
    assertThat(leaf.alarmRows()).allMatch(a -> a.state() == Alarm.State.CLOSED);
    List<Integer> retries =
        top.store().alarms().hops().stream()
            .filter(a -> a.hop().level() == 2)
            .map(a -> a.hop().retries())
            .toList();
    assertThat(retries).containsExactly(0, 1, 2);
  }

  @Test
  void aHandlerThatThrowsOrAnswersNothingHasDeclined() {
    OnPanic throwing =
        (t, who, error) -> {
          throw new IllegalStateException("what now");
        };
    OnPanic wrong = (t, who, error) -> Handling.start(TaskName.of("absent"));
    Simulation top = Simulation.of(level(1, DECLINES), below(wrong, throwing, nothing()));
    top.advance(ofSeconds(20));
    assertThat(hops(top)).hasSize(4);
    assertThat(hops(top).get(0)).isEqualTo("1 decline: its handler answered null");
    assertThat(hops(top).get(1)).startsWith("2 decline: its handler failed").contains("what now");
    assertThat(hops(top).get(2)).startsWith("3 decline: it cannot be done").contains("absent");
    assertThat(leaf(top).told()).containsExactly("open panic error");
  }

  @SuppressWarnings("NullAway") // What it must not do.
  private static OnPanic nothing() {
    return (t, who, error) -> null;
  }

  @Test
  void anotherTaskCanTakeThePlaceOfWhatPanicked() {
    Simulation top =
        Simulation.of(
            level(1, DECLINES), below(DECLINES, DECLINES, (t, w, e) -> Handling.start(OTHER)));
    top.advance(ofSeconds(20));
    assertThat(leaf(top).task(WORK)).isEqualTo(TaskStatus.STOPPED);
    assertThat(leaf(top).task(OTHER)).isEqualTo(TaskStatus.RUNNING);
    assertThat(leaf(top).told()).isEmpty();
    assertThat(top.liveness()).isEmpty();
  }

  @Test
  void aTaskThatIsToTakeItsOwnPlaceIsDeclinedAndItsPanicStaysOpen() {
    Simulation top =
        Simulation.of(
            level(1, DECLINES), below(DECLINES, DECLINES, (t, w, e) -> Handling.start(WORK)));
    top.advance(ofSeconds(20));
    assertThat(hops(top).get(0))
        .isEqualTo(
            "1 decline: it cannot be done: task work cannot take its own place: retry it, or rewind it");
    assertThat(leaf(top).task(WORK)).isEqualTo(TaskStatus.PANICKED);
    assertThat(leaf(top).told()).containsExactly("open panic error");
  }

  @Test
  void aPanicWhoseHandlersWorkerIsGoneClimbsByItself() {
    ResourceType<?>[] below = below();
    Simulation top = Simulation.of(level(1, DECLINES), below);
    // New code that knows no handlers: whoever was asked before it came never answers.
    top.advance(ofSeconds(1));
    top.advance(ofMinutes(5));
    assertThat(hops(top)).hasSize(4);
    assertThat(leaf(top).told()).containsExactly("open panic error");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverDiesOnTheWayItReachesTheTopOnce(long seed) {
    Simulation top = Simulation.crashing(level(1, DECLINES), seed, below());
    top.advance(ofMinutes(3));
    top.calm().advance(ofMinutes(5));
    Simulated leaf = leaf(top);
    assertThat(leaf.told()).as("%s", top).containsExactly("open panic error");
    assertThat(hops(top)).as("%s", top).hasSize(4).noneMatch(hop -> hop.contains("?"));
    assertThat(top.liveness()).as("%s", top).isEmpty();
  }

  /** A worker dies, or freezes, at each await point of the climb in turn. */
  @Test
  void aDeathBetweenAnyTwoHopsLosesAndDoublesNothing() {
    int points = climb(Set.of(), false, "nothing");
    assertThat(points).isGreaterThan(30);
    for (int point = 1; point <= points; point++) {
      climb(Set.of(point), false, "death at point " + point);
      climb(Set.of(point), true, "freeze at point " + point);
    }
  }

  private int climb(Set<Integer> at, boolean freezes, String what) {
    Faults faults = Faults.at(at, freezes);
    Simulation top = Simulation.with(faults, level(1, DECLINES), below());
    top.advance(ofMinutes(2));
    assertThat(leaf(top).told()).as("%s: %s", what, top).containsExactly("open panic error");
    assertThat(hops(top)).as("%s: %s", what, top).hasSize(4).noneMatch(hop -> hop.contains("?"));
    assertThat(top.liveness()).as("%s: %s", what, top).isEmpty();
    return faults.points();
  }
}

package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Backoff;
import dev.toygun.Handling;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.StateDef;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.TypeSet;
import dev.toygun.time.Time;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of a run that goes round between its states: none of these ever takes too long. */
class RunDeadlineTest {
  private static final TaskName WORK = TaskName.of("work");

  private final AtomicInteger ticks = new AtomicInteger();
  private final AtomicInteger freed = new AtomicInteger();
  private boolean panics;

  enum Here {
    UP
  }

  enum Doing {
    ONE,
    OTHER
  }

  enum Idle {
    HERE
  }

  private ResourceType<Here> type(UnaryOperator<TaskType<Doing>> with) {
    TaskType<Doing> work =
        TaskType.of(WORK, turn(Doing.ONE, Doing.OTHER), turn(Doing.OTHER, Doing.ONE))
            .onExit(exit -> exit.decide(this::free).every(ofMinutes(1)));
    return ResourceType.of("box", state(Here.UP).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(with.apply(work));
  }

  private StateDef<Doing> turn(Doing here, Doing next) {
    return state(here)
        .decide(
            t -> {
              if (panics) {
                return t.panic("Odd", "so it is");
              }
              return ticks.incrementAndGet() % 6 == 0 ? t.go(next) : t.stay();
            })
        .to(next)
        .every(ofSeconds(10))
        .within(ofMinutes(2));
  }

  private Next<Doing> free(Tick<Doing> t) {
    return freed.incrementAndGet() < 10 ? t.stay() : t.finish();
  }

  private static ResourceType<Here> waiting(UnaryOperator<StateDef<Idle>> with) {
    StateDef<Idle> waits = state(Idle.HERE).decide(t -> t.stay()).waits();
    return ResourceType.of("box", state(Here.UP).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(TaskType.of(WORK, with.apply(waits)).within(ofHours(3)));
  }

  private static @Nullable Instant deadline(Simulation box) {
    return box.store().task(box.uuid(), WORK.value()).orElseThrow().machine().runDeadlineAt();
  }

  @Test
  void aRunThatGoesRoundTimesOutAsAWholeAndCleansUpInItsOwnTime() {
    Simulation box = Simulation.of(type(work -> work.within(ofMinutes(10))));
    box.advance(ofMinutes(9));
    assertThat(box.task(WORK)).isEqualTo(TaskStatus.RUNNING);
    assertThat(box.path(WORK)).as("it goes round").hasSizeGreaterThan(6);
    box.advance(ofMinutes(2));
    assertThat(box.errors())
        .singleElement()
        .asString()
        .contains("RunTimeout: still under way, in ", " after PT10M");
    assertThat(box.path(WORK)).contains("__timeout__").endsWith("__exit__");
    assertThat(box.alarms()).containsExactly("box/work: timeout");
    box.advance(ofMinutes(9));
    assertThat(freed).hasValueGreaterThanOrEqualTo(10);
    assertThat(box.errors()).as("%s", box).hasSize(1);
  }

  @Test
  void itIsOverThoughNothingElseMakesItDue() {
    Simulation box = Simulation.of(waiting(row -> row));
    box.advance(ofHours(2));
    assertThat(box.liveness()).isEmpty();
    box.loseQueue();
    box.advance(ofHours(1).plusMinutes(1));
    assertThat(box.errors()).singleElement().asString().contains("in here, after PT3H");
  }

  @Test
  void theStateThatTakesTooLongFirstIsNamed() {
    Simulation box = Simulation.of(waiting(row -> row.within(ofHours(1))));
    box.advance(ofMinutes(61));
    assertThat(box.errors()).containsExactly("Timeout: still in here after PT1H");
  }

  private Simulation failing(UnaryOperator<StateDef<Doing>> one, int good) {
    StateDef<Doing> tries =
        state(Doing.ONE)
            .decide(
                t -> {
                  if (ticks.incrementAndGet() == good) {
                    return t.go(Doing.OTHER);
                  }
                  throw new IllegalStateException("refused");
                })
            .to(Doing.OTHER)
            .retries(20, Backoff.exponential(ofSeconds(2), ofMinutes(5)));
    StateDef<Doing> waits = state(Doing.OTHER).decide(t -> t.stay()).waits();
    return Simulation.of(
        ResourceType.of("box", state(Here.UP).decide(t -> t.stay().ensure(WORK)).rests())
            .tasks(TaskType.of(WORK, one.apply(tries), waits).within(ofMinutes(10))));
  }

  @Test
  void aLastTryThatFailsAfterTheRunsTimeIsOverTimesOut() {
    List<Time> time = new ArrayList<>();
    StateDef<Doing> slow =
        state(Doing.ONE)
            .async(
                t -> {
                  Promise<Next<Doing>> promise = Promise.promise();
                  time.get(0).after(ofSeconds(20), () -> promise.fail("refused"));
                  return promise.future();
                })
            .to(Doing.OTHER)
            .retries(1, Backoff.exponential(ofSeconds(2), ofMinutes(5)));
    StateDef<Doing> waits = state(Doing.OTHER).decide(t -> t.stay()).waits();
    Simulation box =
        Simulation.of(
            ResourceType.of("box", state(Here.UP).decide(t -> t.stay()).rests())
                .tasks(TaskType.of(WORK, slow, waits).within(ofSeconds(15))));
    time.add(box.time());
    box.advance(ofSeconds(1));
    box.start(WORK);
    box.advance(ofMinutes(2));
    assertThat(box.task(WORK)).isEqualTo(TaskStatus.TIMED_OUT);
    assertThat(timeout(box)).contains("its last 2 tries failed, the last: ");
  }

  private static String timeout(Simulation box) {
    return box.errors().stream().filter(e -> e.contains("Timeout")).findFirst().orElseThrow();
  }

  @Test
  void whatTimesOutSaysWhichTriesFailedMeanwhile() {
    Simulation run = failing(row -> row, 0);
    run.advance(ofMinutes(11));
    int failed = run.errors().indexOf(timeout(run));
    assertThat(failed).isGreaterThan(5);
    assertThat(timeout(run))
        .isEqualTo(
            "RunTimeout: still under way, in one, after PT10M; its last %d tries failed, the last:"
                + " IllegalStateException: refused",
            failed);
    Simulation state = failing(row -> row.within(ofSeconds(1)), 0);
    state.advance(ofMinutes(1));
    assertThat(timeout(state))
        .isEqualTo(
            "Timeout: still in one after PT1S; its last try failed:"
                + " IllegalStateException: refused");
  }

  @Test
  void aRunThatTimesOutSaysWhatFailedInAStateThatItHasLeft() {
    Simulation box = failing(row -> row, 3);
    box.advance(ofMinutes(11));
    assertThat(timeout(box))
        .isEqualTo(
            "RunTimeout: still under way, in other, after PT10M; a try last failed in one:"
                + " IllegalStateException: refused");
  }

  @Test
  void aHoldIsNoTimeOfIts() {
    Simulation box = Simulation.of(type(work -> work.within(ofMinutes(10))));
    box.advance(ofMinutes(5));
    Instant before = Objects.requireNonNull(deadline(box));
    var hold = box.hold("maintenance", null);
    box.advance(ofHours(1));
    box.release(hold);
    box.advance(ofMinutes(4));
    assertThat(deadline(box))
        .isBetween(before.plus(ofHours(1)), before.plus(ofHours(1)).plusSeconds(1));
    assertThat(box.errors()).isEmpty();
    box.advance(ofMinutes(3));
    assertThat(box.errors()).singleElement().asString().startsWith("RunTimeout");
  }

  @Test
  void aRunThatIsRetriedHasAllItsTimeAgain() {
    Simulation box = Simulation.of(type(work -> work.within(ofMinutes(10))));
    box.advance(ofMinutes(9));
    panics = true;
    box.advance(ofMinutes(1));
    assertThat(box.alarms()).containsExactly("box/work: panic");
    box.advance(ofHours(3));
    assertThat(box.alarms()).as("for a person, and not for its end").hasSize(1);
    panics = false;
    box.retry(WORK);
    box.advance(ofMinutes(8));
    assertThat(box.task(WORK)).isEqualTo(TaskStatus.RUNNING);
    box.advance(ofMinutes(4));
    assertThat(box.alarms()).containsExactly("box/work: timeout");
  }

  private ResourceType<Here> panicking(int every, Handling answer) {
    StateDef<Idle> turns =
        state(Idle.HERE)
            .decide(
                t -> ticks.incrementAndGet() % every == 0 ? t.panic("Odd", "so it is") : t.stay())
            .every(ofMinutes(1));
    TaskType<Idle> work =
        TaskType.of(WORK, turns).within(ofMinutes(10)).onPanic((t, who, error) -> answer);
    return ResourceType.of("box", state(Here.UP).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(work);
  }

  @Test
  void aRunThatItsHandlerSendsOnFromEachPanicIsBoundedAllTheSame() {
    for (Handling answer : List.of(Handling.rewind(Idle.HERE), Handling.retry())) {
      ticks.set(0);
      Simulation box = Simulation.of(panicking(7, answer));
      box.advance(ofMinutes(9));
      assertThat(box.errors()).as("%s", answer).containsExactly("Odd: so it is");
      box.advance(ofMinutes(2));
      assertThat(box.alarms()).as("%s", answer).containsExactly("box/work: timeout");
    }
  }

  @Test
  void aRetryThatWouldRestForLongerThanTheRunMayTakeTimesOutAtItsEnd() {
    Simulation box = Simulation.of(panicking(1, Handling.retry()));
    box.advance(ofMinutes(10).minusSeconds(5));
    assertThat(box.errors()).as("2 + 4 + … + 256 s").hasSize(9).allMatch(e -> e.startsWith("Odd"));
    box.advance(ofSeconds(10));
    assertThat(box.alarms()).containsExactly("box/work: timeout");
  }

  @Test
  void aWaitForApprovalIsNoTimeOfItsRun() {
    Simulation box = Simulation.of(type(work -> work.within(ofMinutes(10)).approval()));
    box.advance(ofHours(1));
    assertThat(box.errors()).isEmpty();
    assertThat(deadline(box)).isNull();
  }

  @Test
  void newCodeBoundsTheRunsUnderWayFromThenOnAndOtherwiseLeavesThemTheirTime() {
    Simulation box = Simulation.of(type(work -> work));
    box.advance(ofHours(1));
    box.deploy(type(work -> work.within(ofMinutes(10))));
    box.advance(ofMinutes(5));
    Instant first = deadline(box);
    assertThat(first).isBetween(box.time().now(), box.time().now().plus(ofMinutes(6)));
    box.deploy(type(work -> work.within(ofMinutes(30))));
    box.advance(ofMinutes(3));
    assertThat(deadline(box)).as("what it had been given").isEqualTo(first);
    box.deploy(type(work -> work));
    box.advance(ofMinutes(30));
    assertThat(deadline(box)).isNull();
    assertThat(box.errors()).isEmpty();
  }

  @Test
  void aTimeThatCannotBeIsToldAsTheWorkerStarts() {
    assertThatThrownBy(() -> TypeSet.of(List.of(type(work -> work.within(Duration.ofMillis(10))))))
        .hasMessageContaining("box: task work: within PT0.01S: 1 s at least");
  }
}

package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static dev.toygun.TaskStatus.PANICKED;
import static dev.toygun.TaskStatus.STOPPED;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.BuiltIn;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.SharedLimit;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.store.Admission;
import dev.toygun.store.MachineRow;
import dev.toygun.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits of tasks, over many resources. */
class LimitsTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<Boolean> BREAKS = Field.bool("breaks").initially(false);

  private static final Field<Boolean> RESTED = Field.bool("rested").initially(false);

  enum Only {
    IDLE
  }

  enum Work {
    BUSY,
    DONE
  }

  /** Works for 10 s. */
  private static ResourceType<Only> site(UnaryOperator<TaskType<Work>> limits) {
    return site("site", limits);
  }

  private static ResourceType<Only> site(String name, UnaryOperator<TaskType<Work>> limits) {
    return ResourceType.of(name, state(Only.IDLE).decide(t -> t.stay()).rests())
        .fields(BREAKS)
        .tasks(
            limits.apply(
                TaskType.of(
                        WORK,
                        state(Work.BUSY)
                            .decide(t -> t.get(BREAKS) ? t.panic("it breaks") : t.go(Work.DONE))
                            .to(Work.DONE),
                        state(Work.DONE)
                            .decide(
                                t ->
                                    t.get(RESTED)
                                        ? t.finish()
                                        : t.pause(ofSeconds(10)).with(RESTED, true))
                            .finishes())
                    .fields(RESTED)));
  }

  private static List<Simulated> started(Simulation all, ResourceType<?> type, int many) {
    List<Simulated> sites = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      sites.add(all.create(type, "site-" + i, Values.NONE));
    }
    all.advance(ofSeconds(1));
    sites.forEach(site -> site.start(WORK));
    return sites;
  }

  private static TaskRow run(Simulation all, Simulated site) {
    return all.store().task(site.uuid(), WORK.value()).orElseThrow();
  }

  /** Those that have left {@code __new__} and not ended. */
  private static long underWay(Simulation all) {
    return all.store().active().entrySet().stream()
        .filter(e -> !e.getKey().isResource())
        .map(java.util.Map.Entry::getValue)
        .map(MachineRow::state)
        .filter(state -> !state.equals(BuiltIn.NEW) && !state.equals(BuiltIn.PANIC))
        .count();
  }

  private static List<Instant> begins(List<Simulated> sites) {
    return sites.stream()
        .flatMap(site -> site.moves().stream())
        .filter(move -> move.transition().to().equals("busy"))
        .map(MemoryHistory.Moved::at)
        .sorted()
        .toList();
  }

  @Test
  void atMostThreeRunAtOnceAndTheOldestComesFirst() {
    ResourceType<Only> type = site(task -> task.concurrency(3));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 10);
    for (int second = 0; second < 60; second++) {
      all.advance(ofSeconds(1));
      assertThat(underWay(all)).as(all.toString()).isLessThanOrEqualTo(3);
      assertThat(all.liveness()).isEmpty();
    }
    assertThat(sites).allSatisfy(site -> assertThat(site.task(WORK)).isEqualTo(FINISHED));
    List<Instant> inTurn =
        sites.stream()
            .map(site -> begins(List.of(site)).get(0))
            .map(at -> at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
            .toList();
    assertThat(inTurn).as("the oldest first").isSorted();
  }

  @Test
  void whatTwoTypesShareTheyHaveTogether() {
    SharedLimit disk = SharedLimit.named("disk").concurrency(3);
    ResourceType<Only> one = site("site", task -> task.limitedBy(disk));
    ResourceType<Only> other = site("shop", task -> task.limitedBy(disk).concurrency(1));
    Simulation all = Simulation.of(one, other);
    List<Simulated> sites = new ArrayList<>(started(all, one, 5));
    sites.addAll(started(all, other, 3));
    for (int second = 0; second < 60; second++) {
      all.advance(ofSeconds(1));
      assertThat(underWay(all)).as(all.toString()).isLessThanOrEqualTo(3);
      assertThat(all.liveness()).isEmpty();
    }
    assertThat(sites).allSatisfy(site -> assertThat(site.task(WORK)).isEqualTo(FINISHED));
  }

  @Test
  void aSharedLimitIsTheSameForAllAndLimitsSomething() {
    ResourceType<Only> one =
        site("site", task -> task.limitedBy(SharedLimit.named("disk").concurrency(3)));
    ResourceType<Only> other =
        site("shop", task -> task.limitedBy(SharedLimit.named("disk").concurrency(4)));
    assertThatThrownBy(() -> Simulation.of(one, other))
        .hasMessageContaining("3 at once (site/work)")
        .hasMessageContaining("4 at once (shop/work)")
        .hasMessageContaining("tasks that share one say the same of it");
    assertThatThrownBy(() -> site("site", task -> task.limitedBy(SharedLimit.named("disk"))))
        .hasMessageContaining("limits nothing");
    assertThatThrownBy(() -> SharedLimit.named("disk").rate(1, Duration.ofMillis(1_500)))
        .hasMessageContaining("shared limit disk: rate(1, PT1.5S): the time has to be whole");
    assertThatThrownBy(() -> SharedLimit.named("disk").concurrency(0))
        .hasMessageContaining("at least 1 run has to be let in");
    assertThatThrownBy(() -> SharedLimit.named("The Disk")).hasMessageContaining("The Disk");
  }

  @Test
  void noMoreBeginThanTheRateAllows() {
    ResourceType<Only> type = site(task -> task.rate(4, ofMinutes(1)));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 12);
    all.advance(ofSeconds(50));
    assertThat(begins(sites)).hasSize(4);
    all.advance(ofMinutes(3));
    List<Instant> begun = begins(sites);
    assertThat(begun).as(all.toString()).hasSize(12);
    for (int i = 4; i < begun.size(); i++) {
      assertThat(Duration.between(begun.get(i - 4), begun.get(i)))
          .as("let in a minute apart, and begun a moment after that")
          .isGreaterThan(ofSeconds(58));
    }
  }

  @Test
  void aStoppedRunThatWaitedNeverRuns() {
    ResourceType<Only> type = site(task -> task.concurrency(1));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 3);
    all.advance(ofSeconds(2));
    sites.get(1).stop(WORK);
    all.advance(ofMinutes(1));
    assertThat(sites.get(1).task(WORK)).isEqualTo(STOPPED);
    assertThat(sites.get(1).path(WORK)).doesNotContain("busy");
    assertThat(sites.get(2).task(WORK)).isEqualTo(FINISHED);
  }

  @Test
  void aResourceThatIsDeletedTakesItsRunThatWaitedAlong() {
    ResourceType<Only> type = site(task -> task.concurrency(1));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 2);
    all.advance(ofSeconds(2));
    sites.get(1).delete();
    all.advance(ofSeconds(2));
    assertThat(sites.get(1).active()).isFalse();
    assertThat(sites.get(1).path(WORK)).doesNotContain("busy");
  }

  @Test
  void aPanickedRunGivesItsPlaceUpAndOneThatIsRetriedDoesNotWait() {
    ResourceType<Only> type = site(task -> task.concurrency(1));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 0);
    Simulated breaks = all.create(type, "breaks", Values.of(BREAKS, true));
    Simulated next = all.create(type, "next", Values.NONE);
    assertThat(sites).isEmpty();
    all.advance(ofSeconds(1));
    breaks.start(WORK);
    all.advance(ofSeconds(1));
    next.start(WORK);
    all.advance(ofSeconds(3));
    assertThat(breaks.task(WORK)).isEqualTo(PANICKED);
    assertThat(next.path(WORK)).contains("busy");
    breaks.set(BREAKS, false);
    breaks.retry(WORK);
    all.advance(ofSeconds(1));
    assertThat(underWay(all)).isEqualTo(2);
  }

  @Test
  void whatIsHeldTakesNoPlace() {
    ResourceType<Only> type = site(task -> task.concurrency(1));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 3);
    UUID hold = sites.get(1).hold("maintenance", null);
    all.advance(ofMinutes(1));
    assertThat(sites.get(2).task(WORK)).isEqualTo(FINISHED);
    assertThat(run(all, sites.get(1)).admission()).isEqualTo(Admission.WAITS);
    assertThat(all.liveness()).isEmpty();
    sites.get(1).release(hold);
    all.advance(ofMinutes(1));
    assertThat(sites.get(1).task(WORK)).isEqualTo(FINISHED);
  }

  @Test
  void aNewBuildWithoutLimitsLetsAllGoOn() {
    ResourceType<Only> type = site(task -> task.concurrency(1));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 6);
    all.advance(ofSeconds(3));
    assertThat(underWay(all)).isOne();
    all.deploy(site(task -> task));
    all.advance(ofSeconds(15));
    assertThat(sites).allSatisfy(site -> assertThat(site.task(WORK)).isEqualTo(FINISHED));
  }

  @Test
  void whatWaitsForLongIsNoAlarmAndWhatHasNoLimitsIsNeverAsked() {
    ResourceType<Only> type = site(task -> task.rate(1, Duration.ofDays(1)));
    Simulation all = Simulation.of(type);
    List<Simulated> sites = started(all, type, 2);
    all.advance(ofMinutes(20));
    assertThat(sites.get(1).alarms()).isEmpty();
    assertThat(run(all, sites.get(1)).waitsForItsTurn()).isTrue();

    ResourceType<Only> free = site(task -> task);
    Simulation none = Simulation.of(free);
    List<Simulated> others = started(none, free, 5);
    none.advance(ofSeconds(3));
    assertThat(underWay(none)).isEqualTo(5);
    assertThat(run(none, others.get(0)).admission()).isNull();
  }

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverDiesNoMoreRunThanMayAndAllHaveTheirTurn(long seed) {
    ResourceType<Only> type = site(task -> task.concurrency(2).rate(5, ofMinutes(1)));
    Simulation all = Simulation.crashing(type, seed);
    List<Simulated> sites = started(all, type, 8);
    for (int second = 0; second < 90; second++) {
      all.advance(ofSeconds(1));
      if (second == 20) {
        all.loseQueue();
      }
      assertThat(underWay(all)).as(all.toString()).isLessThanOrEqualTo(2);
    }
    all.calm().advance(ofMinutes(5));
    assertThat(sites)
        .allSatisfy(site -> assertThat(site.task(WORK)).as(all.toString()).isEqualTo(FINISHED));
    assertThat(all.liveness()).isEmpty();
  }

  @Test
  void limitsThatMakeNoSenseAreRefusedAsTheTypeIsMade() {
    assertThatThrownBy(() -> site(task -> task.concurrency(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("task work: concurrency(0)");
    assertThatThrownBy(() -> site(task -> task.rate(0, ofMinutes(1))))
        .hasMessageContaining("task work: rate(0, …)");
    for (Duration bad :
        List.of(Duration.ZERO, Duration.ofMillis(1_500), Duration.ofDays(1).plusSeconds(1))) {
      assertThatThrownBy(() -> site(task -> task.rate(1, bad)))
          .hasMessageContaining("whole seconds, from 1 s to 1 day");
    }
  }
}

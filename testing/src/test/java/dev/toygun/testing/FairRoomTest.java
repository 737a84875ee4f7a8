package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.SubjectKey;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever one type has filled a worker with, the others are not made to wait for it. */
class FairRoomTest extends BacklogRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final int EACH = 50;
  private static final WorkerSettings SETTINGS = settings(IN_FLIGHT, BACKLOG);

  private final Promise<Next<State>> never = Promise.promise();

  private static ResourceType<State> light() {
    return type("light", t -> t.stay());
  }

  private static ResourceType<State> heavy() {
    return type("heavy", t -> t.stay());
  }

  /** A task that waits for what never comes. */
  private ResourceType<State> waiting() {
    return ResourceType.of("heavy", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(TaskType.of(WORK, state(State.KEPT).async(t -> never.future()).finishes()));
  }

  /** A task whose code needs a thread. */
  private static ResourceType<State> blocking() {
    return ResourceType.of("heavy", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(TaskType.of(WORK, state(State.KEPT).blocking(t -> t.finish()).finishes()));
  }

  private void pushHeavy(int many) {
    push("heavy", make("heavy", many), EACH);
    time.advance(ofSeconds(3));
    assertThat(left("heavy")).as("it is full").isPositive();
  }

  @Test
  void aTypeIsTickedAtOnceThoughStepsOfAnotherFillAllThatMayBeInFlight() {
    start(SETTINGS, waiting(), light());
    List<SubjectKey> one = make("light", 1);
    pushHeavy(2 * IN_FLIGHT);
    push("light", one, 1);
    time.advance(ofMillis(100));
    assertThat(atRest(one)).isEqualTo(1);
  }

  @Test
  void aTypeIsTakenAtOnceThoughAnotherHasALongBacklog() {
    start(SETTINGS, heavy(), light());
    List<SubjectKey> one = make("light", 1);
    leasing.close();
    pushHeavy(IN_FLIGHT);
    push("light", one, 1);
    time.advance(ofMillis(1));
    assertThat(left("light")).isZero();
  }

  @Test
  void ofATypeWhoseCodeFindsNoThreadNoMoreIsTakenThanTheBacklogMayHold() {
    start(SETTINGS, blocking(), light());
    threads.close();
    pushHeavy(IN_FLIGHT);
    assertThat(IN_FLIGHT - left("heavy") * EACH)
        .as("the bound, and what was on its way to a thread when it was reached")
        .isBetween((long) BACKLOG, 4L * BACKLOG);
    List<SubjectKey> others = make("light", 3 * BACKLOG);
    push("light", others, EACH);
    time.advance(ofSeconds(3));
    assertThat(atRest(others)).as("whose code needs none").isEqualTo(3L * BACKLOG);
    threads.open();
    time.advance(ofSeconds(3));
    assertThat(left("heavy")).isZero();
  }

  @Test
  void theRestOfItIsTakenOnceThatCodeHasThreadsThoughNoneOfItHasEnded() {
    start(SETTINGS, blocking());
    threads.close();
    running.close();
    pushHeavy(IN_FLIGHT / 2);
    threads.open();
    time.advance(ofMillis(1));
    assertThat(left("heavy")).isZero();
  }

  @Test
  void theTypeThatFilledItGoesOnAsSoonAsThereIsRoomThoughOthersAreWaitedFor() {
    start(SETTINGS, heavy(), light());
    leasing.close();
    pushHeavy(IN_FLIGHT);
    leasing.open();
    time.advance(ofMillis(100));
    assertThat(left("heavy")).isZero();
  }

  @Test
  void eachOfManyTypesThatBeginOneAfterTheOtherHasItsShare() {
    List<String> names = IntStream.range(0, 9).mapToObj(i -> "type-" + i).toList();
    start(
        SETTINGS,
        names.stream().map(name -> type(name, t -> t.stay())).toArray(ResourceType<?>[]::new));
    leasing.close();
    int each = 2 * BACKLOG;
    names.forEach(name -> push(name, make(name, each), 1));
    time.advance(ofSeconds(3));
    List<Long> taken = names.stream().map(name -> each - left(name)).toList();
    long share = BACKLOG / (names.size() + 1);
    assertThat(taken).allMatch(of -> of >= share);
    assertThat(taken.stream().mapToLong(of -> of).sum())
        .as("a bound, half of one, a third, and so on")
        .isBetween((long) BACKLOG, 3L * BACKLOG);
  }

  @Test
  void singleTicketsOfWhoHasLittleDoNotMakeItTakeTheFullOnesOfTheOtherBySixteen() {
    start(SETTINGS, heavy(), light());
    List<SubjectKey> ones = make("light", 30);
    leasing.close();
    pushHeavy(IN_FLIGHT);
    ones.forEach(one -> push("light", List.of(one), 1));
    time.advance(ofMillis(100));
    assertThat(left("light")).as("all of its share").isZero();
    int before = pops.size();
    leasing.slow(ofMillis(1));
    leasing.open();
    time.advance(ofSeconds(1));
    assertThat(left("heavy")).isZero();
    assertThat(pops.subList(before, pops.size() - 1)).isNotEmpty().allMatch(most -> most <= 2);
  }

  @Test
  void aTypeWithItsShareInHandWaitsLikeEverybodyElse() {
    start(SETTINGS, heavy(), light());
    leasing.close();
    pushHeavy(IN_FLIGHT);
    push("light", make("light", 3 * BACKLOG), EACH);
    time.advance(ofSeconds(3));
    assertThat(3L * BACKLOG - left("light") * EACH).isBetween(1L, (long) BACKLOG);
  }
}

package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.queue.Leases;
import dev.toygun.store.SubjectKey;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whoever begins waits behind what a worker has taken on: so it takes no more than it gets done.
 */
class BacklogTest extends BacklogRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final int EACH = 50;

  enum Foot {
    LEFT,
    RIGHT
  }

  private int ticks;

  private ResourceType<State> heavy() {
    return type(
        "heavy",
        t -> {
          ticks++;
          return t.stay();
        });
  }

  /** How many subjects of this type were taken. */
  private long taken(List<SubjectKey> of) {
    return of.size() - left("heavy") * EACH;
  }

  private List<SubjectKey> taken() {
    List<SubjectKey> many = make("heavy", IN_FLIGHT);
    push("heavy", many, EACH);
    time.advance(ofSeconds(2));
    return many;
  }

  private void goesOn(List<SubjectKey> many, Gate gate) {
    gate.open();
    time.advance(ofSeconds(5));
    assertThat(left("heavy")).isZero();
    assertThat(atRest(many)).isEqualTo(many.size());
  }

  @Test
  void aWorkerTakesNoTicketsWhileManyWaitForTheirLeasesAndGoesOnOnceTheyHaveThem() {
    start(settings(IN_FLIGHT, BACKLOG), heavy());
    leasing.close();
    List<SubjectKey> many = taken();
    assertThat(taken(many)).isBetween((long) BACKLOG, (long) BACKLOG + EACH);
    goesOn(many, leasing);
  }

  @Test
  void aWorkerTakesNoTicketsWhileManyWaitToBeReadAndGoesOnOnceTheyAre() {
    start(settings(IN_FLIGHT, BACKLOG), heavy());
    loading.close();
    List<SubjectKey> many = taken();
    int leftInAGroup = 1;
    assertThat(taken(many)).isBetween((long) BACKLOG, (long) BACKLOG + EACH + leftInAGroup);
    goesOn(many, loading);
  }

  @Test
  void aWorkerTakesNoTicketsWhileManyWaitToBeCommittedAndGoesOnOnceTheyAre() {
    start(settings(IN_FLIGHT, BACKLOG), heavy());
    committing.close();
    List<SubjectKey> many = taken();
    assertThat(ticks).isEqualTo((int) taken(many));
    assertThat(taken(many))
        .as("what was being read comes to it")
        .isBetween((long) BACKLOG, 4L * BACKLOG);
    goesOn(many, committing);
  }

  @Test
  void whatWaitsToBeReadBeforeItIsLeasedIsCountedOnce() {
    ResourceType<State> shared =
        heavy()
            .tasks(
                TaskType.of(WORK, state(State.KEPT).decide(t -> t.finish()).finishes()).shared());
    start(settings(IN_FLIGHT, BACKLOG), shared);
    loading.close();
    List<SubjectKey> many = taken();
    assertThat(taken(many)).isBetween(BACKLOG + 1L, (long) BACKLOG + EACH + 2);
    goesOn(many, loading);
  }

  @Test
  void aBoundThatIsSmallerThanATicketLetsOneAfterTheOtherIn() {
    start(settings(IN_FLIGHT, 1), heavy());
    loading.close();
    List<SubjectKey> many = taken();
    assertThat(taken(many)).isEqualTo(EACH);
    goesOn(many, loading);
  }

  /** A task that pauses for an hour at first, and then waits for what never comes. */
  private ResourceType<State> waiting(boolean[] pauses) {
    Promise<Next<State>> never = Promise.promise();
    return ResourceType.of("heavy", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(
            TaskType.of(
                WORK,
                state(State.KEPT)
                    .async(
                        t -> {
                          ticks++;
                          return pauses[0]
                              ? Future.succeededFuture(t.pause(ofHours(1)))
                              : never.future();
                        })
                    .finishes()));
  }

  @Test
  void stepsThatWaitForTheWorldTakeNoRoomInIt() {
    start(settings(IN_FLIGHT, BACKLOG), waiting(new boolean[1]));
    push("heavy", make("heavy", 2 * IN_FLIGHT), EACH);
    time.advance(ofSeconds(5));
    assertThat(ticks).isBetween(IN_FLIGHT, IN_FLIGHT + EACH);
  }

  @Test
  void aWorkerGoesOnThoughAllThatWasCommittedGoesOnToStepsThatWait() {
    Promise<Next<Foot>> never = Promise.promise();
    ResourceType<State> walking =
        ResourceType.of("heavy", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
            .tasks(
                TaskType.of(
                    WORK,
                    state(Foot.LEFT).decide(t -> t.go(Foot.RIGHT)).to(Foot.RIGHT),
                    state(Foot.RIGHT)
                        .async(
                            t -> {
                              ticks++;
                              return never.future();
                            })
                        .finishes()));
    start(settings(IN_FLIGHT, BACKLOG), walking);
    moving.close();
    push("heavy", make("heavy", 2 * IN_FLIGHT), EACH);
    time.advance(ofSeconds(2));
    assertThat(ticks).isZero();
    moving.open();
    time.advance(ofSeconds(5));
    assertThat(ticks).isBetween(IN_FLIGHT, IN_FLIGHT + EACH);
  }

  @Test
  void aWorkerGoesOnThoughAllThatWasReadGoesOnToStepsThatWait() {
    boolean[] pauses = {true};
    start(settings(IN_FLIGHT, BACKLOG), waiting(pauses));
    List<SubjectKey> many = make("heavy", 2 * IN_FLIGHT);
    push("heavy", many, EACH);
    time.advance(ofHours(2));
    assertThat(ticks).isEqualTo(many.size());
    pauses[0] = false;
    loading.close();
    push("heavy", tasksOf(many), EACH);
    time.advance(ofSeconds(2));
    loading.open();
    time.advance(ofSeconds(5));
    assertThat(ticks - many.size()).isBetween(IN_FLIGHT, IN_FLIGHT + EACH);
  }

  private List<SubjectKey> tasksOf(List<SubjectKey> resources) {
    return resources.stream()
        .map(key -> store.task(key.resource(), WORK.toString()).orElseThrow().key())
        .toList();
  }

  @Test
  void whoBeginsWhileAnotherTypeHasThousandsOfTicksQueuedWaitsForNoLongQueue() {
    start(WorkerSettings.of("worker-1", "test"), heavy(), type("light", t -> t.stay()));
    List<SubjectKey> many = make("heavy", 6_000);
    List<SubjectKey> one = make("light", 1);
    loading.slow(ofMillis(1));
    committing.slow(ofMillis(1));
    push("heavy", many, EACH);
    time.advance(ofSeconds(2));
    push("light", one, EACH);
    Duration waited = Duration.ZERO;
    while (atRest(one) == 0) {
      time.advance(ofMillis(10));
      waited = waited.plusMillis(10);
    }
    assertThat(ticks).as("it did not wait for all of them").isLessThan(many.size());
    assertThat(waited).isLessThan(ofSeconds(1));
    time.advance(ofSeconds(20));
    assertThat(atRest(many)).isEqualTo(many.size());
  }

  @Test
  void aWorkerWhoseTicketsWereAllOfSubjectsThatOthersLeaseGoesOn() {
    start(settings(EACH, BACKLOG), heavy());
    List<SubjectKey> others = make("heavy", EACH);
    lease("other", others);
    leasing.slow(ofMillis(1));
    push("heavy", others, EACH);
    time.advance(ofSeconds(2));
    List<SubjectKey> own = make("heavy", 1);
    push("heavy", own, 1);
    time.advance(ofSeconds(2));
    assertThat(atRest(own)).isEqualTo(1);
  }

  private void lease(String owner, List<SubjectKey> subjects) {
    leases.take(
        owner,
        subjects.stream()
            .collect(
                Collectors.toMap(
                    SubjectKey::resource, key -> new Leases.Want(Set.of(key), false))));
  }

  @Test
  void aSuspectIsTickedAloneOnceNoLeaseThatIsAskedForIsToBeHad() {
    start(settings(IN_FLIGHT, BACKLOG), heavy());
    List<SubjectKey> suspect = make("heavy", 1);
    for (String dead : List.of("dead-1", "dead-2")) {
      lease(dead, suspect);
      leases.expire(dead);
    }
    List<SubjectKey> others = make("heavy", EACH);
    lease("other", others);
    loading.close();
    push("heavy", suspect, 1);
    time.advance(ofMillis(100));
    leasing.close();
    push("heavy", others, EACH);
    time.advance(ofMillis(100));
    loading.open();
    time.advance(ofMillis(100));
    assertThat(ticks).as("not beside what may be leased in a moment").isZero();
    leasing.open();
    time.advance(ofSeconds(1));
    assertThat(atRest(suspect)).isEqualTo(1);
  }

  @Test
  void leasesThatAreAskedForAgainInAMomentKeepNobodyElseWaiting() {
    start(settings(IN_FLIGHT, BACKLOG), heavy());
    List<SubjectKey> many = make("heavy", 3 * BACKLOG);
    many.forEach(key -> unleasable.add(key.resource()));
    push("heavy", many, EACH);
    time.advance(ofMillis(100));
    List<SubjectKey> own = make("heavy", 1);
    push("heavy", own, 1);
    time.advance(ofMillis(100));
    assertThat(atRest(own)).isEqualTo(1);
    unleasable.clear();
    time.advance(ofSeconds(2));
    assertThat(atRest(many)).isEqualTo(many.size());
  }

  @Test
  void ticketsOfOneSubjectAreTakenManyAtATimeAndFullOnesAFewAtATime() {
    start(settings(IN_FLIGHT, BACKLOG), heavy());
    leasing.slow(ofMillis(1));
    push("heavy", make("heavy", 300), 1);
    time.advance(ofSeconds(1));
    int small = pops.size();
    assertThat(left("heavy")).isZero();
    assertThat(small).as("pops of 300 tickets").isLessThan(60);

    push("heavy", make("heavy", 600), EACH);
    time.advance(ofSeconds(5));
    assertThat(left("heavy")).isZero();
    assertThat(pops.subList(small + 2, pops.size() - 1)).isNotEmpty().allMatch(most -> most <= 2);
  }

  @Test
  void aQueueThatCannotBeReadIsAskedFourTimesASecondWhateverComesBackMeanwhile() {
    boolean[] gone = new boolean[1];
    popped = pop -> gone[0] ? Future.failedFuture("gone") : pop;
    start(settings(IN_FLIGHT, BACKLOG), heavy());
    loading.slow(ofMillis(1));
    push("heavy", make("heavy", 500), EACH);
    time.advance(ofMillis(50));
    gone[0] = true;
    int before = pops.size();
    int then = ticks;
    time.advance(ofSeconds(1));
    assertThat(ticks).as("ticks meanwhile").isGreaterThan(then + 50);
    assertThat(pops.size() - before).isLessThanOrEqualTo(5);
    gone[0] = false;
    time.advance(ofSeconds(5));
    assertThat(left("heavy")).isZero();
  }
}

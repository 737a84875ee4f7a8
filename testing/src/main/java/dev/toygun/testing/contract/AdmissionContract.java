package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Priority;
import dev.toygun.store.Admission;
import dev.toygun.store.Admissions;
import dev.toygun.store.Committed;
import dev.toygun.store.Due;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import dev.toygun.store.TypeDefinition.RateDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs of tasks with limits wait for their turn, and have it by age. */
public interface AdmissionContract extends HoldContract {
  /** A list of whose type the task {@code work} has these limits. */
  default ListName limited(@Nullable Integer concurrency, @Nullable RateDefinition rate) {
    ListName list = list();
    publish(list, new LimitsDefinition(concurrency, rate, null, false, null));
    return list;
  }

  /** A worker publishes other limits of {@code work}, or none. */
  default void publish(ListName list, @Nullable LimitsDefinition limits) {
    TypeDefinition.TaskDefinition work =
        new TypeDefinition.TaskDefinition(
            "work", false, false, false, false, false, null, "first", List.of(), List.of(), "",
            null, limits, false);
    get(
        store()
            .publish(
                List.of(
                    new TypeDefinition(
                        list.type(),
                        list.version(),
                        "default",
                        Priority.NORMAL,
                        "first",
                        List.of(),
                        List.of(),
                        List.of(work),
                        List.of(),
                        false,
                        List.of(),
                        "",
                        null)),
                "build-1"));
  }

  /** A run of {@code work}, on a resource of its own, that waits for its turn. */
  default SubjectKey waiting(ListName list) {
    ResourceRow resource = root(list);
    settle(resource);
    return waiting(resource);
  }

  /** The same on this resource. */
  default SubjectKey waiting(ResourceRow resource) {
    TaskStart start = start(resource, "work");
    done(resource.key(), d -> d.start(start));
    SubjectKey key = new SubjectKey(resource.uuid(), start.uuid());
    done(queues(key));
    return key;
  }

  /** That a run waits from now on. */
  default Outcome queues(SubjectKey key) {
    OutcomeDraft draft = OutcomeDraft.of(family(key.resource()), key, tick(), now());
    draft.waitsFor(Admission.WAITS);
    return draft.build().orElseThrow();
  }

  /** The pass, for a clock that has it no longer than it takes to say so. */
  default Due.Pass admissionPass(String clock) {
    return get(store().claim(Admissions.PASS, clock, Duration.ZERO)).orElseThrow();
  }

  /** A round of a clock: who of this list was let in. */
  default List<SubjectKey> letIn(ListName list) {
    Due.Pass pass = admissionPass("clock");
    return keys(list, get(store().admissions().admit("clock", pass, 100)));
  }

  private static List<SubjectKey> keys(ListName list, List<Committed.Woken> woken) {
    return woken.stream().filter(one -> one.list().equals(list)).map(Committed.Woken::key).toList();
  }

  /** Who waits for {@code work} of this list. */
  default Optional<Admissions.Waiting> line(ListName list) {
    return get(store().admissions().waiting()).stream()
        .filter(one -> one.type().equals(list.type()))
        .findFirst();
  }

  @Test
  default void aRunThatWaitsIsNotDueUntilItIsLetInAndThenItIs() {
    ListName list = limited(1, null);
    SubjectKey run = waiting(list);
    MachineRow before = machine(run);
    assertThat(before.state()).isEqualTo(BuiltIn.NEW);
    assertThat(before.dueAt()).isNull();
    assertThat(task(run).admission()).isEqualTo(Admission.WAITS);
    assertThat(line(list).orElseThrow().runs()).isOne();
    assertThat(line(list).orElseThrow().oldest()).isEqualTo(before.createdAt());
    assertThat(letIn(list)).containsExactly(run);
    MachineRow after = machine(run);
    assertThat(after.dueAt()).isNotNull().isBeforeOrEqualTo(now());
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.wakes()).isEqualTo(before.wakes() + 1);
    assertThat(task(run).admission()).isEqualTo(Admission.ADMITTED);
    assertThat(line(list)).isEmpty();
    assertThat(letIn(list)).isEmpty();
  }

  @Test
  default void asManyAsThereIsRoomForAreLetInTheOldestFirst() {
    ListName list = limited(2, null);
    List<SubjectKey> runs = List.of(waiting(list), waiting(list), waiting(list), waiting(list));
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(runs.subList(0, 2));
    assertThat(letIn(list)).isEmpty();
    done(runs.get(1), d -> d.enter("first", null, false));
    done(runs.get(1), d -> d.ends(End.FINISHED, false));
    assertThat(letIn(list)).as("an end makes room").containsExactly(runs.get(2));
    assertThat(letIn(list)).isEmpty();
  }

  @Test
  default void noMoreBeginWithinTheTimeThanTheRateAllowsEnoughThoughTheyEnd() {
    ListName list = limited(null, new RateDefinition(2, 3_600));
    List<SubjectKey> runs = List.of(waiting(list), waiting(list), waiting(list));
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(runs.subList(0, 2));
    done(runs.get(0), d -> d.ends(End.FINISHED, false));
    assertThat(letIn(list)).isEmpty();
    publish(list, new LimitsDefinition(null, new RateDefinition(3, 3_600), null, false, null));
    assertThat(letIn(list)).as("the limit was raised").containsExactly(runs.get(2));
  }

  @Test
  default void bothLimitsHold() {
    ListName list = limited(5, new RateDefinition(1, 3_600));
    SubjectKey first = waiting(list);
    waiting(list);
    assertThat(letIn(list)).containsExactly(first);
    assertThat(letIn(list)).isEmpty();
  }

  @Test
  default void aPanickedRunGivesItsPlaceUp() {
    ListName list = limited(1, null);
    SubjectKey first = waiting(list);
    SubjectKey second = waiting(list);
    assertThat(letIn(list)).containsExactly(first);
    done(first, d -> d.enter("first", null, false));
    done(first, d -> d.panic(error(first, "Broken"), BuiltIn.PANIC));
    assertThat(letIn(list)).containsExactly(second);
  }

  @Test
  default void whatIsHeldTakesNoPlaceAndWaitsWhereItStood() {
    ListName list = limited(1, null);
    SubjectKey first = waiting(list);
    SubjectKey second = waiting(list);
    SubjectKey third = waiting(list);
    Hold hold = hold(Hold.Scope.SUBTREE, first.resource(), null);
    assertThat(letIn(list)).containsExactly(second);
    release(hold);
    done(second, d -> d.ends(End.FINISHED, false));
    assertThat(letIn(list)).containsExactly(first);
    assertThat(task(third).admission()).isEqualTo(Admission.WAITS);
  }

  @Test
  default void aStoppedRunThatWaitedTakesNoPlaceAndIsNotLetIn() {
    ListName list = limited(1, null);
    SubjectKey first = waiting(list);
    SubjectKey second = waiting(list);
    done(SubjectKey.ofResource(first.resource()), d -> d.stop("work"));
    assertThat(machine(first).state()).isEqualTo(BuiltIn.EXIT);
    assertThat(letIn(list)).containsExactly(second);
    done(first, d -> d.ends(End.STOPPED, false));
    assertThat(letIn(list)).isEmpty();
  }

  @Test
  default void whatIsAskedToGoIsNotLetInAndWhatIsOnItsWayIs() {
    ListName list = limited(2, null);
    SubjectKey run = waiting(list);
    SubjectKey resource = SubjectKey.ofResource(run.resource());
    done(resource, d -> d.deleting(Deleting.ASKED));
    assertThat(letIn(list)).isEmpty();
    done(resource, d -> d.deleting(Deleting.BEGUN));
    assertThat(letIn(list)).as("its onDelete state waits for it").containsExactly(run);
  }

  @Test
  default void whereNoLimitsAreLeftAllAreLetIn() {
    ListName list = limited(1, null);
    List<SubjectKey> runs = List.of(waiting(list), waiting(list), waiting(list));
    publish(list, null);
    assertThat(letIn(list)).containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  default void ofTwoVersionsThatDifferTheNewestThatHasTheTaskCounts() {
    ListName list = limited(3, null);
    ListName newer = new ListName(list.queue(), list.type(), list.version() + 1, list.priority());
    publish(newer, new LimitsDefinition(1, null, null, false, null));
    waiting(list);
    waiting(list);
    assertThat(letIn(list)).hasSize(1);
  }

  @Test
  default void twoClocksAdmitNoMoreThanOne() {
    ListName list = limited(1, null);
    for (int i = 0; i < 5; i++) {
      waiting(list);
    }
    Due.Pass old = admissionPass("clock");
    Due.Pass mine = admissionPass("other");
    assertThat(get(store().admissions().admit("clock", old, 100))).isEmpty();
    List<Future<List<Committed.Woken>>> rounds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rounds.add(store().admissions().admit("other", mine, 100));
    }
    List<SubjectKey> admitted = new ArrayList<>();
    rounds.forEach(round -> admitted.addAll(keys(list, get(round))));
    assertThat(admitted).hasSize(1);
    assertThat(line(list).orElseThrow().runs()).isEqualTo(4);
  }

  @Test
  default void whoSaysThatItWaitsThoughItWasLetInMeanwhileIsFenced() {
    ListName list = limited(1, null);
    ResourceRow resource = root(list);
    settle(resource);
    SubjectKey run = waiting(resource);
    OutcomeDraft late = OutcomeDraft.of(family(run.resource()), run, tick(), now());
    late.tries(1);
    Outcome outcome = late.build().orElseThrow();
    assertThat(letIn(list)).containsExactly(run);
    assertThat(commit(outcome)).containsExactly(new Committed.Fenced());
  }
}

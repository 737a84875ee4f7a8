package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.Priority;
import dev.toygun.store.BreakerBook;
import dev.toygun.store.BreakerChange;
import dev.toygun.store.BreakerDefinition;
import dev.toygun.store.BreakerOperations;
import dev.toygun.store.BreakerRow;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers.Standing;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.Due;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.LimitsDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Breakers count what was tried, keep what is due, and let a few go to see. */
public interface BreakerContract extends HoldContract {
  /** A person. */
  By ANN = new By(Cause.OPERATOR, "key:ann", "it is moved", null);

  /** The system's own alarms that are open. */
  Set<String> systemAlarms();

  /** A list of whose type the task {@code work} has a breaker, named as the type. */
  default ListName guarded(int tries, @Nullable Double ratio) {
    ListName list = list();
    publishGuarded(list, tries, ratio);
    return list;
  }

  /** A worker publishes it. */
  default void publishGuarded(ListName list, int tries, @Nullable Double ratio) {
    BreakerDefinition breaker =
        new BreakerDefinition(list.type(), tries, ratio, 60, 30, 2, "critical");
    TypeDefinition.TaskDefinition work =
        new TypeDefinition.TaskDefinition(
            "work",
            false,
            false,
            false,
            false,
            false,
            null,
            "first",
            List.of(),
            List.of(),
            "",
            null,
            new LimitsDefinition(null, null, null, false, breaker),
            false);
    TypeDefinition type =
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
            null);
    get(store().publish(List.of(type), "build-1"));
  }

  /** A run of {@code work} that is due in its first state, on a resource of its own. */
  default SubjectKey due(ListName list) {
    ResourceRow resource = root(list);
    settle(resource);
    SubjectKey run = running(resource, "work", true);
    done(run, d -> d.dueAt(now()));
    return run;
  }

  /** A try of it fails, and it is due at once. */
  default void fails(SubjectKey run, String breaker) {
    ErrorRow e = error(run, "Down");
    ErrorRow counted =
        new ErrorRow(
            e.uuid(),
            e.subject(),
            e.kind(),
            e.message(),
            e.attrs(),
            e.stack(),
            e.stackHash(),
            e.state(),
            e.step(),
            e.attempt(),
            e.worker(),
            e.build(),
            now(),
            breaker);
    done(
        run,
        d -> {
          d.failed(counted);
          d.tries(machine(run).tries() + 1);
          d.dueAt(now());
        });
  }

  /** What a person may do. */
  default BreakerOperations operations() {
    return new BreakerOperations(store().breakers(), this::uuid);
  }

  /** How the breaker of this list stands. */
  default Standing standing(ListName list) {
    return get(operations().find(list.type()));
  }

  /** A clock looks at it; how it stands then. */
  default BreakerRow judged(ListName list) {
    BreakerChange change = BreakerBook.judge(standing(list)).orElse(null);
    if (change != null) {
      get(store().breakers().change(change, uuid(), uuid()));
    }
    return standing(list).row();
  }

  /** What a clock finds due of this list's tasks. */
  default Set<SubjectKey> found(ListName list) {
    get(store().holds());
    return get(store().due(Due.Kind.TASK, list, null, Duration.ZERO, 100)).stream()
        .map(Due.DueRow::key)
        .collect(Collectors.toSet());
  }

  /** The hold of an open one. */
  default Hold holdOf(ListName list) {
    return get(store().holds()).stream()
        .filter(hold -> list.type().equals(hold.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Opened by a clock, since this many runs failed. */
  default List<SubjectKey> broken(ListName list, int runs) {
    List<SubjectKey> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      SubjectKey run = due(list);
      fails(run, list.type());
      all.add(run);
    }
    assertThat(judged(list).state()).isEqualTo(State.OPEN);
    return all;
  }

  /** As if its time were over: it is probed. */
  default Optional<BreakerRow> probed(ListName list) {
    Standing s = standing(list);
    Instant until = s.row().until();
    Standing later =
        new Standing(s.declared(), s.row(), s.kept(), 0, 0, 0, Objects.requireNonNull(until));
    return get(store().breakers().change(BreakerBook.judge(later).orElseThrow(), uuid(), uuid()));
  }

  @Test
  default void asManyFailedTriesAsItSaysOpenItAndThatIsOneAlarm() {
    ListName list = guarded(3, null);
    SubjectKey one = due(list);
    fails(one, list.type());
    fails(one, list.type());
    fails(one, "another");
    assertThat(standing(list).failed()).isEqualTo(2);
    assertThat(judged(list).state()).isEqualTo(State.CLOSED);
    assertThat(systemAlarms()).doesNotContain("breaker:" + list.type());
    fails(one, list.type());
    BreakerRow open = judged(list);
    assertThat(open.state()).isEqualTo(State.OPEN);
    assertThat(open.reason()).isEqualTo("3 tries failed within 60 s");
    assertThat(Duration.between(open.since(), Objects.requireNonNull(open.until())))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(systemAlarms()).contains("breaker:" + list.type());
    assertThat(standing(list).failed()).as("that is done with").isZero();
  }

  @Test
  default void aShareOfTheTriesOpensItOnceThereAreEnough() {
    ListName list = guarded(10, 0.5);
    SubjectKey one = due(list);
    for (int i = 0; i < 4; i++) {
      fails(one, list.type());
    }
    assertThat(judged(list).state()).as("4 of 4 are too few").isEqualTo(State.CLOSED);
    get(store().tried(Map.of(list.type(), 5)));
    assertThat(judged(list).state()).as("4 of 9 too").isEqualTo(State.CLOSED);
    get(store().tried(Map.of(list.type(), 3)));
    assertThat(judged(list).state()).as("4 of 12 is a third").isEqualTo(State.CLOSED);
    for (int i = 0; i < 4; i++) {
      fails(one, list.type());
    }
    assertThat(judged(list).reason()).isEqualTo("8 of 16 tries failed within 60 s");
  }

  @Test
  default void whatIsDueIsKeptButForWhatEndsAndOtherTasks() {
    ListName list = guarded(1, null);
    SubjectKey kept = broken(list, 1).get(0);
    ResourceRow resource = root(list);
    settle(resource);
    SubjectKey other = running(resource, "other", true);
    done(other, d -> d.dueAt(now()));
    SubjectKey ending = due(list);
    done(
        ending,
        d -> {
          d.transit(BuiltIn.EXIT, null);
          d.dueAt(now());
        });
    assertThat(found(list)).contains(other, ending).doesNotContain(kept);
    assertThat(holdOf(list).keeps(family(kept.resource()).resource(), task(kept))).isTrue();
    assertThat(holdOf(list).keeps(family(ending.resource()).resource(), task(ending))).isFalse();
  }

  @Test
  default void ofTwoClocksOneOpensIt() {
    ListName list = guarded(1, null);
    fails(due(list), list.type());
    BreakerChange change = BreakerBook.judge(standing(list)).orElseThrow();
    assertThat(get(store().breakers().change(change, uuid(), uuid()))).isPresent();
    assertThat(get(store().breakers().change(change, uuid(), uuid()))).isEmpty();
    assertThat(get(store().holds()).stream().filter(h -> list.type().equals(h.name()))).hasSize(1);
  }

  @Test
  default void aFewAreLetGoAndAFailureOpensItForTwiceAsLong() {
    ListName list = guarded(3, null);
    List<SubjectKey> runs = broken(list, 4);
    assertThat(probed(list).orElseThrow().state()).isEqualTo(State.HALF_OPEN);
    Set<SubjectKey> probes = found(list);
    assertThat(probes).hasSize(2);
    assertThat(runs).containsAll(probes);
    assertThat(judged(list).state()).isEqualTo(State.HALF_OPEN);
    fails(probes.iterator().next(), list.type());
    BreakerRow again = judged(list);
    assertThat(again.state()).isEqualTo(State.OPEN);
    assertThat(again.times()).isEqualTo(2);
    assertThat(Duration.between(again.since(), Objects.requireNonNull(again.until())))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(found(list)).isEmpty();
  }

  @Test
  default void asManyGoodTriesAsWereLetGoCloseItAndAllAreDueAgainInTime() {
    ListName list = guarded(3, null);
    List<SubjectKey> runs = broken(list, 6);
    SubjectKey resting = due(list);
    done(
        resting,
        d -> {
          d.deadline(Duration.ofMinutes(5));
          d.dueAt(now().plusSeconds(100));
        });
    Instant deadline = Objects.requireNonNull(machine(resting).deadlineAt());
    Instant dueAt = machine(resting).dueAt();
    probed(list);
    get(store().tried(Map.of(list.type(), 2)));
    assertThat(judged(list).state()).isEqualTo(State.CLOSED);
    assertThat(systemAlarms()).doesNotContain("breaker:" + list.type());
    while (get(store().settleHolds())) {
      assertThat(get(store().holds())).isNotNull();
    }
    assertThat(get(store().holds()).stream().filter(h -> list.type().equals(h.name()))).isEmpty();
    List<MachineRow> rows = runs.stream().map(this::machine).toList();
    assertThat(rows)
        .filteredOn(row -> Objects.requireNonNull(row.dueAt()).isAfter(now()))
        .as("not all at once")
        .hasSizeGreaterThan(2);
    assertThat(rows).allSatisfy(row -> assertThat(row.dueAt()).isBefore(now().plusSeconds(31)));
    assertThat(machine(resting).dueAt()).as("it has its own time").isEqualTo(dueAt);
    assertThat(machine(resting).deadlineAt()).isAfter(deadline.plusSeconds(29));
  }

  @Test
  default void whereNothingIsDueItStaysOpenUntilSomethingIs() {
    ListName list = guarded(1, null);
    SubjectKey run = broken(list, 1).get(0);
    done(run, d -> d.dueAt(now().plusSeconds(600)));
    assertThat(probed(list)).isEmpty();
    assertThat(standing(list).row().state()).isEqualTo(State.OPEN);
    due(list);
    assertThat(probed(list)).isPresent();
  }

  @Test
  default void aPersonOpensItAndOnlyAPersonClosesIt() {
    ListName list = guarded(1, null);
    SubjectKey run = due(list);
    BreakerRow open = get(operations().open(list.type(), null, ANN)).row();
    assertThat(open.isByHand()).isTrue();
    assertThat(open.reason()).isEqualTo("it is moved");
    assertThat(open.actor()).isEqualTo("key:ann");
    assertThat(found(list)).isEmpty();
    assertThat(judged(list)).isEqualTo(open);
    assertThat(systemAlarms()).doesNotContain("breaker:" + list.type());
    assertThat(get(store().release(Set.of(holdOf(list).uuid()), tick()))).isEmpty();
    fails(run, list.type());
    assertThat(get(operations().close(list.type(), ANN)).row().state()).isEqualTo(State.CLOSED);
    assertThat(judged(list).state()).as("what failed before is done with").isEqualTo(State.CLOSED);
    assertThat(BreakerBook.judge(standing(list))).isEmpty();
  }

  @Test
  default void whatOtherTasksHaveItIsKeptFromThenOn() {
    ListName list = guarded(1, null);
    broken(list, 1);
    Standing s = standing(list);
    Standing other = new Standing(s.declared(), s.row(), List.of("x/y"), 0, 0, 0, s.now());
    BreakerChange follows = BreakerBook.judge(other).orElseThrow();
    Hold before = holdOf(list);
    get(store().breakers().change(follows, uuid(), uuid()));
    while (get(store().settleHolds())) {
      assertThat(get(store().holds())).isNotNull();
    }
    assertThat(holdOf(list).uuid()).isNotEqualTo(before.uuid());
    Standing gone = new Standing(null, standing(list).row(), List.of("x/y"), 0, 0, 0, s.now());
    get(store().breakers().change(BreakerBook.judge(gone).orElseThrow(), uuid(), uuid()));
    assertThat(standing(list).row().state()).isEqualTo(State.CLOSED);
  }
}

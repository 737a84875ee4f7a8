package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Keep;
import dev.toygun.Priority;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.Old;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Retention.Look;
import dev.toygun.store.Retention.Removed;
import dev.toygun.store.Retention.Seen;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TypeDefinition;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is old is removed, whole, and nothing of what is needed. */
public interface RetentionContract extends HoldContract {
  /** Runs of the task {@code task} of a resource's type, of which so many of the latest stay. */
  default Old.Runs runs(ResourceRow resource, int keep, Duration time) {
    return new Old.Runs(resource.type(), "task", keep, time);
  }

  default Old.Resources resources(ResourceRow resource) {
    return new Old.Resources(resource.type(), Duration.ZERO);
  }

  /** All that is over, looked at two by two. */
  default List<Seen> over(Old old) {
    List<Seen> over = new ArrayList<>();
    @Nullable Seen after = null;
    do {
      Look look = get(store().look(old, after, 2));
      over.addAll(look.over());
      after = look.upto();
    } while (after != null);
    return over;
  }

  /** Removes all that is over; how many rows of this table. */
  default int removed(Old old, String table) {
    Removed removed = get(store().remove(old, over(old), 1_000));
    assertThat(removed.more()).isFalse();
    return removed.rows().getOrDefault(table, 0);
  }

  /** A resource that has ended. */
  default ResourceRow over(ResourceRow resource) {
    done(resource.key(), OutcomeDraft::over);
    return resource(resource.uuid());
  }

  @Test
  default void aFinishedRunBeyondTheKeptOnesIsRemovedWithItsHistory() {
    ResourceRow root = root();
    List<SubjectKey> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(ended(root, "task", End.FINISHED));
    }
    SubjectKey other = ended(root, "other", End.FINISHED);
    SubjectKey active = running(root, "task", false);
    Old old = runs(root, 2, Duration.ZERO);
    assertThat(over(old)).extracting(Seen::key).containsExactlyElementsOf(runs.subList(0, 3));
    assertThat(removed(old, "tasks")).isEqualTo(3);
    assertThat(history().runs(root.uuid(), "task"))
        .containsExactly(runs.get(3).uuid(), active.uuid());
    assertThat(history().moves(runs.get(0))).isEmpty();
    assertThat(history().moves(runs.get(3))).isNotEmpty();
    assertThat(task(other).machine().active()).isFalse();
    assertThat(over(old)).isEmpty();
    done(active, d -> d.ends(End.FINISHED, false));
    assertThat(task(running(root, "task", false)).run()).isEqualTo(6);
  }

  @Test
  default void theLatestRunStaysForEver() {
    ResourceRow root = root();
    SubjectKey first = ended(root, "task", End.STOPPED);
    Old old = runs(root, 1, Duration.ZERO);
    assertThat(removed(old, "tasks")).isZero();
    TaskRow run = task(first);
    assertThat(run.run()).isOne();
    SubjectKey second = ended(root, "task", End.FINISHED);
    assertThat(
            get(store().remove(old, List.of(seen(second)), 1_000)).rows().getOrDefault("tasks", 0))
        .as("even if somebody asks for it")
        .isZero();
    assertThat(removed(old, "tasks")).isOne();
    assertThat(history().runs(root.uuid(), "task")).containsExactly(second.uuid());
  }

  private Seen seen(SubjectKey key) {
    return new Seen(key, now());
  }

  @Test
  default void whatEndedAShortWhileAgoStays() {
    ResourceRow root = root();
    ended(root, "task", End.FINISHED);
    ended(root, "task", End.FINISHED);
    assertThat(over(runs(root, 1, Duration.ofDays(1)))).isEmpty();
  }

  @Test
  default void aResourceGoesWithAllThatIsItsOwn() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = ended(root, "task", End.FINISHED);
    raise(root.key(), "disk", raised(Duration.ZERO));
    SubjectKey alarm = alarm(root.key(), "disk").key();
    over(root);
    assertThat(removed(resources(root), "resources")).isOne();
    assertThat(get(store().family(root.uuid()))).isNull();
    assertThat(get(store().taskKey(task.uuid()))).isNull();
    for (SubjectKey key : List.of(root.key(), task, alarm)) {
      assertThat(history().moves(key)).isEmpty();
    }
    assertThat(history().alarmPath(alarm)).isEmpty();
  }

  @Test
  default void aResourceThatLivesStays() {
    ResourceRow root = root();
    settle(root);
    assertThat(over(resources(root))).isEmpty();
    get(store().remove(resources(root), List.of(seen(root.key())), 1_000));
    assertThat(resource(root.uuid()).machine().active()).isTrue();
  }

  @Test
  default void aChildGoesBeforeItsParentDoes() {
    ResourceRow root = root();
    settle(root);
    ResourceRow child = childOf(root, "child");
    settle(child);
    over(child);
    over(root);
    Old ofRoot = new Old.Resources(root.type(), Duration.ZERO);
    List<Seen> parent = List.of(seen(root.key()));
    assertThat(get(store().remove(ofRoot, parent, 1_000)).rows().getOrDefault("resources", 0))
        .isZero();
    get(store().remove(resources(child), List.of(seen(child.key())), 1_000));
    assertThat(get(store().remove(ofRoot, parent, 1_000)).rows().get("resources")).isOne();
  }

  @Test
  default void whatAnOpenAlarmTellsOfStays() {
    ResourceRow root = root();
    settle(root);
    for (int i = 0; i < 3; i++) {
      timedOut(root);
    }
    UUID told = Objects.requireNonNull(alarm(root.key(), "timeout").error());
    Old old = runs(root, 1, Duration.ZERO);
    assertThat(over(old)).hasSize(2);
    removed(old, "tasks");
    List<UUID> left = history().runs(root.uuid(), "task");
    assertThat(left).as("the latest, and the one with the error").hasSizeBetween(1, 2);
    assertThat(left)
        .anySatisfy(
            run ->
                assertThat(history().moves(new SubjectKey(root.uuid(), run)))
                    .extracting(StoreHistory.Moved::error)
                    .contains(told));
    ended(root, "task", End.FINISHED);
    afterwards(root, Duration.ofSeconds(1));
    removed(old, "tasks");
    assertThat(history().runs(root.uuid(), "task")).hasSize(1);
  }

  private void timedOut(ResourceRow root) {
    SubjectKey run = running(root, "task", false);
    ErrorRow error = error(run, "Timeout");
    done(
        run,
        d -> {
          d.failed(error);
          d.transit(BuiltIn.TIMEOUT, error.uuid());
          d.alarm(AlarmWrite.timedOut("task", error));
          d.ends(End.TIMED_OUT, false);
        });
  }

  @Test
  default void whatIsOnHoldStays() {
    ResourceRow root = root();
    settle(root);
    ended(root, "task", End.FINISHED);
    ended(root, "task", End.FINISHED);
    Hold hold = hold(Hold.Scope.TYPE, null, root.type());
    try {
      assertThat(removed(runs(root, 1, Duration.ZERO), "tasks")).isZero();
    } finally {
      release(hold);
    }
    assertThat(removed(runs(root, 1, Duration.ZERO), "tasks")).isOne();
  }

  @Test
  default void twoClocksRemoveOnce() {
    ResourceRow root = root();
    for (int i = 0; i < 5; i++) {
      ended(root, "task", End.FINISHED);
    }
    Old old = runs(root, 1, Duration.ZERO);
    List<Seen> over = over(old);
    Future<Removed> one = store().remove(old, over, 1_000);
    Future<Removed> two = store().remove(old, over, 1_000);
    int removed = 0;
    for (Future<Removed> future : List.of(one, two)) {
      removed += get(future).rows().getOrDefault("tasks", 0);
    }
    assertThat(removed).isEqualTo(4);
  }

  @Test
  default void theHistoryOfWhatLivesIsThinnedOutAndWhatARewindNeedsStays() {
    ResourceRow root = root();
    SubjectKey run = running(root, "task", false);
    for (int i = 0; i < 3; i++) {
      done(run, d -> d.enter("up", null, false));
      done(run, d -> d.enter("down", null, false));
    }
    List<StoreHistory.Moved> before = history().moves(run);
    Old old = new Old.History(Duration.ZERO);
    get(store().remove(old, List.of(seen(root.key())), 1_000));
    assertThat(history().moves(run))
        .as("the first, and the last into each state")
        .containsExactly(
            before.get(0), before.get(before.size() - 2), before.get(before.size() - 1));
    assertThat(machine(run).step()).isEqualTo(before.size());
    done(run, d -> d.enter("up", null, false));
    get(store().remove(old, List.of(seen(root.key())), 1_000));
    assertThat(history().moves(run)).as("what was looked at stays").hasSizeBetween(3, 4);
  }

  @Test
  default void whatLivesIsGoneThroughOnce() {
    UUID root = root().uuid();
    UUID ended = over(settled()).uuid();
    List<UUID> seen =
        over(new Old.History(Duration.ZERO)).stream().map(s -> s.key().uuid()).toList();
    assertThat(seen).containsOnlyOnce(root).doesNotContain(ended);
  }

  private ResourceRow settled() {
    ResourceRow root = root();
    settle(root);
    return root;
  }

  @Test
  default void aTypeSaysHowLongAndElseItIsWhatIsStandard() {
    ListName list = list();
    ResourceRow said = root(list);
    settle(said);
    ended(said, "task", End.FINISHED);
    ended(said, "other", End.FINISHED);
    over(said);
    assertThat(get(store().ended()))
        .contains(
            new Old.Runs(list.type(), "task", Keep.DEFAULT.runs(), Keep.DEFAULT.time()),
            new Old.Resources(list.type(), Keep.RESOURCE));
    publish(list, 1, "task", 2);
    publish(list, 2, "task", 3);
    assertThat(get(store().ended()))
        .contains(
            new Old.Runs(list.type(), "task", 3, Duration.ofSeconds(60)),
            new Old.Runs(list.type(), "other", Keep.DEFAULT.runs(), Keep.DEFAULT.time()),
            new Old.Resources(list.type(), Duration.ofSeconds(7)));
  }

  @Test
  default void aTaskThatTheNewestVersionHasNoMoreStaysAsLongAsTheLastOneThatHadItSays() {
    ListName list = list();
    ended(root(list), "task", End.FINISHED);
    publish(list, 1, "task", 2);
    publish(list, 2, "task", 3);
    publish(list, 3, "another", 5);
    assertThat(get(store().ended()))
        .contains(new Old.Runs(list.type(), "task", 3, Duration.ofSeconds(60)));
  }

  private void publish(ListName list, int version, String name, int runs) {
    TypeDefinition.TaskDefinition task =
        new TypeDefinition.TaskDefinition(
            name,
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
            new TypeDefinition.KeepDefinition(runs, 60),
            null,
            false);
    TypeDefinition type =
        new TypeDefinition(
            list.type(),
            version,
            ListName.DEFAULT_QUEUE,
            Priority.NORMAL,
            "first",
            List.of(),
            List.of(),
            List.of(task),
            List.of(),
            false,
            List.of(),
            "",
            7L);
    get(store().publish(List.of(type), "build-1").map(true));
  }
}

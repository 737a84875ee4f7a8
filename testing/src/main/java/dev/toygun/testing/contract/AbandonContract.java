package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Abandonment;
import dev.toygun.store.Alarm;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.Hold;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is abandoned ends from the leaves up, without running its code, and nothing waits for it.
 */
public interface AbandonContract extends AlarmContract {
  default Abandonment abandonment(UUID resource) {
    return new Abandonment(uuid(), resource, OptionalLong.empty(), "the data centre burnt down");
  }

  default Hold abandon(UUID resource) {
    return get(store().abandon(abandonment(resource), operator()));
  }

  /** A clock that carries it out. */
  default Stamp clock() {
    return new Stamp(Cause.OPERATOR, "system", "clock-1", "", null, null, Stamp.Delays.NONE);
  }

  /** Ends all of it; how many pages that took. */
  default int endAll(Hold hold) {
    int pages = 0;
    while (get(store().endAbandoned(hold, clock()))) {
      pages++;
    }
    return pages;
  }

  default @Nullable Hold standing(Hold hold) {
    return get(store().holds()).stream()
        .filter(h -> h.uuid().equals(hold.uuid()))
        .findFirst()
        .orElse(null);
  }

  @Test
  default void aSubtreeEndsAndHistorySaysWhoAndWhy() {
    ResourceRow root = root();
    settle(root);
    ResourceRow child = childOf(root, "child");
    ResourceRow grandchild = childOf(child, "grandchild");
    SubjectKey onRoot = running(root, "task", true);
    SubjectKey below = running(grandchild, "task", true);
    SubjectKey beside = running(grandchild, "other", true);
    Hold hold = abandon(root.uuid());
    assertThat(hold.abandons()).isTrue();
    assertThat(hold.effectiveAt()).isEqualTo(hold.createdAt().plusSeconds(2));
    assertThat(standing(hold)).isEqualTo(hold);
    endAll(hold);
    for (SubjectKey key :
        List.of(root.key(), child.key(), grandchild.key(), onRoot, below, beside)) {
      MachineRow row = machine(key);
      assertThat(row.state()).as("%s", key).isEqualTo(BuiltIn.STOP);
      assertThat(row.active()).isFalse();
      assertThat(row.dueAt()).isNull();
      List<StoreHistory.Moved> moves = history().moves(key);
      StoreHistory.Moved last = moves.get(moves.size() - 1);
      assertThat(last.actor()).isEqualTo("key:ops");
      assertThat(last.message()).isEqualTo("abandoned: the data centre burnt down");
    }
    assertThat(task(below).outcome()).isEqualTo(End.ABORTED);
    assertThat(standing(hold)).as("it is over").isNull();
    assertThat(get(store().endAbandoned(hold, clock()))).isFalse();
  }

  @Test
  default void aParentThatWaitsForItIsWokenAndCanEnd() {
    ResourceRow parent = root();
    settle(parent);
    ResourceRow stuck = childOf(parent, "stuck");
    SubjectKey task = running(stuck, "task", false);
    done(task, d -> d.panic(error(task, "Broken"), BuiltIn.PANIC));
    ResourceRow neighbour = childOf(parent, "neighbour");
    settle(neighbour);
    rest(parent.key());
    assertRefused(outcome(parent.key(), OutcomeDraft::over), Refusal.Code.OCCUPIED);
    endAll(abandon(stuck.uuid()));
    assertThat(machine(parent.key()).dueAt()).as("woken").isNotNull();
    assertThat(resource(neighbour.uuid()).machine().active()).as("not of the subtree").isTrue();
    done(neighbour.key(), OutcomeDraft::over);
    done(parent.key(), OutcomeDraft::over);
    assertThat(machine(parent.key()).active()).isFalse();
  }

  @Test
  default void alarmsOfItCloseAndItsSignalsAreLeftUnread() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", true);
    SignalRow signal = signal(task, "go");
    done(root.key(), d -> d.signal(signal));
    done(task, d -> d.panic(error(task, "Broken"), BuiltIn.PANIC));
    Alarm panic = alarm(task, "panic");
    assertThat(panic.state()).isNotEqualTo(Alarm.State.CLOSED);
    endAll(abandon(root.uuid()));
    assertThat(alarm(task, "panic").state()).isEqualTo(Alarm.State.CLOSED);
    assertThat(family(root.uuid()).signals()).isEmpty();
  }

  @Test
  default void whatATickDecidedBeforeItIsFenced() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    Outcome ofTask = outcome(task, d -> d.enter("second", null, false));
    Outcome ofRoot = outcome(root.key(), d -> d.start(start(root, "more")));
    endAll(abandon(root.uuid()));
    assertThat(commit(ofTask).get(0)).isInstanceOf(Committed.Fenced.class);
    assertThat(commit(ofRoot).get(0)).isNotInstanceOf(Committed.Done.class);
    assertThat(family(root.uuid()).task("more")).isEmpty();
  }

  @Test
  default void whatIsMadeUnderItMeanwhileEndsToo() {
    ResourceRow root = root();
    settle(root);
    ResourceRow child = childOf(root, "child");
    settle(child);
    Hold hold = abandon(root.uuid());
    ResourceRow late = childOf(child, "late");
    SubjectKey task = running(late, "task", false);
    endAll(hold);
    assertThat(machine(late.key()).active()).isFalse();
    assertThat(machine(task).active()).isFalse();
    assertThat(machine(root.key()).active()).isFalse();
  }

  @Test
  default void requestsAboutWhatIsInItAreRefusedWhileItGoes() {
    ResourceRow root = root();
    settle(root);
    ResourceRow child = childOf(root, "child");
    Hold hold = abandon(root.uuid());
    for (ResourceRow row : List.of(root, child)) {
      TaskStart start = start(row, "task");
      assertRefusal(
          store().transact(row.uuid(), f -> outcomeOf(row, d -> d.start(start), f)),
          Refusal.Code.DELETING);
      ChildCreate more = child(list(), "more");
      assertRefusal(
          store().transact(row.uuid(), f -> outcomeOf(row, d -> d.create(more), f)),
          Refusal.Code.DELETING);
    }
    assertRefusal(store().abandon(abandonment(child.uuid()), operator()), Refusal.Code.DELETING);
    assertThat(abandon(root.uuid())).as("asked again").isEqualTo(hold);
    assertRefusal(store().release(hold.uuid(), operator()), Refusal.Code.NOT_FOUND);
    assertThat(standing(hold)).isNotNull();
    endAll(hold);
  }

  private Outcome outcomeOf(
      ResourceRow row,
      java.util.function.Consumer<OutcomeDraft> draw,
      dev.toygun.store.Family family) {
    OutcomeDraft draft =
        OutcomeDraft.of(family, row.key(), operator(), family.resource().machine().updatedAt());
    draw.accept(draft);
    return draft.build().orElseThrow();
  }

  @Test
  default void aLargeSubtreeEndsInPagesAndAnotherClockGoesOnWhereOneDied() {
    ResourceRow root = root();
    settle(root);
    int children = 2 * Abandonment.PAGE + 50;
    List<ChildCreate> made = new ArrayList<>();
    for (int i = 0; i < children; i++) {
      made.add(child(list(), "child" + i));
    }
    done(root.key(), d -> made.forEach(d::create));
    ResourceRow deep = childOf(resource(made.get(7).uuid()), "deep");
    SubjectKey task = running(deep, "task", false);
    Hold hold = abandon(root.uuid());
    assertThat(get(store().endAbandoned(hold, clock()))).isTrue();
    assertThat(active(made)).isBetween((long) children - Abandonment.PAGE, (long) children - 1);
    assertThat(machine(root.key()).active()).as("the root goes last").isTrue();
    // Whoever carried that page out is gone; what it did is all that there is to know.
    int pages = endAll(hold);
    assertThat(pages).isBetween(3, 7);
    assertThat(active(made)).isZero();
    assertThat(machine(task).active()).isFalse();
    assertThat(machine(root.key()).active()).isFalse();
  }

  private long active(List<ChildCreate> made) {
    return get(store().resources(made.stream().map(ChildCreate::uuid).toList())).stream()
        .filter(row -> row.machine().active())
        .count();
  }

  @Test
  default void anAbandonmentThatCannotBeIsRefused() {
    ResourceRow root = root();
    assertRefusal(store().abandon(abandonment(uuid()), operator()), Refusal.Code.NOT_FOUND);
    assertRefusal(
        store()
            .abandon(
                new Abandonment(uuid(), root.uuid(), OptionalLong.of(99), "stale"), operator()),
        Refusal.Code.STALE);
    Refusal why =
        catchThrowableOfType(
            Refusal.class, () -> new Abandonment(uuid(), root.uuid(), OptionalLong.empty(), "  "));
    assertThat(why).isNotNull().hasMessageContaining("why");
    done(root.key(), OutcomeDraft::over);
    assertRefusal(store().abandon(abandonment(root.uuid()), operator()), Refusal.Code.ENDED);
    assertThat(get(store().holds())).noneMatch(h -> root.uuid().equals(h.resource()));
  }

  private void assertRefusal(Future<?> future, Refusal.Code code) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> get(future));
    assertThat(refusal).isNotNull();
    assertThat(java.util.Objects.requireNonNull(refusal).code()).isEqualTo(code);
  }
}

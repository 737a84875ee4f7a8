package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.TaskStatus;
import dev.toygun.store.Alarm;
import dev.toygun.store.Committed;
import dev.toygun.store.Entry;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Hop;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.SubjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a rewind goes, and what of the way to an end it takes back. */
public interface RewindContract extends PanicContract {
  @Test
  default void aRewindGoesBackToWhereItWasWithItsTokens() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.enter("second", null, false));
    panics(task);
    done(answer(root, Hop.Decision.REWIND, "first"));
    MachineRow row = machine(task);
    assertThat(row.state()).isEqualTo("first");
    assertThat(row.entered()).isOne();
    assertThat(row.dueAt()).isNotNull();
    assertThat(history().openAlarms(task)).isEmpty();
    panics(task);
    done(answer(root, Hop.Decision.REWIND, "first"));
    assertThat(machine(task).entered()).as("the handler's own move is no entry").isOne();
  }

  @Test
  default void aStateThatOnlyARewindLedToKeepsItsTokensToo() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey task = running(root, "task", false);
    panics(task);
    done(answer(root, Hop.Decision.REWIND, "spare"));
    long entered = machine(task).entered();
    panics(task);
    done(answer(root, Hop.Decision.REWIND, "spare"));
    assertThat(machine(task).entered()).isEqualTo(entered);
  }

  @Test
  default void aRunThatIsRewoundOutOfItsExitEndsAsItThenEnds() {
    ResourceRow root = root(handling());
    settle(root);
    SubjectKey byHandler = stoppedAndPanicked(root, "task");
    done(answer(root, Hop.Decision.REWIND, "first"));
    assertThat(task(byHandler).outcome()).isNull();
    assertThat(task(byHandler).status()).isEqualTo(TaskStatus.RUNNING);
    done(byHandler, d -> d.ends(End.FINISHED, false));
    assertThat(task(byHandler).status()).isEqualTo(TaskStatus.FINISHED);

    SubjectKey byPerson = stoppedAndPanicked(root, "other");
    rest(root.key());
    Committed.Done done =
        done(outcome(byPerson, operator(), d -> d.rewind(new Entry("first", 1, false), null)));
    assertThat(task(byPerson).outcome()).isNull();
    assertThat(woken(done)).as("whoever waits for its end").contains(root.key());
  }

  /** A run that was stopped and panicked while it cleaned up. */
  default SubjectKey stoppedAndPanicked(ResourceRow resource, String name) {
    SubjectKey task = running(resource, name, false);
    done(task, d -> d.ends(End.STOPPED, true));
    panics(task);
    return task;
  }

  /** A child that panicked in the state {@code leaving}, in which its teardown begins. */
  default ResourceRow stuckOnItsWayDown(ResourceRow parent) {
    ResourceRow child = childOf(parent, "child");
    done(child.key(), d -> d.deleting(Deleting.ASKED));
    done(
        child.key(),
        d -> {
          d.deleting(Deleting.BEGUN);
          d.enter("leaving", null, false);
        });
    panics(child.key());
    return child;
  }

  @Test
  default void aResourceThatIsRewoundToBeforeItsTeardownIsAskedToGoNoLonger() {
    ResourceRow root = root(handling());
    settle(root);
    ResourceRow child = stuckOnItsWayDown(root);
    done(answer(root, Hop.Decision.REWIND, "first"));
    assertThat(resource(child.uuid()).deleting()).isEqualTo(Deleting.NO);
    assertThat(machine(child.key()).state()).isEqualTo("first");
    assertThat(machine(child.key()).entered()).isOne();
    assertThat(last(child.key()).changed()).containsExactly(BuiltIn.DELETING);

    ResourceRow other = childOf(root, "other");
    ResourceRow by = stuckOnItsWayDown(other);
    rest(other.key());
    Entry first = new Entry("first", 1, false);
    Committed.Done done = done(outcome(by.key(), operator(), d -> d.rewind(first, null)));
    assertThat(resource(by.uuid()).deleting()).isEqualTo(Deleting.NO);
    assertThat(woken(done)).as("who may be on its way down").contains(other.key());
    assertThat(last(by.key()).changed()).containsExactly(BuiltIn.DELETING);
  }

  @Test
  default void aFieldThatIsCalledDeletingIsNoTeardown() {
    ResourceRow root = root(handling());
    settle(root);
    ResourceRow child = childOf(root, "child");
    done(child.key(), d -> d.deleting(Deleting.ASKED));
    done(
        child.key(),
        d -> {
          d.deleting(Deleting.BEGUN);
          d.enter("leaving", null, false);
        });
    done(
        child.key(),
        d -> {
          d.attrs("{\"deleting\":{\"Bool\":true}}", List.of("deleting"));
          d.enter("further", null, false);
        });
    panics(child.key());
    done(answer(root, Hop.Decision.REWIND, "leaving"));
    assertThat(machine(child.key()).state()).isEqualTo("leaving");
    assertThat(resource(child.uuid()).deleting()).isEqualTo(Deleting.BEGUN);
  }

  /** The last move of a subject. */
  default StoreHistory.Moved last(SubjectKey subject) {
    List<StoreHistory.Moved> moves = history().moves(subject);
    return moves.get(moves.size() - 1);
  }

  @Test
  default void aParentLooksAgainAtAChildThatSomebodyFurtherUpHasRewound() {
    ListName list = handling();
    ResourceRow root = root(list);
    settle(root);
    ResourceRow parent = childOf(root, "parent");
    ResourceRow child = stuckOnItsWayDown(parent);
    done(answer(parent, Hop.Decision.DECLINE, null));
    rest(parent.key());
    Committed.Done done = done(answer(root, Hop.Decision.REWIND, "first"));
    assertThat(resource(child.uuid()).deleting()).isEqualTo(Deleting.NO);
    assertThat(woken(done)).contains(parent.key());
    assertThat(machine(parent.key()).dueAt()).isNotNull();
  }

  @Test
  default void aRewindWithinItsTeardownGoesOnWithIt() {
    ResourceRow root = root(handling());
    settle(root);
    ResourceRow child = stuckOnItsWayDown(root);
    done(answer(root, Hop.Decision.REWIND, "leaving"));
    assertThat(resource(child.uuid()).deleting()).isEqualTo(Deleting.BEGUN);
    assertThat(machine(child.key()).entered()).isEqualTo(2);
    panics(child.key());
    Entry leaving = new Entry("leaving", 2, true);
    done(outcome(child.key(), operator(), d -> d.rewind(leaving, null)));
    assertThat(resource(child.uuid()).deleting()).isEqualTo(Deleting.BEGUN);
  }

  @Test
  default void aStopOfWhatIsBeingTakenDownAlreadyDoesNothingSoItClimbsOn() {
    ResourceRow root = root(handling());
    settle(root);
    ResourceRow child = childOf(root, "child");
    done(child.key(), d -> d.deleting(Deleting.BEGUN));
    ErrorRow error = panics(child.key());
    done(answer(root, Hop.Decision.STOP, null));
    assertThat(history().hops(error.uuid()))
        .containsExactly("2 decline: it is being taken down already: so be it");
    assertThat(machine(child.key()).state()).isEqualTo(BuiltIn.PANIC);
    assertThat(alarm(child.key(), "panic").state())
        .as("somebody is to hear of it")
        .isNotIn(Alarm.State.CLOSED, Alarm.State.CLIMBING);
  }
}

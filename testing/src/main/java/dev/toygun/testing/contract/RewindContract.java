package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.TaskStatus;
import dev.toygun.store.Committed;
import dev.toygun.store.Entry;
import dev.toygun.store.Hop;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
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
        done(outcome(byPerson, operator(), d -> d.rewind(new Entry("first", 1), null)));
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
}

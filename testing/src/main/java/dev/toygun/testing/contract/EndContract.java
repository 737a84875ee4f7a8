package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.TaskStatus;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import org.junit.jupiter.api.Test;

/** Stops and ends. */
public interface EndContract extends StoreFixture {
  @Test
  default void aStopSendsATaskToItsExit() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.enter("poll", java.time.Duration.ofHours(1), true));
    done(task, d -> d.polls(2));
    MachineRow before = machine(task);
    Committed.Done done = done(root.key(), d -> d.stop("task"));
    assertThat(woken(done)).containsExactly(task);
    TaskRow row = task(task);
    MachineRow after = row.machine();
    assertThat(after.state()).isEqualTo(BuiltIn.EXIT);
    assertThat(after.step()).isEqualTo(before.step() + 1);
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.dueAt()).isNotNull().isBeforeOrEqualTo(now());
    assertThat(after.everyS()).isNull();
    assertThat(after.deadlineAt()).isNull();
    assertThat(after.waits()).isFalse();
    assertThat(after.active()).isTrue();
    assertThat(row.outcome()).isEqualTo(End.STOPPED);
    StoreHistory.Moved moved = history().moves(task).get((int) before.step());
    assertThat(moved.from()).isEqualTo("poll");
    assertThat(moved.to()).isEqualTo(BuiltIn.EXIT);
    assertThat(moved.step()).isEqualTo(after.step());
  }

  @Test
  default void aStopFencesTheTickThatIsRunning() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    Outcome move = outcome(task, d -> d.enter("second", null, false));
    done(root.key(), d -> d.stop("task"));
    assertThat(commit(move)).containsExactly(new Committed.Fenced());
    assertThat(machine(task).state()).isEqualTo(BuiltIn.EXIT);
  }

  @Test
  default void aStopOfWhatIsEndingOrNotThereDoesNothing() {
    ResourceRow root = root();
    SubjectKey exiting = running(root, "exiting", false);
    SubjectKey panicked = running(root, "panicked", false);
    SubjectKey over = ended(root, "over", End.FINISHED);
    done(exiting, d -> d.ends(End.ABORTED, true));
    done(panicked, d -> d.ends(End.STOPPED, true));
    done(panicked, d -> d.panic(error(panicked, "Broken"), BuiltIn.PANIC));
    MachineRow ofExiting = machine(exiting);
    MachineRow ofPanicked = machine(panicked);
    MachineRow ofOver = machine(over);
    done(
        root.key(),
        d -> {
          d.stop("exiting");
          d.stop("panicked");
          d.stop("over");
          d.stop("absent");
        });
    assertThat(machine(exiting)).isEqualTo(ofExiting);
    assertThat(machine(panicked)).isEqualTo(ofPanicked);
    assertThat(machine(over)).isEqualTo(ofOver);
    assertThat(task(exiting).outcome()).isEqualTo(End.ABORTED);
  }

  @Test
  default void aStopOfAPanickedTaskClosesItsAlarm() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.panic(error(task, "Broken"), BuiltIn.PANIC));
    assertThat(history().openAlarms(task)).containsExactly("panic");
    done(root.key(), d -> d.stop("task"));
    assertThat(machine(task).state()).isEqualTo(BuiltIn.EXIT);
    assertThat(machine(task).resume()).isNull();
    assertThat(history().openAlarms(task)).isEmpty();
  }

  @Test
  default void anEndedTaskIsNeverDue() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.panic(error(task, "Broken"), BuiltIn.TIMEOUT));
    Outcome end = outcome(task, d -> d.ends(End.TIMED_OUT, false));
    done(outcome(task, operator(), d -> d.signal(signal(task, "go"))));
    Committed.Done done = done(end);
    assertThat(done.dueAt()).isNull();
    TaskRow row = task(task);
    assertThat(row.machine().active()).isFalse();
    assertThat(row.machine().dueAt()).isNull();
    assertThat(row.machine().everyS()).isNull();
    assertThat(row.machine().endedAt()).isNotNull();
    assertThat(row.machine().state()).isEqualTo(BuiltIn.STOP);
    assertThat(row.status()).isEqualTo(TaskStatus.TIMED_OUT);
    assertThat(history().openAlarms(task)).isEmpty();
  }

  @Test
  default void aResourceWithAnActiveTaskDoesNotEnd() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    assertRefused(outcome(root.key(), d -> d.over()), Refusal.Code.OCCUPIED);
    assertThat(machine(root.key()).active()).isTrue();
    assertThat(history().moves(root.key())).isEmpty();
    done(task, d -> d.ends(End.FINISHED, false));
    done(root.key(), d -> d.over());
    assertThat(machine(root.key()).active()).isFalse();
  }

  @Test
  default void aResourceWithAnActiveChildDoesNotEnd() {
    ResourceRow root = root();
    ChildCreate child = child(list(), "child");
    done(root.key(), d -> d.create(child));
    assertRefused(outcome(root.key(), d -> d.over()), Refusal.Code.OCCUPIED);
    SubjectKey key = SubjectKey.ofResource(child.uuid());
    assertThat(woken(done(key, d -> d.over()))).containsExactly(root.key());
    done(root.key(), d -> d.over());
    assertThat(machine(root.key()).active()).isFalse();
  }

  @Test
  default void aResourceDoesNotEndBesideWhatIsBegunInItsGroup() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    Outcome starts = outcome(task, d -> d.start(start(root, "other")));
    Outcome ends = outcome(root.key(), d -> d.over());
    assertThat(commit(starts, ends))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Committed.Done.class),
            second -> assertThat(second).isInstanceOf(Committed.Refused.class));
  }
}

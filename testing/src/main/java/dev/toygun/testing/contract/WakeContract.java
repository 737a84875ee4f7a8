package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.store.Committed;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is due because of what others wrote. */
public interface WakeContract extends StoreFixture {
  @Test
  default void aWakeDuringAStayLeavesTheRowDue() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    settle(root);
    done(task, d -> d.ends(End.FINISHED, false));
    Outcome stay = outcome(root.key(), d -> d.dueAt(null));
    SubjectKey other = running(root, "other", false);
    Outcome settles = outcome(root.key(), d -> d.dueAt(null));
    assertThat(stay.wakes()).isLessThanOrEqualTo(settles.wakes());
    done(other, d -> d.ends(End.FINISHED, false));
    Committed.Done done = done(settles);
    assertThat(done.wakes()).isGreaterThan(settles.wakes());
    assertThat(done.dueAt()).isNotNull();
    MachineRow row = machine(root.key());
    assertThat(row.dueAt()).isNotNull().isBeforeOrEqualTo(now());
    assertThat(row.version()).isEqualTo(done.version());
  }

  @Test
  default void aWakeDuringAPlainStayLeavesTheTaskDue() {
    ResourceRow root = root();
    SubjectKey waiter = running(root, "waiter", true);
    SubjectKey other = running(root, "other", false);
    Outcome move = outcome(waiter, d -> d.enter("second", null, true));
    Outcome rests = Outcomes.of(move, waiter);
    done(other, d -> d.ends(End.FINISHED, false));
    assertThat(done(rests).wakes()).isGreaterThan(rests.wakes());
    assertThat(machine(waiter).state()).isEqualTo("second");
    Outcome stays = outcome(waiter, d -> d.dueAt(null));
    assertThat(stays.isPlain()).isTrue();
    done(running(root, "another", false), d -> d.ends(End.FINISHED, false));
    assertThat(done(stays).dueAt()).isNotNull();
    assertThat(machine(waiter).dueAt()).isNotNull();
  }

  @Test
  default void whatATaskComesToWaitForMayHappenWhileItIsTicked() {
    ResourceRow root = root();
    TaskStart start = start(root, "due");
    done(root.key(), d -> d.start(start));
    SubjectKey due = new SubjectKey(root.uuid(), start.uuid());
    SubjectKey polled = running(root, "polled", false);
    done(polled, d -> d.polls(60));
    SubjectKey ends = running(root, "ends", false);
    Outcome first = outcome(due, WakeContract::waits);
    Outcome second = outcome(polled, WakeContract::waits);
    done(ends, d -> d.ends(End.FINISHED, false));
    assertThat(machine(polled).dueAt()).as("it waits for nothing yet").isNull();

    for (Outcome outcome : List.of(first, second)) {
      assertThat(outcome.isPlain()).isTrue();
      assertThat(done(outcome).dueAt()).as("its code has not seen it").isNotNull();
      assertThat(machine(outcome.subject()).waits()).isTrue();
      assertThat(machine(outcome.subject()).dueAt()).isNotNull();
    }
  }

  private static void waits(OutcomeDraft draft) {
    draft.enter("waiting", null, true);
    draft.dueAt(null);
  }

  @Test
  default void whatDoesNotComeToWaitIsDueAsItsTickSaid() {
    ResourceRow root = root();
    SubjectKey polled = running(root, "polled", false);
    done(polled, d -> d.enter("second", Duration.ofHours(2), false));
    done(polled, d -> d.polls(60));
    SubjectKey due = running(root, "due", false);
    done(due, d -> d.enter("second", null, false));
    SubjectKey ends = running(root, "ends", false);
    Outcome goes = outcome(polled, d -> d.enter("third", null, false));
    Outcome pauses = outcome(due, d -> d.dueAt(now().plusSeconds(3600)));
    done(ends, d -> d.ends(End.FINISHED, false));

    assertThat(done(goes).wakes()).isNotEqualTo(goes.wakes());
    assertThat(machine(polled).dueAt()).as("not at the deadline").isBeforeOrEqualTo(now());
    assertThat(done(pauses).wakes()).isNotEqualTo(pauses.wakes());
    assertThat(machine(due).dueAt()).as("not at once").isAfter(now().plusSeconds(1800));
  }

  @Test
  default void aPollThatGoesOnIsNotHeldUpByWhatOthersDid() {
    ResourceRow root = root();
    SubjectKey polled = running(root, "polled", false);
    done(polled, d -> d.polls(60));
    Outcome stays = outcome(polled, d -> d.polls(30));
    done(running(root, "ends", false), d -> d.ends(End.FINISHED, false));
    assertThat(done(stays).dueAt()).isNull();
    assertThat(machine(polled).everyS()).isEqualTo(30);
  }

  @Test
  default void aTaskThatEndsWakesItsResourceAndThoseThatWait() {
    ResourceRow root = root();
    settle(root);
    SubjectKey waiter = running(root, "waiter", true);
    SubjectKey busy = running(root, "busy", false);
    SubjectKey ends = running(root, "ends", false);
    rest(root.key());
    rest(waiter);
    MachineRow before = machine(busy);
    Committed.Done done = done(ends, d -> d.ends(End.FINISHED, false));
    assertThat(woken(done)).containsExactlyInAnyOrder(root.key(), waiter);
    assertThat(done.woken()).allMatch(w -> w.list().equals(root.machine().list()));
    assertThat(machine(root.key()).dueAt()).isNotNull();
    assertThat(machine(waiter).dueAt()).isNotNull();
    assertThat(machine(busy)).isEqualTo(before);
  }

  @Test
  default void aWakeCountsNoVersion() {
    ResourceRow root = root();
    settle(root);
    SubjectKey ends = running(root, "ends", false);
    rest(root.key());
    MachineRow before = machine(root.key());
    done(ends, d -> d.ends(End.FINISHED, false));
    MachineRow after = machine(root.key());
    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.wakes()).isGreaterThan(before.wakes());
  }

  @Test
  default void twoOfAGroupThatWakeOneResourceBothLand() {
    ResourceRow root = root();
    settle(root);
    SubjectKey a = running(root, "a", false);
    SubjectKey b = running(root, "b", false);
    rest(root.key());
    Outcome stay = outcome(root.key(), d -> d.attrs("{\"n\":1}", List.of("n")));
    Outcome ofA = outcome(a, d -> d.ends(End.FINISHED, false));
    Outcome ofB = outcome(b, d -> d.ends(End.FINISHED, false));
    assertThat(commit(ofA, stay, ofB)).allMatch(c -> c instanceof Committed.Done);
    MachineRow row = machine(root.key());
    assertThat(row.dueAt()).isNotNull();
    assertThat(row.wakes()).isGreaterThan(stay.wakes());
    assertThat(row.attrs()).contains("1");
    assertThat(task(a).machine().active()).isFalse();
    assertThat(task(b).machine().active()).isFalse();
  }

  @Test
  default void aTaskThatWritesItsResourcesFieldsWakesIt() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    SubjectKey waiter = running(root, "waiter", true);
    rest(root.key());
    rest(waiter);
    long version = machine(root.key()).version();
    Outcome writes =
        outcome(
            task,
            d ->
                d.owner(
                    new OwnerWrite(version, new OwnerWrite.Fields("{\"vm\":\"vm-1\"}", 1), null),
                    List.of("vm")));
    Committed.Done done = done(writes);
    assertThat(woken(done)).containsExactlyInAnyOrder(root.key(), waiter);
    MachineRow row = machine(root.key());
    assertThat(row.attrs()).contains("vm-1");
    assertThat(row.version()).isEqualTo(version + 1);
    Outcome late =
        outcome(
            task,
            d ->
                d.owner(
                    new OwnerWrite(version, new OwnerWrite.Fields("{}", 1), null), List.of("vm")));
    assertThat(commit(late)).containsExactly(new Committed.Fenced());
    assertThat(machine(root.key()).attrs()).contains("vm-1");
  }

  @Test
  default void aChildThatMovesWakesItsParentOnly() {
    ResourceRow parent = root();
    var made = child(parent.machine().list(), "child");
    done(parent.key(), d -> d.create(made));
    settle(parent);
    SubjectKey child = SubjectKey.ofResource(made.uuid());
    Committed.Done done = done(child, d -> d.enter("first", null, false));
    assertThat(woken(done)).containsExactly(parent.key());
    assertThat(machine(parent.key()).dueAt()).isNotNull();
  }

  @Test
  default void itsOwnMoveWakesNobodyElse() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", true);
    MachineRow before = machine(root.key());
    assertThat(done(task, d -> d.enter("second", null, true)).woken()).isEmpty();
    assertThat(machine(root.key())).isEqualTo(before);
  }
}

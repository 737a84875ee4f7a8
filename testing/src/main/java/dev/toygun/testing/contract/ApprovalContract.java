package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AlarmType;
import dev.toygun.End;
import dev.toygun.store.Admission;
import dev.toygun.store.Alarm;
import dev.toygun.store.ListName;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import org.junit.jupiter.api.Test;

/** Runs that wait for a person's approval, and for their turn after that. */
public interface ApprovalContract extends AdmissionContract {
  /** A run of {@code work} that waits for approval, beside nothing else. */
  default SubjectKey asking(ListName list) {
    ResourceRow resource = root(list);
    settle(resource);
    TaskStart start = start(resource, "work");
    done(resource.key(), d -> d.start(start));
    SubjectKey key = new SubjectKey(resource.uuid(), start.uuid());
    done(key, d -> d.waitsFor(Admission.ASKS));
    return key;
  }

  @Test
  default void aRunThatAsksIsNotLetInBeforeItIsApproved() {
    ListName list = limited(5, null);
    SubjectKey run = asking(list);
    assertThat(task(run).waitsForApproval()).isTrue();
    assertThat(machine(run).dueAt()).isNull();
    assertThat(line(list)).isEmpty();
    assertThat(letIn(list)).isEmpty();
    Alarm asks = alarm(run, AlarmType.APPROVAL);
    assertThat(asks.state()).isEqualTo(Alarm.State.OPEN);
    assertThat(asks.message()).startsWith("work, started by ");

    done(run, OutcomeDraft::approve);
    assertThat(task(run).waitsForItsTurn()).isTrue();
    assertThat(history().openAlarms(run)).isEmpty();
    assertThat(letIn(list)).containsExactly(run);
    assertThat(machine(run).dueAt()).isNotNull();
  }

  @Test
  default void whatIsApprovedHasItsPlaceByTheTimeThatItWasMade() {
    ListName list = limited(1, null);
    SubjectKey asked = asking(list);
    SubjectKey waited = waiting(list);
    done(asked, OutcomeDraft::approve);
    assertThat(letIn(list)).containsExactly(asked);
    assertThat(task(waited).waitsForItsTurn()).isTrue();
  }

  @Test
  default void aRunThatAskedAndIsStoppedHasNoAlarmAnyMore() {
    ListName list = limited(1, null);
    SubjectKey run = asking(list);
    done(run, d -> d.ends(End.STOPPED, false));
    assertThat(history().openAlarms(run)).isEmpty();
    SubjectKey other = asking(list);
    done(SubjectKey.ofResource(other.resource()), d -> d.stop("work"));
    assertThat(history().openAlarms(other)).isEmpty();
  }
}

package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.AvailabilityRule;
import dev.toygun.Severity;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Family;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Outlook;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Wake;
import dev.toygun.store.Work.Sees;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a resource's alarms are judged to be, committed with what they were judged on. */
public interface JudgementContract extends AlarmContract {
  /** The stamp of who judges alarms. */
  default Stamp judge() {
    return new Stamp(Cause.ALARM, "system", "worker-1", "build-1", uuid(), null, Stamp.Delays.NONE);
  }

  /** A move, and that an alarm is true once it is committed. */
  default Outcome moveThen(ResourceRow root, Outcome move, String alarm) {
    Family after = Outlook.of(family(root.uuid()), move, now());
    AlarmWrite.Rules rules = rules(Severity.ERROR, Duration.ZERO, null);
    OutcomeDraft draft = OutcomeDraft.of(after, root.key(), judge(), now());
    draft.alarm(AlarmWrite.raise(root.key(), alarm, uuid(), "it is down", rules));
    return move.then(draft.build().orElseThrow());
  }

  private Outcome moved(SubjectKey task) {
    return outcome(task, d -> d.enter("second", null, false));
  }

  private boolean isTold(ResourceRow root) {
    return !family(root.uuid(), ALARMS).alarms().isEmpty();
  }

  @Test
  default void anAlarmIsCommittedWithWhatMadeItTrue() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    rest(root.key());
    Committed.Done done = done(moveThen(root, moved(task), "down"));
    assertThat(done.then()).isInstanceOf(Committed.Done.class);
    assertThat(machine(task).state()).isEqualTo("second");
    assertThat(isTold(root)).isTrue();
    assertThat(machine(root.key()).dueAt()).as("nobody need look again").isNull();
  }

  @Test
  default void noAlarmIsCommittedWithoutWhatMadeItTrue() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    Outcome late = moveThen(root, moved(task), "down");
    done(task, d -> d.enter("elsewhere", null, false));
    assertThat(commit(late)).containsExactly(new Committed.Fenced());
    assertThat(isTold(root)).isFalse();
  }

  @Test
  default void whereTheResourceWasWrittenSinceItLooksAgain() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    SubjectKey other = running(root, "other", false);
    rest(root.key());
    Outcome move = moveThen(root, moved(task), "down");
    done(
        other,
        d ->
            d.owner(
                new OwnerWrite(
                    null,
                    null,
                    new OwnerWrite.Observation(
                        "other", false, now(), null, AvailabilityRule.DEFAULT)),
                java.util.List.of()));
    rest(root.key());
    Committed.Done done = done(move);
    assertThat(done.then()).isEqualTo(new Committed.Fenced());
    assertThat(machine(task).state()).isEqualTo("second");
    assertThat(isTold(root)).isFalse();
    assertThat(machine(root.key()).dueAt()).as("it is judged anew").isNotNull();
    assertThat(woken(done)).contains(root.key());
  }

  @Test
  default void aResourceThatIsToLookAgainIsJudgedAfterThat() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    rest(root.key());
    Outcome move = moveThen(root, moved(task), "down");
    done(outcome(root.key(), operator(), d -> d.wake(Wake.RESOURCE)));
    Committed.Done done = done(move);
    assertThat(done.then()).isEqualTo(new Committed.Fenced());
    assertThat(isTold(root)).isFalse();
    assertThat(machine(root.key()).dueAt()).isNotNull();
  }

  @Test
  default void aResourcesOwnMoveIsFollowedByItsAlarm() {
    ResourceRow root = root();
    settle(root);
    Committed.Done done =
        done(moveThen(root, outcome(root.key(), d -> d.enter("second", null, false)), "down"));
    assertThat(done.then()).isInstanceOf(Committed.Done.class);
    assertThat(isTold(root)).isTrue();
  }

  @Test
  default void anOutlookIsWhatIsSeenAfterwards() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    SubjectKey waiter = running(root, "waiter", true);
    ErrorRow error = error(task, "Odd");
    looksLike(root, outcome(task, d -> d.panic(error, dev.toygun.BuiltIn.PANIC)));
    looksLike(root, outcome(root.key(), d -> d.start(start(root, "one"))));
    looksLike(root, outcome(root.key(), d -> d.start(ensure(root, "one"))));
    looksLike(root, outcome(root.key(), d -> d.attrs("{\"n\":1}", java.util.List.of("n"))));
    looksLike(root, outcome(root.key(), d -> d.create(child(root.machine().list(), "kid"))));
    looksLike(root, outcome(waiter, d -> d.ends(dev.toygun.End.STOPPED, false)));
    looksLike(root, outcome(root.key(), d -> d.start(ensure(root, "waiter"))));
    looksLike(root, outcome(root.key(), d -> d.start(start(root, "waiter"))));
  }

  private void looksLike(ResourceRow root, Outcome outcome) {
    Sees all = new Sees(true, false, true, true, true);
    Family foreseen = Outlook.of(family(root.uuid(), all), outcome, now());
    done(outcome);
    Family seen = family(root.uuid(), all);
    assertThat(foreseen.resource().machine().version())
        .isEqualTo(seen.resource().machine().version());
    assertThat(foreseen.resource().machine().wakes()).isEqualTo(seen.resource().machine().wakes());
    assertThat(status(foreseen)).containsExactlyInAnyOrderElementsOf(status(seen));
    assertThat(foreseen.children())
        .extracting(ResourceRow::label)
        .isEqualTo(seen.children().stream().map(ResourceRow::label).toList());
    assertThat(foreseen.errors())
        .extracting(ErrorRow::kind)
        .containsAll(seen.errors().stream().map(ErrorRow::kind).toList());
  }

  private static java.util.List<String> status(Family family) {
    return family.tasks().stream()
        .map(
            task ->
                "%s %d %s %s"
                    .formatted(
                        task.name(), task.run(), task.status(), task.machine().dueAt() != null))
        .toList();
  }
}

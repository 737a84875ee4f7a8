package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Forecast;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Outcomes that follow others, decided before those were committed; and forecasts of both. */
public interface FollowContract extends StoreFixture {
  @Test
  default void whatFollowsIsCommittedWithWhatItFollows() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    rest(root.key());
    Committed.Done done = done(endThen(root, task, d -> d.enter("second", null, false)));
    assertThat(done.then()).isInstanceOf(Committed.Done.class);
    assertThat(machine(task).active()).isFalse();
    assertThat(machine(root.key()).state()).isEqualTo("second");
    assertThat(history().moves(root.key())).last().matches(move -> move.to().equals("second"));
  }

  @Test
  default void aDecisionThatSettlesLeavesNothingDue() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    rest(root.key());
    MachineRow before = machine(root.key());
    Committed.Done done = done(endThen(root, task, d -> d.dueAt(null)));
    MachineRow after = machine(root.key());
    assertThat(after.dueAt()).isNull();
    assertThat(after.wakes()).isEqualTo(before.wakes() + 1);
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(woken(done)).isEmpty();
  }

  @Test
  default void nothingFollowsWhatIsFenced() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    Outcome late = endThen(root, task, d -> d.enter("second", null, false));
    done(task, d -> d.enter("elsewhere", null, false));
    MachineRow before = machine(root.key());
    assertThat(commit(late)).containsExactly(new Committed.Fenced());
    assertThat(machine(root.key())).isEqualTo(before);
    assertThat(machine(task).active()).isTrue();
  }

  @Test
  default void whatIsFencedLeavesStandingWhatItFollows() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    Outcome late = endThen(root, task, d -> d.enter("second", null, false));
    done(root.key(), d -> d.enter("elsewhere", null, false));
    Committed.Done done = done(late);
    assertThat(done.then()).isEqualTo(new Committed.Fenced());
    assertThat(machine(task).active()).isFalse();
    assertThat(machine(root.key()).state()).isEqualTo("elsewhere");
    assertThat(machine(root.key()).dueAt()).isNotNull();
  }

  @Test
  default void whatIsRefusedLeavesStandingWhatItFollows() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    running(root, "other", false);
    Committed.Done done = done(endThen(root, task, OutcomeDraft::over));
    assertThat(done.then())
        .isInstanceOfSatisfying(
            Committed.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(Refusal.Code.OCCUPIED));
    assertThat(machine(task).active()).isFalse();
    assertThat(machine(root.key()).active()).isTrue();
    assertThat(machine(root.key()).dueAt()).isNotNull();
  }

  @Test
  default void aWakeThatCameBetweenLeavesTheResourceDue() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    rest(root.key());
    Family before = family(root.uuid());
    Outcome outcome = endThen(root, task, d -> d.dueAt(null));
    done(root.key(), operator(), d -> d.wake(dev.toygun.store.Wake.RESOURCE));
    Committed.Done done = done(outcome);
    assertThat(machine(root.key()).dueAt()).isNotNull();
    assertThat(woken(done)).contains(root.key());
    assertThat(Forecast.of(before, outcome, done, now())).isEmpty();
  }

  @Test
  default void aForecastIsWhatIsReadAfterwards() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    rest(root.key());
    foretold(root, outcome(task, d -> d.enter("second", java.time.Duration.ofHours(1), false)));
    foretold(root, outcome(task, d -> d.polls(7)));
    foretold(root, outcome(root.key(), d -> d.enter("second", null, false)));
    foretold(root, outcome(root.key(), d -> d.dueAt(null)));
    foretold(root, endThen(root, task, d -> d.attrs("{\"n\":1}", java.util.List.of("n"))));
  }

  private void foretold(ResourceRow root, Outcome outcome) {
    Family before = family(root.uuid());
    Committed.Done done = done(outcome);
    assertThat(Forecast.of(before, outcome, done, now()).orElseThrow())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*(updatedAt|endedAt|attrs)")
        .isEqualTo(family(root.uuid()));
  }

  /** The end of a task, and what its resource decides of it. */
  private Outcome endThen(ResourceRow root, SubjectKey task, Consumer<OutcomeDraft> decision) {
    Outcome end = outcome(task, d -> d.ends(End.FINISHED, false));
    Family after = Forecast.of(family(root.uuid()), end, now()).orElseThrow();
    OutcomeDraft draft = OutcomeDraft.of(after, root.key(), tick(), now());
    decision.accept(draft);
    return end.then(draft.build().orElseThrow());
  }

  private Committed.Done done(
      SubjectKey key, dev.toygun.store.Stamp stamp, Consumer<OutcomeDraft> draw) {
    return done(outcome(key, stamp, draw));
  }
}

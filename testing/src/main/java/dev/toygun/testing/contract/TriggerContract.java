package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TriggerRow;
import dev.toygun.store.Wake;
import dev.toygun.store.Work.Sees;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What tasks' triggers were seen to be, committed with what they start and stop. */
public interface TriggerContract extends StoreFixture {
  Sees TRIGGERS = new Sees(false, false, false, false, true);

  /** What a worker judges of a resource's triggers, as it is now. */
  default Outcome judged(ResourceRow root, Consumer<OutcomeDraft> draw) {
    Stamp stamp =
        new Stamp(Cause.TRIGGER, "system", "worker-1", "build-1", uuid(), null, Stamp.Delays.NONE);
    return outcome(root.key(), stamp, draw);
  }

  private static TriggerRow seen(ResourceRow root, boolean starts, long stopped) {
    return new TriggerRow(root.uuid(), "task", starts, false, stopped, null);
  }

  @Test
  default void triggersAreSeenAsTheyWereLast() {
    ResourceRow root = root();
    settle(root);
    assertThat(family(root.uuid(), TRIGGERS).triggers()).isEmpty();
    done(judged(root, d -> d.trigger(seen(root, true, 0))));
    done(judged(root, d -> d.trigger(new TriggerRow(root.uuid(), "other", false, true, 3, "x"))));
    done(judged(root, d -> d.trigger(seen(root, false, 7))));
    Family family = family(root.uuid(), TRIGGERS);
    assertThat(family.triggers()).hasSize(2);
    assertThat(family.trigger("task")).isEqualTo(seen(root, false, 7));
    assertThat(family.trigger("other"))
        .isEqualTo(new TriggerRow(root.uuid(), "other", false, true, 3, "x"));
    assertThat(family.trigger("third")).isEqualTo(TriggerRow.unseen(root.uuid(), "third"));
    assertThat(family(root.uuid()).triggers()).as("not asked for").isEmpty();
  }

  @Test
  default void aTaskIsStartedWithWhatItWasStartedFor() {
    ResourceRow root = root();
    settle(root);
    Outcome starts =
        judged(
            root,
            d -> {
              d.trigger(seen(root, true, 0));
              d.start(start(root, "task"));
            });
    done(starts);
    TaskRow run = family(root.uuid()).task("task").orElseThrow();
    assertThat(run.cause()).isEqualTo(Cause.TRIGGER);
    done(run.key(), d -> d.ends(End.FINISHED, false));
    assertThat(commit(starts)).as("decided once").containsExactly(new Committed.Fenced());
    assertThat(family(root.uuid()).task("task").orElseThrow().run()).isEqualTo(1);
  }

  @Test
  default void aResourceThatIsToLookAgainHasItsTriggersJudgedAfterThat() {
    ResourceRow root = root();
    settle(root);
    Outcome late = judged(root, d -> d.trigger(seen(root, true, 0)));
    done(outcome(root.key(), operator(), d -> d.wake(Wake.RESOURCE)));
    assertThat(commit(late)).containsExactly(new Committed.Fenced());
    assertThat(family(root.uuid(), TRIGGERS).triggers()).isEmpty();
  }

  @Test
  default void aStopThatSomebodyElseMadeBeforeIsJudgedAgain() {
    ResourceRow root = root();
    settle(root);
    SubjectKey stopped = running(root, "stopped", false);
    SubjectKey over = ended(root, "over", End.FINISHED);
    SubjectKey runs = running(root, "runs", false);
    rest(root.key());
    Outcome late = judged(root, d -> stops(root, "stopped", d));
    done(outcome(stopped, operator(), d -> d.ends(End.STOPPED, true)));
    assertThat(commit(late)).containsExactly(new Committed.Fenced());
    assertThat(commit(judged(root, d -> stops(root, "over", d))))
        .containsExactly(new Committed.Fenced());
    assertThat(family(root.uuid(), TRIGGERS).triggers()).isEmpty();
    assertThat(task(over).outcome()).isEqualTo(End.FINISHED);
    done(judged(root, d -> stops(root, "runs", d)));
    assertThat(task(runs).outcome()).isEqualTo(End.STOPPED);
  }

  private static void stops(ResourceRow root, String task, OutcomeDraft draft) {
    draft.trigger(new TriggerRow(root.uuid(), task, false, true, 1, null));
    draft.stop(task);
  }

  @Test
  default void triggersAreCommittedWithWhatMadeThemTrue() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "first", false);
    rest(root.key());
    Outcome move = outcome(task, d -> d.enter("second", null, false));
    Outcome judged =
        judged(
            root,
            d -> {
              d.trigger(seen(root, true, 0));
              d.start(start(root, "task"));
            });
    Committed.Done done = done(move.then(judged));
    assertThat(done.then()).isInstanceOf(Committed.Done.class);
    Family family = family(root.uuid(), TRIGGERS);
    assertThat(family.trigger("task").starts()).isTrue();
    assertThat(family.task("task")).isPresent();
    assertThat(family.machine(task).orElseThrow().state()).isEqualTo("second");
  }
}

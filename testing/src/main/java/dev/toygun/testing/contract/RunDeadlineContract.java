package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Committed;
import dev.toygun.store.Entry;
import dev.toygun.store.Family;
import dev.toygun.store.Forecast;
import dev.toygun.store.Hold;
import dev.toygun.store.Hop;
import dev.toygun.store.ListName;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import dev.toygun.store.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The deadline of a run as a whole, which it keeps from state to state. */
public interface RunDeadlineContract extends BreakerContract, PanicContract {
  /** Of a run that may take ten minutes, and its state an hour. */
  private static Consumer<OutcomeDraft> bounded(Consumer<OutcomeDraft> draw) {
    return draft -> {
      draft.runsWithin(Duration.ofMinutes(10));
      draw.accept(draft);
    };
  }

  private SubjectKey bounded(ResourceRow resource) {
    SubjectKey run = running(resource, "task", false);
    done(run, bounded(d -> d.enter("second", Duration.ofHours(1), false)));
    return run;
  }

  private Instant deadline(SubjectKey run) {
    return Objects.requireNonNull(machine(run).runDeadlineAt());
  }

  @Test
  default void aRunKeepsItsDeadlineFromStateToStateAndIsDueByTheSoonerOfBoth() {
    ResourceRow root = root();
    settle(root);
    SubjectKey run = bounded(root);
    Instant deadline = deadline(run);
    assertThat(deadline).isBetween(now().plusSeconds(590), now().plusSeconds(600));
    assertThat(machine(run).deadlineAt()).isEqualTo(deadline);
    done(run, bounded(d -> d.dueAt(null)));
    assertThat(machine(run).dueAt()).as("nothing else makes it due").isEqualTo(deadline);
    done(run, bounded(d -> d.enter("third", Duration.ofSeconds(60), false)));
    assertThat(deadline(run)).isEqualTo(deadline);
    assertThat(machine(run).deadlineAt()).as("of the state").isBefore(deadline);
    done(
        run,
        bounded(
            d -> {
              d.enter("fourth", null, false);
              d.wake(Wake.RESOURCE);
            }));
    assertThat(deadline(run)).as("also in a group").isEqualTo(deadline);
    assertThat(machine(run).deadlineAt()).isEqualTo(deadline);
  }

  @Test
  default void aStayGivesARunThatHasNoneItsDeadlineAndTakesItFromOneThatIsBoundedNoLonger() {
    SubjectKey run = running(root(), "task", false);
    done(run, bounded(d -> d.deadline(Duration.ofSeconds(60))));
    Instant deadline = deadline(run);
    Instant ofState = Objects.requireNonNull(machine(run).deadlineAt());
    assertThat(ofState).isBefore(deadline);
    OutcomeDraft again = OutcomeDraft.of(family(run.resource()), run, tick(), now());
    bounded(d -> d.deadline(Duration.ofSeconds(60))).accept(again);
    assertThat(again.build()).as("and then leaves them be").isEmpty();
    done(run, d -> d.deadline(Duration.ofSeconds(60)));
    assertThat(machine(run).runDeadlineAt()).isNull();
    assertThat(machine(run).deadlineAt()).isEqualTo(ofState);
  }

  @Test
  default void aPersonWhoSendsItSomewhereTakesItsDeadline() {
    ResourceRow root = root();
    SubjectKey run = bounded(root);
    Entry entry = new Entry("second", machine(run).step(), false);
    done(outcome(run, operator(), d -> d.rewind(entry, null)));
    assertThat(machine(run).runDeadlineAt()).as("rewound").isNull();
    done(run, bounded(d -> d.deadline(null)));
    done(run, bounded(d -> d.panic(error(run, "Odd"), BuiltIn.PANIC)));
    done(outcome(run, operator(), OutcomeDraft::retry));
    assertThat(machine(run).runDeadlineAt()).as("retried").isNull();
    done(run, bounded(d -> d.deadline(null)));
    assertThat(deadline(run)).isAfter(now());
    done(root.key(), d -> d.stop("task"));
    assertThat(machine(run).state()).isEqualTo(BuiltIn.EXIT);
    assertThat(machine(run).runDeadlineAt()).as("stopped").isNull();
    assertThat(machine(run).deadlineAt()).isNull();
  }

  /** One that its handler is asked about. */
  private SubjectKey panicked(ResourceRow resource, Duration within) {
    settle(resource);
    SubjectKey run = running(resource, "task", false);
    done(
        run,
        d -> {
          d.runsWithin(within);
          d.enter("second", null, false);
        });
    done(
        run,
        d -> {
          d.runsWithin(within);
          d.panic(error(run, "Odd"), BuiltIn.PANIC);
        });
    return run;
  }

  @Test
  default void whileItStandsPanickedItIsNotDueByItAndAHandlerThatSendsItOnLeavesItTheRest() {
    ResourceRow root = root(handling());
    SubjectKey run = panicked(root, Duration.ofMinutes(10));
    Instant deadline = deadline(run);
    assertThat(machine(run).deadlineAt()).isNull();
    assertThat(machine(run).dueAt()).isNull();
    done(answer(root, Hop.Decision.RETRY, null));
    assertThat(machine(run).state()).isEqualTo("second");
    assertThat(deadline(run)).as("retried").isEqualTo(deadline);
    assertThat(machine(run).deadlineAt()).isEqualTo(deadline);
    done(run, bounded(d -> d.panic(error(run, "Odd"), BuiltIn.PANIC)));
    done(answer(root, Hop.Decision.REWIND, "second"));
    assertThat(machine(run).state()).isEqualTo("second");
    assertThat(deadline(run)).as("rewound").isEqualTo(deadline);
    assertThat(machine(run).deadlineAt()).isEqualTo(deadline);
    done(run, bounded(d -> d.deadline(Duration.ofSeconds(60))));
    assertThat(machine(run).deadlineAt()).as("its state has one anew").isBefore(deadline);
    done(run, bounded(d -> d.panic(error(run, "Odd"), BuiltIn.PANIC)));
    done(answer(root, Hop.Decision.STOP, null));
    assertThat(machine(run).runDeadlineAt()).as("its exit has a time of its own").isNull();
    assertThat(machine(run).deadlineAt()).isNull();
  }

  @Test
  default void oneThatIsRetriedWaitsNoLongerThanItsRunMayTake() {
    ResourceRow root = root(handling());
    SubjectKey run = panicked(root, Duration.ofSeconds(1));
    Instant deadline = deadline(run);
    done(answer(root, Hop.Decision.RETRY, null));
    assertThat(machine(run).dueAt()).as("and not in two seconds").isEqualTo(deadline);
    ResourceRow other = root(handling());
    SubjectKey late = panicked(other, Duration.ofMillis(1));
    pass(Duration.ofMillis(30));
    done(answer(other, Hop.Decision.RETRY, null));
    assertThat(machine(late).dueAt()).as("at once").isEqualTo(machine(late).updatedAt());
    assertThat(deadline(late)).isBefore(machine(late).updatedAt());
  }

  @Test
  default void whatPanicsBeforeItHasATimeHasItFromThenOnUnlessItHasNotBegun() {
    ResourceRow root = root(handling());
    SubjectKey run = panicked(root, Duration.ofMinutes(10));
    done(outcome(run, operator(), OutcomeDraft::retry));
    done(run, bounded(d -> d.panic(error(run, "Odd"), BuiltIn.PANIC)));
    assertThat(deadline(run)).isAfter(now());
    TaskStart start = start(root, "other");
    done(root.key(), d -> d.start(start));
    SubjectKey other = new SubjectKey(root.uuid(), start.uuid());
    done(other, bounded(d -> d.panic(error(other, "Odd"), BuiltIn.PANIC)));
    assertThat(machine(other).resume()).isEqualTo(BuiltIn.NEW);
    assertThat(machine(other).runDeadlineAt()).as("it waits for its turn").isNull();
  }

  @Test
  default void aHoldIsNoTimeOfARunThatStandsPanicked() {
    ResourceRow root = root(handling());
    SubjectKey run = panicked(root, Duration.ofMinutes(10));
    Instant before = deadline(run);
    Hold hold = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    pass(Duration.ofMillis(30));
    release(hold);
    assertThat(deadline(run)).isAfter(before.plusMillis(29));
    assertThat(machine(run).deadlineAt()).isNull();
  }

  @Test
  default void aRunThatHasEndedHasNone() {
    ResourceRow root = root();
    settle(root);
    SubjectKey run = bounded(root);
    done(run, d -> d.ends(End.FINISHED, false));
    assertThat(machine(run).runDeadlineAt()).isNull();
    assertThat(machine(run).deadlineAt()).isNull();
  }

  @Test
  default void aForecastKnowsItAsItIsRead() {
    ResourceRow root = root();
    settle(root);
    SubjectKey run = running(root, "task", false);
    Outcome enters = outcome(run, bounded(d -> d.enter("second", Duration.ofHours(1), false)));
    Family before = family(root.uuid());
    Committed.Done done = done(enters);
    assertThat(Forecast.of(before, enters, done, now()).orElseThrow().machine(run))
        .map(MachineRow::runDeadlineAt)
        .contains(deadline(run));
  }

  @Test
  default void bothDeadlinesMoveByTheTimeThatItWasHeld() {
    ResourceRow root = root();
    SubjectKey run = bounded(root);
    rest(run);
    Instant before = deadline(run);
    Hold hold = hold(Hold.Scope.SUBTREE, root.uuid(), null);
    pass(Duration.ofMillis(30));
    release(hold);
    assertThat(deadline(run)).isAfter(before.plusMillis(29));
    assertThat(machine(run).deadlineAt()).isEqualTo(deadline(run));
  }

  @Test
  default void bothMoveByTheTimeForWhichABreakerKeptIt() {
    ListName list = guarded(1, null);
    broken(list, 1);
    SubjectKey probe = due(list);
    done(probe, bounded(d -> d.enter("second", null, false)));
    Instant before = deadline(probe);
    pass(Duration.ofMillis(30));
    probed(list);
    assertThat(found(list)).contains(probe);
    MachineRow after = machine(probe);
    assertThat(deadline(probe)).as("of one that is let go").isAfter(before.plusMillis(20));
    assertThat(after.deadlineAt()).isEqualTo(after.runDeadlineAt());
    get(store().tried(Map.of(list.type(), 2)));
    judged(list);
    while (get(store().settleHolds())) {
      assertThat(get(store().holds())).isNotNull();
    }
    assertThat(deadline(probe)).isAfterOrEqualTo(after.runDeadlineAt());
    assertThat(machine(probe).deadlineAt()).isEqualTo(deadline(probe));
  }
}

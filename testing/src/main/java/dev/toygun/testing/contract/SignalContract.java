package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.End;
import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import dev.toygun.store.Refusal;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Durable messages to a subject. */
public interface SignalContract extends StoreFixture {
  @Test
  default void aSignalWakesItsSubjectAndIsReadInItsOrder() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    SignalRow first = signal(task, "go");
    SignalRow second = signal(task, "stop");
    Committed.Done done =
        done(
            outcome(
                root.key(),
                operator(),
                d -> {
                  d.signal(first);
                  d.signal(second);
                }));
    assertThat(woken(done)).containsExactly(task);
    assertThat(machine(task).dueAt()).isNotNull();
    List<SignalRow> found = family(root.uuid()).signals();
    assertThat(found).extracting(SignalRow::uuid).containsExactly(first.uuid(), second.uuid());
    assertThat(found.get(0).subject()).isEqualTo(task);
    assertThat(found.get(0).attrs().replace(" ", "")).isEqualTo(first.attrs());
    assertThat(found.get(0).from()).isEqualTo("key:ops");
  }

  @Test
  default void aSignalToItsOwnSubjectMakesItDue() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    Committed.Done done = done(outcome(task, operator(), d -> d.signal(signal(task, "go"))));
    assertThat(done.dueAt()).isNotNull();
    assertThat(machine(task).dueAt()).isNotNull();
  }

  @Test
  default void aConsumedSignalIsGoneAndTheOthersStay() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    SignalRow first = signal(task, "go");
    SignalRow second = signal(task, "go");
    done(
        outcome(
            task,
            operator(),
            d -> {
              d.signal(first);
              d.signal(second);
            }));
    done(task, d -> d.consume(first.uuid()));
    assertThat(family(root.uuid()).signals())
        .extracting(SignalRow::uuid)
        .containsExactly(second.uuid());
  }

  /** Code sees no others, and however many wait, a load is small. */
  @Test
  default void ofEachSubjectAndTypeTheOldestIsRead() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    SignalRow first = signal(task, "go");
    SignalRow other = signal(task, "stop");
    SignalRow ofRoot = signal(root.key(), "go");
    List<SignalRow> all =
        List.of(first, signal(task, "go"), other, ofRoot, signal(task, "go"), signal(task, "stop"));
    done(outcome(root.key(), operator(), d -> all.forEach(d::signal)));
    assertThat(family(root.uuid()).signals())
        .extracting(SignalRow::uuid)
        .containsExactly(first.uuid(), other.uuid(), ofRoot.uuid());
  }

  @Test
  default void aFencedOutcomeConsumesNothing() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    SignalRow signal = signal(task, "go");
    done(outcome(task, operator(), d -> d.signal(signal)));
    var consumes =
        outcome(
            task,
            d -> {
              d.consume(signal.uuid());
              d.enter("second", null, false);
            });
    done(task, d -> d.enter("elsewhere", null, false));
    assertThat(commit(consumes)).containsExactly(new Committed.Fenced());
    assertThat(family(root.uuid()).signals()).hasSize(1);
  }

  @Test
  default void whatIsLeftOverAtTheEndIsNotReadAnyMore() {
    ResourceRow root = root();
    SubjectKey task = running(root, "task", false);
    done(outcome(task, operator(), d -> d.signal(signal(task, "go"))));
    done(task, d -> d.ends(End.FINISHED, false));
    assertThat(family(root.uuid()).signals()).isEmpty();
    assertRefused(
        outcome(root.key(), operator(), d -> d.signal(signal(task, "go"))), Refusal.Code.ENDED);
  }

  /** Its code has seen whom it sent one: what it did else is done, and not decided again. */
  @Test
  default void aSignalOfATickToWhatHasEndedMeanwhileIsLostAndTheRestIsDone() {
    ResourceRow root = root();
    ResourceRow other = root();
    settle(root);
    SubjectKey gone = running(other, "gone", false);
    SubjectKey task = running(root, "task", false);
    SignalRow lost = signal(gone, "go");
    SignalRow heard = signal(other.key(), "go");
    done(gone, d -> d.ends(End.FINISHED, false));
    settle(other);
    Committed.Done done =
        done(
            task,
            d -> {
              d.signal(lost);
              d.signal(heard);
            });
    assertThat(woken(done)).containsExactly(other.key());
    assertThat(family(other.uuid()).signals())
        .extracting(SignalRow::uuid)
        .containsExactly(heard.uuid());
  }

  /** As that of a worker that was frozen, and another one's that took over from it. */
  @Test
  default void ofTwoTicksOfOneVersionThatStayOnlyOneSendsItsSignal() {
    ResourceRow root = root();
    settle(root);
    SubjectKey task = running(root, "task", false);
    done(task, d -> d.polls(5));
    SignalRow one = signal(root.key(), "go");
    Outcome first =
        outcome(
            task,
            d -> {
              d.polls(5);
              d.signal(one);
            });
    Outcome second =
        outcome(
            task,
            d -> {
              d.polls(5);
              d.signal(signal(root.key(), "go"));
            });
    done(first);
    assertThat(commit(second).get(0)).isInstanceOf(Committed.Fenced.class);
    assertThat(family(root.uuid()).signals())
        .extracting(SignalRow::uuid)
        .containsExactly(one.uuid());
  }
}

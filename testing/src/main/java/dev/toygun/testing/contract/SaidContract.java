package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said by something that stays. */
public interface SaidContract extends StoreFixture {
  @Test
  default void whatAStaySaysIsKeptThoughNothingElseIsWritten() {
    SubjectKey task = running(root(), "task", false);
    long version = machine(task).version();
    done(task, d -> d.because("no room yet"));
    assertThat(history().said(task)).containsExactly("no room yet");
    assertThat(machine(task).version()).as("its row is as it was").isEqualTo(version);
    assertThat(history().moves(task)).hasSize((int) machine(task).step());
  }

  @Test
  default void soIsWhatAResourceSaysThatPauses() {
    ResourceRow root = root();
    done(
        root.key(),
        d -> {
          d.because("the mirror is down");
          d.because("asked eve");
          d.dueAt(now().plus(Duration.ofHours(1)));
        });
    assertThat(history().said(root.key())).containsExactly("the mirror is down; asked eve");
  }

  @Test
  default void whatIsSaidAgainIsKeptOnce() {
    SubjectKey task = running(root(), "task", false);
    for (String said : new String[] {"up", "up", "down", "down", "up"}) {
      done(task, d -> d.because(said));
    }
    assertThat(history().said(task)).containsExactly("up", "down", "up");
    done(
        task,
        d -> {
          d.because("up");
          d.dueAt(now().plus(Duration.ofHours(1)));
        });
    assertThat(history().said(task)).hasSize(3);
  }

  @Test
  default void afterAMoveItIsNewsAgain() {
    SubjectKey task = running(root(), "task", false);
    done(task, d -> d.because("waiting"));
    done(task, d -> d.enter("next", null, false));
    done(task, d -> d.because("waiting"));
    assertThat(history().said(task)).containsExactly("waiting", "waiting");
  }

  @Test
  default void whyAPersonAskedIsKeptEachTime() {
    SubjectKey task = running(root(), "task", false);
    for (int i = 0; i < 2; i++) {
      done(outcome(task, operator(), d -> d.because("looking")));
    }
    assertThat(history().said(task)).containsExactly("looking", "looking");
  }

  @Test
  default void theReasonOfAMoveStandsByTheMove() {
    SubjectKey task = running(root(), "task", false);
    done(
        task,
        d -> {
          d.because("it is full");
          d.enter("next", null, false);
        });
    assertThat(history().said(task)).isEmpty();
    assertThat(history().moves(task).get(history().moves(task).size() - 1).message())
        .isEqualTo("it is full");
  }

  @Test
  default void whatIsFencedSaysNothing() {
    SubjectKey task = running(root(), "task", false);
    Outcome late = outcome(task, d -> d.because("late"));
    done(task, d -> d.enter("next", null, false));
    assertThat(commit(late).get(0)).isInstanceOf(Committed.Fenced.class);
    assertThat(history().said(task)).isEmpty();
  }
}

package dev.toygun.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.store.Old;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Retention.Removed;
import dev.toygun.store.Retention.Seen;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has much of a history is removed piece by piece, and nothing of it stays. */
public interface PieceworkContract extends RetentionContract {
  @Test
  default void aLongHistoryGoesPieceByPieceAndItselfWithTheLast() {
    ResourceRow root = root();
    SubjectKey run = running(root, "task", false);
    for (int i = 0; i < 10; i++) {
      String state = "state" + i;
      done(run, d -> d.enter(state, null, false));
    }
    done(run, d -> d.ends(End.FINISHED, false));
    ended(root, "task", End.FINISHED);
    int moves = history().moves(run).size();
    Old old = runs(root, 1, Duration.ZERO);
    List<Seen> over = over(old);
    int pieces = 0;
    Removed removed;
    do {
      removed = get(store().remove(old, over, 5));
      pieces++;
      assertThat(removed.rows().get("transitions")).isLessThanOrEqualTo(5);
      assertThat(removed.rows().getOrDefault("tasks", 0)).isEqualTo(removed.more() ? 0 : 1);
    } while (removed.more());
    assertThat(pieces).isEqualTo(moves / 5 + 1);
    assertThat(history().moves(run)).isEmpty();
  }

  @Test
  default void theAlarmsOfALongRunGoWithAllTheirMoves() {
    ResourceRow root = root();
    settle(root);
    SubjectKey run = running(root, "task", false);
    done(run, d -> d.panic(error(run, "Broken"), BuiltIn.PANIC));
    SubjectKey alarm = alarm(root.key(), "panic").key();
    done(run, d -> d.retry());
    for (int i = 0; i < 10; i++) {
      String state = "state" + i;
      done(run, d -> d.enter(state, null, false));
    }
    done(run, d -> d.ends(End.FINISHED, false));
    ended(root, "task", End.FINISHED);
    assertThat(history().alarmPath(alarm)).containsExactly("open", "closed");
    Old old = runs(root, 1, Duration.ZERO);
    List<Seen> over = over(old);
    while (get(store().remove(old, over, 5)).more()) {
      // Another piece.
    }
    assertThat(history().runs(root.uuid(), "task")).hasSize(1);
    assertThat(history().alarmPath(alarm)).isEmpty();
  }
}

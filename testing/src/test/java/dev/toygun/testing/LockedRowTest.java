package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A row that somebody else has locked for a moment is no reason to run anybody's code again. */
class LockedRowTest extends WorkerRig {
  private static final TaskName WALK = TaskName.of("walk");

  enum State {
    KEPT
  }

  enum Foot {
    LEFT,
    RIGHT
  }

  private int left;
  private int right;
  private int decided;
  private int locked;

  private ResourceType<State> type() {
    return ResourceType.of(
            "thing",
            state(State.KEPT)
                .decide(
                    t -> {
                      return ++decided == 1 ? t.stay().start(WALK) : t.stay();
                    })
                .rests())
        .tasks(
            TaskType.of(
                WALK,
                state(Foot.LEFT)
                    .decide(
                        t -> {
                          left++;
                          return t.go(Foot.RIGHT);
                        })
                    .to(Foot.RIGHT),
                state(Foot.RIGHT)
                    .decide(
                        t -> {
                          right++;
                          return t.finish();
                        })
                    .finishes()));
  }

  /** A store whose every second commit meets a lock. */
  private final class Locked extends Rows {
    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      return ++locked % 2 == 1
          ? Future.succeededFuture(
              group.stream().<Committed>map(outcome -> new Committed.Busy()).toList())
          : store.commit(group);
    }
  }

  @Test
  void whatWasDecidedIsCommittedOnceTheLockIsGone() {
    work(type(), new Locked(), leases);
    time.advance(ofSeconds(5));
    assertThat(locked).isGreaterThanOrEqualTo(6);
    assertThat(List.of(left, right)).containsExactly(1, 1);
    assertThat(decided).as("when it was made, and when its task had ended").isEqualTo(2);
  }
}

package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A fault of the engine puts an errand off. It must not keep the lease, which is renewed for as
 * long as the worker lives: what is leased is being ticked, and never counts as stuck.
 */
class FaultyErrandTest extends WorkerRig {
  private static final TaskName WALK = TaskName.of("walk");

  enum State {
    KEPT
  }

  private int refused;

  private static ResourceType<State> type() {
    return ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay().ensure(WALK)).rests())
        .tasks(TaskType.of(WALK, state(State.KEPT).decide(t -> t.stay()).waits().finishes()))
        .alarms(alarm("bad", s -> s.taskView(WALK).isPresent()));
  }

  private boolean isLeased() {
    return !leases.held(Set.of(thing)).result().isEmpty();
  }

  @Test
  void aCommitThatCannotEvenBeSentGivesTheLeaseBack() {
    work(
        type(),
        new Rows() {
          @Override
          public Future<List<Committed>> commit(List<Outcome> group) {
            throw new StackOverflowError("planted");
          }
        },
        leases);
    time.advance(ofSeconds(5));
    assertThat(isLeased()).isFalse();
  }

  @Test
  void whereTheDatabaseRefusesWhatFollowsTheMoveIsMadeAllTheSame() {
    work(
        type(),
        new Rows() {
          @Override
          public Future<List<Committed>> commit(List<Outcome> group) {
            boolean refuses =
                group.stream().anyMatch(one -> one.isJudgement() || one.then() != null);
            refused += refuses ? 1 : 0;
            return refuses
                ? Future.failedFuture(new IllegalArgumentException("planted"))
                : super.commit(group);
          }
        },
        leases);
    time.advance(ofSeconds(20));
    assertThat(store.task(thing, "walk").orElseThrow().machine().dueAt()).isNull();
    assertThat(refused).as("tried, and given up").isBetween(1, 20);
    assertThat(isLeased()).isFalse();
  }
}

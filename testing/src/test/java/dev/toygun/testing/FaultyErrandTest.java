package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Announce;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.Operations;
import dev.toygun.store.Outcome;
import dev.toygun.store.TaskRow;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
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
  void aRunThatCouldNotEvenWaitHasItsTurnOnceItIsRetried() {
    ResourceType<State> limited =
        ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay().ensure(WALK)).rests())
            .tasks(
                TaskType.of(WALK, state(State.KEPT).decide(t -> t.stay()).waits().finishes())
                    .concurrency(1));
    work(
        limited,
        new Rows() {
          @Override
          public Future<List<Committed>> commit(List<Outcome> group) {
            boolean waits =
                group.stream()
                    .anyMatch(one -> !one.subject().isResource() && one.transitions().isEmpty());
            refused += waits ? 1 : 0;
            Committed no = new Committed.Unstorable(new IllegalArgumentException("planted"));
            return waits && refused == 1
                ? Future.succeededFuture(Collections.nCopies(group.size(), no))
                : super.commit(group);
          }
        },
        leases);
    time.advance(ofSeconds(5));
    TaskRow run = store.task(thing, "walk").orElseThrow();
    assertThat(run.machine().state()).isEqualTo(BuiltIn.PANIC);
    Announce announce =
        (woken, cause, trace) -> queue.push(Tickets.of(woken, Cause.API, time.now(), trace));
    new Operations(store, announce, time, "test", "test")
        .retryTask(run.key().uuid(), OptionalLong.empty(), By.operator("key:test"));
    time.advance(ofSeconds(5));
    assertThat(store.task(thing, "walk").orElseThrow().waitsForItsTurn()).isTrue();
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

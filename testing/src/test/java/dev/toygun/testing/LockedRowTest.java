package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.clock.Clock;
import dev.toygun.clock.ClockSettings;
import dev.toygun.store.Committed;
import dev.toygun.store.Committed.Busy;
import dev.toygun.store.Committed.Fenced;
import dev.toygun.store.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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
          ? Future.succeededFuture(group.stream().<Committed>map(outcome -> new Busy()).toList())
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

  private boolean isLocked;

  /** A store that answers after two seconds that the row of a task is locked, as long as it is. */
  private final class LockedFor extends Rows {
    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      if (!isLocked || group.stream().anyMatch(outcome -> outcome.subject().isResource())) {
        return store.commit(group);
      }
      return later(ofSeconds(2), () -> group.stream().<Committed>map(one -> new Busy()).toList());
    }
  }

  private <T> Future<T> later(Duration wait, Supplier<T> answer) {
    Promise<T> promise = Promise.promise();
    time.after(wait, () -> promise.complete(answer.get()));
    return promise.future();
  }

  @Test
  void aWorkerLeavesTheLeaseOfALockedRowAloneMostOfTheTime() {
    ClockSettings settings = ClockSettings.STANDARD;
    new Clock(settings, "clock-1", time, store, queue, leases, new SimpleMeterRegistry()).start();
    isLocked = true;
    work(type(), new LockedFor(), leases);
    time.advance(ofSeconds(30));
    int held = 0;
    for (int second = 0; second < 600; second++) {
      time.advance(ofSeconds(1));
      held += leases.held(Set.of(thing)).result().size();
    }
    assertThat(held).as("seconds of 600").isBetween(60, 240);
    isLocked = false;
    time.advance(ofSeconds(20));
    assertThat(store.task(thing, WALK.value()).orElseThrow().machine().active()).isFalse();
  }

  /** A store that is busy, fenced, busy and then commits what a task decided. */
  private final class Unlucky extends Rows {
    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      if (group.stream().anyMatch(outcome -> outcome.subject().isResource())) {
        return store.commit(group);
      }
      return switch (++locked) {
        case 1, 3 -> later(ofSeconds(2), () -> List.of(new Busy()));
        case 2 -> later(ofSeconds(2), () -> List.of(new Fenced()));
        default -> store.commit(group);
      };
    }
  }

  @Test
  void aLockThatIsOverDoesNotCountForTheNext() {
    work(type(), new Unlucky(), leases);
    time.advance(ofSeconds(10));
    assertThat(left).as("once, and once more where it was fenced").isEqualTo(2);
    assertThat(right).isEqualTo(1);
  }
}

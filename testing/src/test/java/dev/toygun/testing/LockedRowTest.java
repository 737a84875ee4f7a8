package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.BuiltIn;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Announce;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.Loaded;
import dev.toygun.store.Operations;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Work;
import dev.toygun.worker.Worker;
import dev.toygun.worker.WorkerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A row that somebody else has locked for a moment is no reason to run anybody's code again. */
class LockedRowTest {
  private static final TaskName WALK = TaskName.of("walk");

  enum State {
    KEPT
  }

  enum Foot {
    LEFT,
    RIGHT
  }

  private final VirtualTime time = new VirtualTime(1);
  private final MemoryStore store = new MemoryStore(time);
  private final InProcessQueue queue = new InProcessQueue(time, new SimpleMeterRegistry());
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
  private final class Locked implements Work {
    @Override
    public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
      return store.load(resources, sees);
    }

    @Override
    public Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
      return store.resources(uuids);
    }

    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      return ++locked % 2 == 1
          ? Future.succeededFuture(
              group.stream().<Committed>map(outcome -> new Committed.Busy()).toList())
          : store.commit(group);
    }

    @Override
    public Future<List<Hold>> holds() {
      return store.holds();
    }

    @Override
    public Future<Void> publish(List<TypeDefinition> definitions, String build) {
      return store.publish(definitions, build);
    }
  }

  @Test
  void whatWasDecidedIsCommittedOnceTheLockIsGone() {
    new Worker(
            WorkerSettings.of("worker-1", "test"),
            TypeSet.of(List.of(type())),
            time,
            new Locked(),
            queue,
            new InProcessLeases(time),
            new InlineSteps(store.invariants()),
            Keyring.parse(Keyring.newKeychain(time::random), time::random),
            new SimpleMeterRegistry())
        .start();
    Announce announce =
        (woken, cause, trace) -> queue.push(Tickets.of(woken, Cause.API, time.now(), trace));
    new Operations(store, announce, time, "test", "test")
        .create(
            null,
            new ChildCreate(
                time.uuid(), "one", "{}", new ListName("default", "thing", 1, 5), BuiltIn.NEW),
            By.operator("key:test"));
    time.advance(ofSeconds(5));
    assertThat(locked).isGreaterThanOrEqualTo(6);
    assertThat(List.of(left, right)).containsExactly(1, 1);
    assertThat(decided).as("when it was made, and when its task had ended").isEqualTo(2);
  }
}

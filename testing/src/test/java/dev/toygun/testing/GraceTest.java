package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.SubjectKey;
import dev.toygun.worker.Worker;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A worker that stops in good order, and does not get done within its grace time. */
class GraceTest extends WorkerRig {
  private static final TaskName WORK = TaskName.of("work");

  enum State {
    KEPT
  }

  private final Promise<Next<State>> never = Promise.promise();

  private ResourceType<State> type() {
    return ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(TaskType.of(WORK, state(State.KEPT).async(t -> never.future()).finishes()));
  }

  private Map<UUID, Leases.Lost> lostBy(UUID lease) {
    leases.expire("worker-1"); // As the clock does, once it has said farewell.
    Future<Map<UUID, Leases.Taken>> taken =
        leases.take(
            "worker-2",
            Map.of(lease, new Leases.Want(Set.of(SubjectKey.ofResource(lease)), false)));
    return Objects.requireNonNull(taken.result().get(lease)).lost();
  }

  @Test
  void isNotWhatItsLastTicksDiedOf() {
    Worker worker = work(type(), new Rows(), leases, new InlineSteps(store.invariants()));
    time.advance(ofSeconds(1));
    Future<Void> drained = worker.drain(ofSeconds(5));
    time.advance(ofSeconds(4));
    assertThat(drained.isComplete()).isFalse();
    time.advance(ofSeconds(2));
    assertThat(drained.succeeded()).isTrue();
    assertThat(lostBy(thing)).isEmpty();
  }

  @Test
  void leavesNotedWhatWasDiedOfBefore() {
    Worker first = work(type(), new Rows(), leases, new InlineSteps(store.invariants()));
    time.advance(ofSeconds(1));
    first.kill();
    leases.expire("worker-1");
    Worker second =
        worker(
            WorkerSettings.of("worker-3", "test"),
            List.of(type()),
            new Rows(),
            queue,
            leases,
            new InlineSteps(store.invariants()));
    second.start();
    SubjectKey task = store.task(thing, WORK.value()).orElseThrow().key();
    queue.push(Tickets.of(List.of(new Committed.Woken(task, LIST)), Cause.CLOCK, time.now(), null));
    time.advance(ofSeconds(1));
    second.drain(ofSeconds(5));
    time.advance(ofSeconds(6));
    leases.expire("worker-3");
    assertThat(lostBy(thing).values()).extracting(Leases.Lost::times).containsOnly(1);
  }

  /** Leases whose answers wait for the test. */
  private final class SlowLeases extends OwnLeases {
    private final Promise<Void> goOn = Promise.promise();

    @Override
    public Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants) {
      return goOn.future().compose(go -> leases.take(owner, wants));
    }
  }

  @Test
  void waitsForWhatIsOnItsWayToALease() {
    SlowLeases slow = new SlowLeases();
    Worker worker = work(type(), new Rows(), slow, new InlineSteps(store.invariants()));
    time.advance(ofSeconds(1));
    Future<Void> drained = worker.drain(ofSeconds(5));
    time.advance(ofSeconds(1));
    assertThat(drained.isComplete()).isFalse();

    never.complete();
    slow.goOn.complete();
    time.advance(ofSeconds(1));
    assertThat(drained.succeeded()).isTrue();
    assertThat(store.resource(thing).orElseThrow().machine().state()).isEqualTo("kept");
  }

  @Test
  void livesUntilItSaysFarewellAndTakesNothing() {
    Worker worker = work(type(), new Rows(), leases, new InlineSteps(store.invariants()));
    time.advance(ofSeconds(1));
    worker.drain(ofSeconds(20));
    time.advance(ofSeconds(7));
    Queue.Worker drains = queue.workers().result().get(0);
    assertThat(drains.lists()).isEmpty();
    assertThat(drains.about()).isNotNull().matches(Queue.About::drains);
    time.advance(ofSeconds(14));
    assertThat(queue.workers().result()).isEmpty();
  }

  @Test
  void itsTickIsItsOwnUntilItIsDone() {
    List<Promise<Next<State>>> begun = new ArrayList<>();
    List<Tick<State>> ticks = new ArrayList<>();
    ResourceType<State> type =
        ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
            .tasks(
                TaskType.of(
                    WORK,
                    state(State.KEPT)
                        .async(
                            t -> {
                              ticks.add(t);
                              begun.add(Promise.promise());
                              return begun.get(begun.size() - 1).future();
                            })
                        .finishes()));
    Simulation thing = Simulation.of(type);
    thing.advance(ofSeconds(3));
    thing.deploy(type);
    thing.advance(ofSeconds(12));
    assertThat(begun).as("nobody else began it").hasSize(1);
    begun.get(0).complete(ticks.get(0).finish());
    thing.advance(ofSeconds(1));
    assertThat(thing.history()).anyMatch(line -> line.contains("work: kept -> __stop__"));
  }

  @Test
  void isWhatTheyDiedOfIfItIsKilled() {
    Worker worker = work(type(), new Rows(), leases, new InlineSteps(store.invariants()));
    time.advance(ofSeconds(1));
    worker.kill();
    assertThat(lostBy(thing)).isNotEmpty();
  }
}

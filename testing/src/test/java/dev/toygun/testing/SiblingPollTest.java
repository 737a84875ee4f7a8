package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A poll that another subject of the resource holds up is ticked after it; one that meets its own
 * tick is dropped.
 */
class SiblingPollTest extends WorkerRig {
  private static final TaskName SLOW = TaskName.of("slow");
  private static final TaskName CHECK = TaskName.of("check");

  /** Each polls at another phase. */
  private static final int THINGS = 10;

  enum State {
    KEPT
  }

  private VirtualTime clock = time;
  private Duration takes = ofSeconds(29);
  private Duration period = ofSeconds(30);
  private int slow;
  private int checks;
  private int released;
  private final Map<Integer, Integer> each = new HashMap<>();

  private Future<Next<State>> later(Tick<State> t) {
    slow++;
    Promise<Next<State>> answer = Promise.promise();
    clock.after(takes, () -> answer.complete(t.stay()));
    return answer.future();
  }

  private ResourceType<State> type() {
    return ResourceType.of(
            "thing", state(State.KEPT).decide(t -> t.stay().ensure(SLOW).ensure(CHECK)).rests())
        .tasks(
            TaskType.of(
                SLOW, state(State.KEPT).async(this::later).limit(ofSeconds(30)).every(period)),
            TaskType.of(
                CHECK,
                state(State.KEPT)
                    .decide(
                        t -> {
                          checks++;
                          return t.stay();
                        })
                    .every(ofSeconds(30))));
  }

  @Test
  void aCheckIsMadeEachTimeThoughItsSiblingIsNearlyAlwaysAtWork() {
    Simulation first = Simulation.of(type());
    clock = first.world.time;
    for (int i = 1; i < THINGS; i++) {
      first.create(type(), "thing " + i, Values.NONE);
    }
    first.advance(ofMinutes(10));
    assertThat(checks).as("%s", first).isBetween(18 * THINGS, 22 * THINGS);
    assertThat(slow).as("%s", first).isBetween(17 * THINGS, 22 * THINGS);
  }

  @Test
  void aPollThatMeetsItsOwnTickIsDropped() {
    takes = ofSeconds(25);
    period = ofSeconds(20);
    Simulation thing = Simulation.of(type());
    clock = thing.world.time;
    thing.advance(ofMinutes(10));
    assertThat(slow).as("every second one: %s", thing).isBetween(14, 16);
  }

  /** Leases that count what is let go. */
  private final class Counted extends OwnLeases {
    @Override
    public Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> leased) {
      released += leased.size();
      return super.release(owner, leased);
    }
  }

  private void poll(TaskName... names) {
    List<SubjectKey> keys =
        List.of(names).stream()
            .map(name -> store.task(thing, name.value()).orElseThrow().key())
            .toList();
    queue.push(Tickets.of(LIST, keys, Cause.CLOCK, true, time.now()));
  }

  @Test
  void aPollThatAnotherWorkersTickHoldsUpIsTickedByThat() {
    ResourceType<State> type = type();
    work(type, new Rows(), leases, new InlineSteps(store.invariants()));
    time.advance(ofMinutes(1));
    poll(SLOW);
    time.advance(ofSeconds(10));
    int before = checks;
    int began = slow;
    for (TaskName name : List.of(SLOW, CHECK)) {
      SubjectKey key = store.task(thing, name.value()).orElseThrow().key();
      leases.take("worker-2", Map.of(thing, new Leases.Want(Set.of(key), true)));
    }
    time.advance(ofSeconds(30));
    assertThat(checks).isEqualTo(before + 1);
    assertThat(slow).as("its poll met its own tick").isEqualTo(began);
    assertThat(leases.held(Set.of(thing)).result()).isEmpty();
  }

  @Test
  void whatWasPolledTogetherIsTickedAndTheLeaseLetGoOnceWhereItIsQuick() {
    takes = ofSeconds(0);
    work(type(), new Rows(), new Counted(), new InlineSteps(store.invariants()));
    time.advance(ofSeconds(5));
    released = 0;
    int before = checks;
    poll(SLOW, CHECK);
    time.advance(ofSeconds(5));
    assertThat(checks).isEqualTo(before + 1);
    assertThat(released).isEqualTo(1);
  }

  @Test
  void whatWasPolledWithASlowOneIsTickedAfterIt() {
    work(type(), new Rows(), leases, new InlineSteps(store.invariants()));
    time.advance(ofMinutes(1));
    int before = checks;
    poll(SLOW, CHECK);
    time.advance(ofMinutes(1));
    assertThat(checks).isEqualTo(before + 1);
  }

  private TaskType<?> check(int number) {
    return TaskType.of(
        TaskName.of("check-" + number),
        state(State.KEPT)
            .async(
                t -> {
                  each.merge(number, 1, Integer::sum);
                  return later(t);
                })
            .every(ofSeconds(10)));
  }

  @Test
  void eachOfManyThatTakeLongerThanTheirPeriodTogetherHasItsTurn() {
    takes = ofSeconds(3);
    List<TaskType<?>> all = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      all.add(check(number));
    }
    Simulation thing =
        Simulation.of(
            ResourceType.of(
                    "thing",
                    state(State.KEPT)
                        .decide(
                            t -> {
                              Next<State> next = t.stay();
                              for (TaskType<?> check : all) {
                                next = next.ensure(check.name());
                              }
                              return next;
                            })
                        .rests())
                .tasks(all.toArray(new TaskType<?>[0])));
    clock = thing.world.time;
    thing.advance(ofMinutes(2));
    assertThat(each).as("%s", thing).hasSize(5);
    assertThat(each.values()).allSatisfy(times -> assertThat(times).isGreaterThanOrEqualTo(2));
  }
}

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
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A poll whose row somebody has locked is made a moment later, and not a period later. */
class PutOffPollTest extends WorkerRig {
  private static final List<TaskName> CHECKS = List.of(TaskName.of("one"), TaskName.of("two"));

  enum State {
    KEPT
  }

  private final Map<String, Integer> seen = new HashMap<>();
  private boolean locked;
  private int refused;

  /** A store whose rows are locked now and then. */
  private final class Locked extends Rows {
    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      if (!locked) {
        return store.commit(group);
      }
      refused++;
      return Future.succeededFuture(
          Stream.generate(Committed.Busy::new).<Committed>map(b -> b).limit(group.size()).toList());
    }
  }

  /** It has something to say each time, so that it has to be written. */
  private Next<State> check(Tick<State> t, TaskName name) {
    int times = seen.merge(name.value(), 1, Integer::sum);
    return t.stay().because("seen for the %dth time".formatted(times));
  }

  private TaskType<?> task(TaskName name) {
    return TaskType.of(name, state(State.KEPT).decide(t -> check(t, name)).every(ofMinutes(5)));
  }

  private ResourceType<State> type() {
    return ResourceType.of(
            "thing",
            state(State.KEPT)
                .decide(t -> t.stay().ensure(CHECKS.get(0)).ensure(CHECKS.get(1)))
                .rests())
        .tasks(task(CHECKS.get(0)), task(CHECKS.get(1)));
  }

  private void poll() {
    List<SubjectKey> keys =
        CHECKS.stream().map(name -> store.task(thing, name.value()).orElseThrow().key()).toList();
    queue.push(Tickets.of(LIST, keys, Cause.CLOCK, true, time.now()));
  }

  @Test
  void whatWasPolledWhileItsRowWasLockedIsTickedWithinAMinute() {
    work(type(), new Locked(), leases);
    time.advance(ofMinutes(1));
    locked = true;
    poll();
    time.advance(ofSeconds(5));
    assertThat(refused).isPositive();
    locked = false;
    seen.clear();
    time.advance(ofSeconds(55));
    assertThat(seen).containsOnly(Map.entry("one", 1), Map.entry("two", 1));
  }

  @Test
  void aRowThatStaysLockedIsNotTriedAllTheTime() {
    work(type(), new Locked(), leases);
    time.advance(ofMinutes(1));
    seen.clear();
    locked = true;
    poll();
    time.advance(ofMinutes(5));
    assertThat(seen.values().stream().mapToInt(i -> i).sum()).isBetween(5, 25);
  }
}

package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.Priority;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.SubjectKey;
import dev.toygun.worker.WorkerSettings;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More waits than a worker gets done: whose turn is it? */
class PriorityTest extends BacklogRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final int MANY = 3_000;
  private static final int EACH = 10;
  private static final WorkerSettings SETTINGS = settings(IN_FLIGHT, BACKLOG);

  private final Promise<Next<State>> never = Promise.promise();

  /** The types whose tickets were taken, in turn. */
  private final List<String> taken = new ArrayList<>();

  private ResourceType<State> type(String name, Priority priority) {
    priorities.put(name, priority);
    return type(name, t -> t.stay()).priority(priority);
  }

  private void flood(String... types) {
    popped = pop -> pop.onSuccess(all -> all.forEach(ticket -> taken.add(ticket.list().type())));
    committing.slow(ofMillis(1));
    Map<String, List<SubjectKey>> made = new LinkedHashMap<>();
    for (String type : types) {
      made.put(type, make(type, MANY));
    }
    made.forEach((type, subjects) -> push(type, subjects, EACH));
  }

  private List<String> until(String type) {
    return taken.subList(0, taken.lastIndexOf(type));
  }

  @Test
  void theHigherIsDoneFirstAndTheLowerHasItsShareMeanwhile() {
    start(
        SETTINGS,
        type("low", Priority.LOW),
        type("normal", Priority.NORMAL),
        type("high", Priority.HIGH));
    flood("low", "normal", "high");
    time.advance(ofSeconds(60));
    List<String> first = until("high").subList(0, 160);
    long high = first.stream().filter("high"::equals).count();
    long normal = first.stream().filter("normal"::equals).count();
    long low = first.stream().filter("low"::equals).count();
    assertThat(high).as("most").isBetween(90L, 130L);
    assertThat(normal).isBetween(15L, 50L);
    assertThat(low).isBetween(10L, 40L);
    assertThat(until("high").size()).isLessThan(until("normal").size());
    assertThat(until("normal").size()).isLessThan(until("low").size());
    assertThat(left("low")).isZero();
  }

  private ResourceType<State> endless(String name, Priority priority) {
    priorities.put(name, priority);
    return ResourceType.of(name, state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
        .tasks(TaskType.of(WORK, state(State.KEPT).async(t -> never.future()).finishes()))
        .priority(priority);
  }

  @Test
  void aLongStepKeepsNoOthersOfItsPriorityOutOfAWorkerThatIsFullOfWhatIsHigher() {
    start(
        SETTINGS,
        endless("high", Priority.HIGH),
        endless("long", Priority.NORMAL),
        type("quick", Priority.NORMAL));
    push("high", make("high", MANY), EACH);
    push("long", make("long", 1), 1);
    time.advance(ofSeconds(3));
    assertThat(left("high")).as("it is full").isPositive();
    assertThat(left("long")).isZero();
    List<SubjectKey> one = make("quick", 1);
    push("quick", one, 1);
    time.advance(ofSeconds(1));
    assertThat(atRest(one)).isEqualTo(1);
  }

  @Test
  void whereNothingElseWaitsALowOneIsTakenAtOnce() {
    start(SETTINGS, type("low", Priority.LOW), type("high", Priority.HIGH));
    push("low", make("low", 1), 1);
    time.advance(ofMillis(100));
    assertThat(left("low")).isZero();
  }

  @Test
  void whatIsHighDoesNotWaitForTheManyOfWhatIsLow() {
    start(SETTINGS, type("low", Priority.LOW), type("high", Priority.HIGH));
    flood("low");
    time.advance(ofMillis(500));
    taken.clear();
    push("high", make("high", EACH), EACH);
    time.advance(ofSeconds(5));
    assertThat(taken.indexOf("high")).isBetween(0, 30);
  }
}

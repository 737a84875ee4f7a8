package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Step;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.store.Committed;
import dev.toygun.store.Outcome;
import dev.toygun.store.Usage.Spent;
import dev.toygun.store.Usages;
import dev.toygun.store.Usages.By;
import dev.toygun.time.Time;
import dev.toygun.worker.Steps;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The time of ticks is charged to whom it belongs. */
class UsageTest extends WorkerRig {
  private static final TaskName CHECK = TaskName.of("check");

  enum Only {
    IDLE
  }

  enum Check {
    ASKING
  }

  private static <T> Future<T> after(Time time, Duration wait, T answer) {
    Promise<T> promise = Promise.promise();
    time.after(wait, () -> promise.complete(answer));
    return promise.future();
  }

  private static Usages.Report usage(MemoryStore store, By by, @Nullable UUID under) {
    Future<Usages.Report> asked =
        store.usages().usage(new Usages.Question(by, ofMinutes(60), under, null, 100));
    ((VirtualTime) store.time).advance(ofMillis(10));
    return asked.result();
  }

  /** What one of this type, or its task, has used most of. */
  private static Spent spent(Usages.Report report, String type) {
    return report.items().stream()
        .filter(item -> item.type().equals(type))
        .map(Usages.Item::spent)
        .max(Comparator.comparingDouble(Spent::waited))
        .orElseThrow();
  }

  /** Asks something outside once a minute, which answers after this time. */
  private static ResourceType<Only> asking(String name, Duration answer, List<Time> time) {
    return ResourceType.of(name, state(Only.IDLE).decide(t -> t.stay().ensure(CHECK)).rests())
        .tasks(
            TaskType.of(
                CHECK,
                state(Check.ASKING).async(t -> after(time.get(0), answer, t.pause(ofMinutes(1))))));
  }

  @Test
  void aSlowTypeAndTheTreeOfWhoeverMadeItAreChargedWhatItWaited() {
    List<Time> time = new ArrayList<>();
    ResourceType<Only> slow = asking("slow", ofSeconds(20), time);
    ResourceType<Only> quick = asking("quick", ofSeconds(1), time);
    ResourceType<Only> owner =
        ResourceType.of(
                "owner",
                state(Only.IDLE)
                    .decide(
                        t ->
                            t.stay()
                                .create("slow", "one", Values.NONE)
                                .create("slow", "two", Values.NONE))
                    .rests())
            .children("slow");
    Simulation all = Simulation.of(owner, slow, quick);
    time.add(all.time());
    Simulated alone = all.create(quick, "alone", Values.NONE);
    all.advance(ofMinutes(20));
    double waited = spent(usage(all.store(), By.TASK, null), "slow").waited();
    assertThat(waited).as("two of them, each for 20 s of 80").isCloseTo(600, within(45.0));
    Usages.Report trees = usage(all.store(), By.TREE, null);
    assertThat(trees.items())
        .extracting(Usages.Item::resource)
        .containsExactlyInAnyOrder(all.uuid(), alone.uuid());
    assertThat(spent(trees, "owner").waited())
        .as("all that is slow is below the owner")
        .isCloseTo(waited, within(1e-6));
    assertThat(spent(trees, "quick").waited()).isCloseTo(20, within(2.0));
    assertThat(usage(all.store(), By.TREE, all.uuid()).items())
        .extracting(Usages.Item::label)
        .containsExactlyInAnyOrder("one", "two", "owner");
  }

  /** Code has its thread after 2 s, and runs for 3. */
  private final class Threads implements Steps {
    @Override
    public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
      if (!(step instanceof Step.Blocking<S>)) {
        return new InlineSteps(store.invariants()).run(step, tick);
      }
      Future<Void> thread = after(time, ofSeconds(2), "").mapEmpty();
      Future<Next<S>> next = after(time, ofSeconds(5), tick.pause(ofSeconds(10)));
      return new Run<>() {
        @Override
        public Future<Next<S>> next() {
          return next;
        }

        @Override
        public Future<Void> begun() {
          return thread;
        }

        @Override
        public void interrupt() {}

        @Override
        public void giveUp() {}
      };
    }

    @Override
    public double stuck() {
      return 0;
    }
  }

  @Test
  void blockingCodeIsChargedItsThreadAndNotItsWaitForOne() {
    ResourceType<Only> type =
        ResourceType.of("thing", state(Only.IDLE).decide(t -> t.stay().ensure(CHECK)).rests())
            .tasks(TaskType.of(CHECK, state(Check.ASKING).blocking(t -> t.pause(ofSeconds(10)))));
    Rows slow =
        new Rows() {
          @Override
          public Future<List<Committed>> commit(List<Outcome> group) {
            return after(time, ofMillis(40), group).compose(super::commit);
          }
        };
    work(type, slow, leases, new Threads());
    time.advance(ofMinutes(1));
    Usages.Report tasks = usage(store, By.TASK, null);
    assertThat(tasks.items()).extracting(Usages.Item::task).containsExactly("check", "");
    Spent spent = tasks.items().get(0).spent();
    assertThat(spent.ticks()).isOne();
    assertThat(spent.ran()).isCloseTo(3 * spent.ticks(), within(1e-6));
    assertThat(spent.waited()).isZero();
    assertThat(spent.committed() / spent.ticks()).isBetween(0.04, 0.05);
    assertThat(usage(store, By.RESOURCE, null).items().get(0).spent().ran())
        .isCloseTo(spent.ran(), within(1e-6));
    assertThat(
            metrics
                .get("toygun_used_seconds_total")
                .tags("type", "thing", "how", "ran")
                .counter()
                .count())
        .isCloseTo(spent.ran(), within(1e-6));
  }
}

package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.store.By;
import dev.toygun.store.Operations;
import dev.toygun.store.TaskRow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a task waits for happens while the tick runs after which it waits. */
class MissedWakeTest extends WorkerRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<Boolean> READY = Field.bool("ready");
  private static final By BY = By.operator("key:test");

  enum State {
    KEPT
  }

  enum Only {
    WAITING
  }

  enum Step {
    FIRST,
    SLOW,
    WAITING
  }

  private final Promise<Void> held = Promise.promise();
  private int looks;

  private ResourceType<State> type(TaskType<?> work) {
    return ResourceType.of(
            "thing",
            state(State.KEPT)
                .decide(t -> t.task(WORK) == TaskStatus.FINISHED ? t.stay() : t.stay().ensure(WORK))
                .rests())
        .fields(READY)
        .tasks(work);
  }

  /** Looks, takes its time over the first look, and waits unless it saw what it waits for. */
  private Future<Next<Only>> waiting(Tick<Only> t) {
    Next<Only> next = t.find(READY).orElse(false) ? t.finish() : t.stay();
    return looks++ == 0 ? held.future().map(done -> next) : Future.succeededFuture(next);
  }

  /** Nobody is told of it: what is committed has to say it. */
  private void set() {
    new Operations(store, (woken, cause, trace) -> {}, time, "test", "test")
        .set(
            thing,
            OptionalLong.empty(),
            row -> new Operations.NewAttrs("{\"ready\":true}", List.of("ready"), ""),
            BY);
    time.advance(ofMillis(100));
  }

  private TaskRow run() {
    return store.task(thing, WORK.value()).orElseThrow();
  }

  private void seesWhatIsSetMeanwhile() {
    time.advance(ofMillis(100));
    set();
    held.complete();
    time.advance(ofSeconds(1));
    assertThat(run().machine().active()).as("%s", run()).isFalse();
  }

  @Test
  void aFieldThatIsSetDuringTheFirstTickIsSeenByTheNext() {
    work(
        type(TaskType.of(WORK, state(Only.WAITING).async(this::waiting).waits().finishes())),
        new Rows(),
        leases);
    seesWhatIsSetMeanwhile();
  }

  @Test
  void aFieldThatIsSetWhileTheStateBeforeIsTickedIsSeenByTheOneThatWaits() {
    work(
        type(
            TaskType.of(
                WORK,
                state(Step.FIRST).decide(t -> t.go(Step.SLOW)).to(Step.SLOW),
                state(Step.SLOW)
                    .async(t -> held.future().map(done -> t.go(Step.WAITING)))
                    .to(Step.WAITING),
                state(Step.WAITING)
                    .decide(t -> t.find(READY).orElse(false) ? t.finish() : t.stay())
                    .waits()
                    .finishes())),
        new Rows(),
        leases);
    seesWhatIsSetMeanwhile();
  }
}

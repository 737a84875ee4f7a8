package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static dev.toygun.TaskStatus.FINISHED;
import static dev.toygun.TaskStatus.PANICKED;
import static dev.toygun.TaskStatus.RUNNING;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Backoff;
import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

/** What a step may do in a simulation, and what fails the test. */
class SimulatedStepsTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<String> NOTE = Field.text("note");
  private static final Field<Long> COUNT = Field.integer("count").initially(0L);

  enum One {
    ONLY
  }

  enum Two {
    FIRST,
    SECOND
  }

  private final FakeCloud cloud = new FakeCloud();

  /** A resource that keeps one task running. */
  private static ResourceType<One> keeping(TaskType<?> task) {
    return ResourceType.of(
            "keeper", state(One.ONLY).decide(t -> t.stay().ensure(task.name())).rests())
        .fields(NOTE, COUNT)
        .tasks(task);
  }

  /** A resource that does nothing by itself. */
  private static ResourceType<One> idle(TaskType<?>... tasks) {
    return ResourceType.of("idle", state(One.ONLY).decide(t -> t.stay()).rests())
        .fields(NOTE, COUNT)
        .tasks(tasks);
  }

  @Test
  void aMoveThatTheTableDoesNotAllowFailsTheTest() {
    TaskType<Two> task =
        TaskType.<Two>of(
            WORK,
            state(Two.FIRST).decide(t -> t.finish()).to(Two.SECOND),
            state(Two.SECOND).decide(t -> t.finish()).finishes());
    Simulation sim = Simulation.of(keeping(task));
    assertThatThrownBy(() -> sim.advance(ofMinutes(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 0")
        .hasMessageContaining("finish()");
  }

  @Test
  void anAwaitThatCannotEndFailsTheTest() {
    TaskType<One> task =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .blocking(
                    t -> {
                      Promise.promise().future().await();
                      return t.finish();
                    })
                .finishes());
    Simulation sim = Simulation.of(keeping(task));
    assertThatThrownBy(() -> sim.advance(ofMinutes(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("awaits a future that nothing can complete")
        .hasMessageContaining("SimulatedStepsTest");
  }

  @Test
  void anAwaitOfACompleteFutureGoesOn() {
    TaskType<One> task =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .blocking(t -> cloud.answers("x").await() ? t.panic("?") : t.finish())
                .finishes());
    Simulation sim = Simulation.of(idle(task));
    sim.start(WORK);
    sim.advance(ofSeconds(5));
    assertThat(sim.task(WORK)).isEqualTo(FINISHED);
  }

  @Test
  void anAsyncStepMayAnswerLaterByVirtualTime() {
    Simulation[] sim = new Simulation[1];
    TaskType<One> task =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .async(
                    t -> {
                      Promise<dev.toygun.Next<One>> later = Promise.promise();
                      sim[0].time().after(ofSeconds(20), () -> later.complete(t.finish()));
                      return later.future();
                    })
                .finishes());
    sim[0] = Simulation.of(idle(task));
    sim[0].start(WORK);
    sim[0].advance(ofSeconds(15));
    assertThat(sim[0].task(WORK)).isEqualTo(RUNNING);
    sim[0].advance(ofSeconds(15));
    assertThat(sim[0].task(WORK)).isEqualTo(FINISHED);
  }

  @Test
  void anAsyncStepThatNeverAnswersIsAFailedTry() {
    TaskType<One> task =
        TaskType.of(
            WORK,
            state(One.ONLY)
                .async(t -> Promise.<dev.toygun.Next<One>>promise().future())
                .finishes()
                .limit(ofSeconds(5))
                .retries(1, Backoff.fixed(ofSeconds(1))));
    Simulation sim = Simulation.of(idle(task));
    sim.start(WORK);
    sim.advance(ofMinutes(2));
    assertThat(sim.task(WORK)).as(sim.toString()).isEqualTo(PANICKED);
    assertThat(sim.errors()).hasSize(2);
    assertThat(sim.errors().get(0))
        .isEqualTo(
            "TickTimeout: no answer within the limit of 5 s, nor 10 s after it was interrupted");
  }
}

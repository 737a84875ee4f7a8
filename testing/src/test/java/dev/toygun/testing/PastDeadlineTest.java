package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.ResourceType;
import dev.toygun.StateDef;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.store.Refusal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deadlines that have passed, and by which nothing times out: nothing is due by them either. */
class PastDeadlineTest {
  private static final TaskName WORK = TaskName.of("work");

  private final AtomicInteger ticks = new AtomicInteger();

  enum Here {
    UP
  }

  enum Doing {
    LOOK
  }

  private ResourceType<Here> box(StateDef<Here> up, TaskType<Doing> work) {
    return ResourceType.of("box", up).tasks(work);
  }

  private static StateDef<Here> up() {
    return state(Here.UP).decide(t -> t.stay().ensure(WORK)).rests();
  }

  private TaskType<Doing> looking(boolean hurried) {
    StateDef<Doing> look =
        state(Doing.LOOK)
            .decide(
                t -> {
                  ticks.incrementAndGet();
                  return t.stay();
                })
            .every(ofSeconds(5));
    return TaskType.of(WORK, hurried ? look.within(ofMinutes(5)) : look);
  }

  @Test
  void aResourceWaitsForItsTasksToEndHoweverLongItWasInItsState() {
    TaskType<Doing> stubborn =
        TaskType.of(WORK, state(Doing.LOOK).decide(t -> t.stay()).every(ofSeconds(5)))
            .onExit(
                exit ->
                    exit.decide(t -> t.panic("Stubborn", "somebody has to look at it")).finishes());
    Simulation box =
        Simulation.of(
            box(
                state(Here.UP)
                    .decide(
                        t -> {
                          ticks.incrementAndGet();
                          return t.stay().ensure(WORK);
                        })
                    .within(ofMinutes(5)),
                stubborn));
    box.advance(ofMinutes(1));
    box.delete();
    box.advance(ofMinutes(1));
    assertThat(box.alarms()).containsExactly("box/work: panic");
    assertThatThrownBy(() -> box.stop(WORK))
        .as("nothing goes on that it could be left to")
        .isInstanceOf(Refusal.class)
        .hasMessage("it panicked while it cleaned up: retry it, or abort it");
    box.advance(ofMinutes(30));
    assertThat(box.store().resource(box.uuid()).orElseThrow().machine().dueAt()).isNull();
    assertThat(box.liveness()).isEmpty();
  }

  @Test
  void aDeadlineThatNewCodeNoLongerSetsIsForgotten() {
    Simulation box = Simulation.of(box(up(), looking(true)));
    box.advance(ofMinutes(4));
    box.deploy(box(up(), looking(false)));
    ticks.set(0);
    box.advance(ofMinutes(10));
    assertThat(ticks.get()).as("%s", box).isBetween(110, 122);
    assertThat(box.errors()).isEmpty();
  }

  @Test
  void cleaningUpThatTakesTooLongPanicsAndHasItsTimeAgainAfterARetry() {
    TaskType<Doing> slow =
        TaskType.of(WORK, state(Doing.LOOK).decide(t -> t.stay()).every(ofSeconds(5)))
            .onExit(
                exit ->
                    exit.decide(
                            t -> {
                              ticks.incrementAndGet();
                              return t.stay();
                            })
                        .every(ofSeconds(5))
                        .within(ofMinutes(2)));
    Simulation box = Simulation.of(box(up(), slow));
    box.advance(ofMinutes(1));
    box.stop(WORK);
    box.advance(ofMinutes(10));
    assertThat(ticks.get()).as("%s", box).isBetween(20, 26);
    assertThat(box.errors()).containsExactly("Timeout: still in __exit__ after PT2M");
    box.retry(WORK);
    box.advance(ofMinutes(1));
    assertThat(ticks.get()).as("%s", box).isBetween(30, 42);
    assertThat(box.errors()).hasSize(1);
  }
}

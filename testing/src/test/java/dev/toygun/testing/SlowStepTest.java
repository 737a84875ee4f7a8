package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Backoff;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a step leads to begins when its code has answered, however long that took. */
class SlowStepTest {
  private static final TaskName WORK = TaskName.of("work");

  enum State {
    KEPT
  }

  enum Work {
    LONG,
    CHECK
  }

  private Time time = new VirtualTime(1);
  private final List<Instant> begun = new ArrayList<>();
  private int checks;

  private ResourceType<State> type(TaskType<Work> task) {
    return ResourceType.of("thing", state(State.KEPT).decide(this::begin).rests()).tasks(task);
  }

  private Next<State> begin(Tick<State> t) {
    return t.task(WORK) == TaskStatus.ABSENT ? t.stay().start(WORK) : t.stay();
  }

  private Simulation simulate(TaskType<Work> task) {
    Simulation made = Simulation.of(type(task));
    time = made.time();
    return made;
  }

  private <T> Future<T> after(Duration delay, T answer) {
    Promise<T> later = Promise.promise();
    time.after(delay, () -> later.complete(answer));
    return later.future();
  }

  private Next<Work> check(Tick<Work> t) {
    return ++checks < 3 ? t.stay() : t.finish();
  }

  @Test
  void aStateThatALongStepLeadsToHasAllOfItsTime() {
    Simulation thing =
        simulate(
            TaskType.of(
                    WORK,
                    state(Work.LONG)
                        .async(t -> after(ofMinutes(20), t.go(Work.CHECK)))
                        .to(Work.CHECK)
                        .limit(ofMinutes(30)),
                    state(Work.CHECK)
                        .decide(this::check)
                        .finishes()
                        .every(ofSeconds(1))
                        .within(ofMinutes(5)))
                .shared());
    thing.advance(ofMinutes(21));
    assertThat(checks).isEqualTo(3);
    assertThat(thing.taskView(WORK).orElseThrow().status()).isEqualTo(TaskStatus.FINISHED);
  }

  @Test
  void whatHungUntilItsLimitIsTriedAgainOnlyAfterItsBackoff() {
    Simulation thing =
        simulate(
            TaskType.of(
                WORK,
                state(Work.LONG)
                    .async(
                        t -> {
                          begun.add(time.now());
                          return Promise.<Next<Work>>promise().future();
                        })
                    .to(Work.CHECK)
                    .limit(ofSeconds(30))
                    .retries(5, Backoff.fixed(ofSeconds(8))),
                state(Work.CHECK).decide(this::check).finishes().every(ofSeconds(1))));
    thing.advance(ofMinutes(3));
    assertThat(begun).hasSizeGreaterThan(2);
    for (int i = 1; i < begun.size(); i++) {
      // The limit, and 10 s in which code that was interrupted may come back.
      assertThat(Duration.between(begun.get(i - 1), begun.get(i)))
          .isGreaterThanOrEqualTo(ofSeconds(48));
    }
  }

  @Test
  void aPauseIsCountedFromTheAnswer() {
    Simulation thing =
        simulate(
            TaskType.of(
                WORK,
                state(Work.LONG)
                    .async(
                        t -> {
                          begun.add(time.now());
                          return after(ofSeconds(20), t.pause(ofSeconds(30)));
                        })
                    .to(Work.CHECK)
                    .within(ofMinutes(10)),
                state(Work.CHECK).decide(this::check).finishes().every(ofSeconds(1))));
    thing.advance(ofMinutes(3));
    assertThat(begun).hasSizeGreaterThan(2);
    for (int i = 1; i < begun.size(); i++) {
      assertThat(Duration.between(begun.get(i - 1), begun.get(i)))
          .isGreaterThanOrEqualTo(ofSeconds(50));
    }
  }
}

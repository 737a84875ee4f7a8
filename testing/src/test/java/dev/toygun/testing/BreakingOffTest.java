package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked to end does not wait for the tick that is under way. */
class BreakingOffTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final TaskName OTHER = TaskName.of("other");

  enum State {
    KEPT
  }

  private final List<Promise<Next<State>>> answers = new ArrayList<>();
  private final List<Tick<State>> ticks = new ArrayList<>();
  private int exits;

  private Future<Next<State>> hang(Tick<State> t) {
    ticks.add(t);
    Promise<Next<State>> answer = Promise.promise();
    answers.add(answer);
    return answer.future();
  }

  private TaskType<State> hanging(TaskName name) {
    return TaskType.of(name, state(State.KEPT).async(this::hang).finishes());
  }

  private TaskType<State> cleaning() {
    return hanging(WORK)
        .onExit(
            exit ->
                exit.decide(
                    t -> {
                      exits++;
                      return t.finish();
                    }));
  }

  private static Simulation having(TaskType<?>... tasks) {
    ResourceType<State> type =
        ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay()).rests()).tasks(tasks);
    Simulation thing = Simulation.of(type);
    thing.advance(ofSeconds(1));
    return thing;
  }

  @Test
  void aStoppedTaskEndsThoughItsCodeNeverAnswers() {
    Simulation thing = having(cleaning());
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    assertThat(ticks).hasSize(1);
    thing.stop(WORK);
    thing.advance(ofSeconds(5));
    assertThat(thing.task(WORK)).as("in its time of grace").isEqualTo(TaskStatus.RUNNING);
    thing.advance(ofSeconds(6));
    assertThat(thing.task(WORK)).as("%s", thing).isEqualTo(TaskStatus.STOPPED);
    assertThat(exits).isOne();
    assertThat(thing.errors()).isEmpty();
  }

  @Test
  void aDeletedResourceGoesThoughCodeOfItNeverAnswers() {
    Simulation thing = having(hanging(WORK), hanging(OTHER).shared());
    thing.start(WORK);
    thing.start(OTHER);
    thing.advance(ofSeconds(1));
    assertThat(ticks).hasSize(2);
    thing.delete();
    thing.advance(ofSeconds(12));
    assertThat(thing.active()).as("%s", thing).isFalse();
    assertThat(thing.errors()).isEmpty();
  }

  @Test
  void whatCodeThrowsBecauseItIsBrokenOffIsNoFailedTry() {
    Simulation thing = having(hanging(WORK));
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    thing.delete();
    thing.advance(ofSeconds(1));
    answers.get(0).fail(new InterruptedException());
    thing.advance(ofSeconds(1));
    assertThat(thing.errors()).isEmpty();
    assertThat(thing.active()).as("%s", thing).isFalse();
  }

  @Test
  void anAnswerThatComesAllTheSameCounts() {
    Simulation thing = having(hanging(WORK));
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    thing.delete();
    thing.advance(ofSeconds(1));
    answers.get(0).complete(ticks.get(0).finish().because("it was done already"));
    thing.advance(ofSeconds(1));
    assertThat(thing.history()).anyMatch(line -> line.contains("it was done already"));
    assertThat(thing.active()).as("%s", thing).isFalse();
  }

  @Test
  void aStopOfOneTaskLeavesTheTickOfAnotherAlone() {
    Simulation thing = having(hanging(WORK), hanging(OTHER));
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    thing.start(OTHER);
    thing.stop(OTHER);
    thing.advance(ofSeconds(20));
    assertThat(ticks).as("one tick at a time").hasSize(1);
    answers.get(0).complete(ticks.get(0).finish());
    thing.advance(ofSeconds(1));
    assertThat(thing.task(WORK)).isEqualTo(TaskStatus.FINISHED);
    assertThat(thing.task(OTHER)).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void aStopThatIsRepeatedLeavesWhatCleansUpAlone() {
    Simulation thing = having(hanging(WORK).onExit(exit -> exit.async(this::hang)));
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    thing.stop(WORK);
    thing.advance(ofSeconds(1));
    answers.get(0).fail("broken off");
    thing.advance(ofSeconds(1));
    assertThat(ticks).as("the exit").hasSize(2);
    thing.stop(WORK);
    thing.advance(ofSeconds(15));
    assertThat(ticks).hasSize(2);
    answers.get(1).complete(ticks.get(1).finish());
    thing.advance(ofSeconds(1));
    assertThat(thing.task(WORK)).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void aHintThatMeantNothingCostsATickAndNoTry() {
    Simulation thing = having(hanging(WORK));
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    thing.world.queue.interrupt(
        thing.world.store.task(thing.uuid(), WORK.value()).orElseThrow().key());
    thing.advance(ofSeconds(1));
    answers.get(0).fail("broken off");
    thing.advance(ofSeconds(1));
    assertThat(ticks).hasSize(2);
    assertThat(ticks.get(1).attempt()).isOne();
    assertThat(ticks.get(1).token("x")).isEqualTo(ticks.get(0).token("x"));
    assertThat(thing.errors()).isEmpty();
    answers.get(1).complete(ticks.get(1).finish());
    thing.advance(ofMinutes(1));
    assertThat(thing.task(WORK)).isEqualTo(TaskStatus.FINISHED);
    assertThat(thing.create(thing.type(), "next", Values.NONE).active()).isTrue();
  }
}

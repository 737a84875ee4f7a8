package dev.toygun.testing;

import static dev.toygun.StateDef.forSignal;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.Values;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

  private Simulation parentOf(ResourceType<State> child) {
    ResourceType<State> parent =
        ResourceType.of(
                "parent",
                state(State.KEPT)
                    .decide(t -> t.stay().create("child", "only", Values.NONE))
                    .rests())
            .children("child");
    Simulation thing = Simulation.of(parent, child);
    thing.advance(ofSeconds(3));
    return thing;
  }

  @Test
  void aChildThatItsParentAsksToGoGoesThoughItsCodeNeverAnswers() {
    Simulation parent =
        parentOf(
            ResourceType.of("child", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
                .tasks(cleaning()));
    Simulated child = parent.child("child", "only");
    assertThat(ticks).hasSize(1);
    parent.delete();
    parent.advance(ofSeconds(5));
    assertThat(child.active()).as("in its time of grace").isTrue();
    parent.advance(ofSeconds(10));
    assertThat(child.active()).as("%s", parent).isFalse();
    assertThat(parent.active()).isFalse();
    assertThat(exits).as("its task cleaned up").isOne();
    assertThat(ticks).as("nothing was tried again").hasSize(1);
    assertThat(child.errors()).isEmpty();
  }

  @Test
  void aSharedTaskThatItsOwnerStopsEndsThoughItsCodeNeverAnswers() {
    SignalType enough = SignalType.of("enough");
    ResourceType<State> type =
        ResourceType.of(
                "thing",
                state(State.KEPT)
                    .decide(
                        t ->
                            t.signal(enough)
                                .map(s -> t.stay().consume(s).stop(WORK))
                                .orElseGet(t::stay))
                    .rests()
                    .waits(forSignal(enough)))
            .tasks(cleaning().shared());
    Simulation thing = Simulation.of(type);
    thing.advance(ofSeconds(1));
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    assertThat(ticks).hasSize(1);
    thing.signal(enough, Values.NONE);
    thing.advance(ofSeconds(12));
    assertThat(thing.task(WORK)).as("%s", thing).isEqualTo(TaskStatus.STOPPED);
    assertThat(exits).isOne();
    assertThat(thing.errors()).isEmpty();
  }

  @Test
  void whatIsPutOnHoldIsBrokenOffAndTickedAgainAfterwards() {
    Simulation thing = having(hanging(WORK));
    thing.start(WORK);
    thing.advance(ofSeconds(1));
    UUID hold = thing.hold("maintenance", null);
    thing.advance(ofSeconds(13));
    assertThat(ticks).as("given up, and not begun again").hasSize(1);
    thing.release(hold);
    thing.advance(ofSeconds(2));
    assertThat(ticks).as("%s", thing).hasSize(2);
    assertThat(ticks.get(1).attempt()).isOne();
    assertThat(ticks.get(1).token("x")).isEqualTo(ticks.get(0).token("x"));
    answers.get(1).complete(ticks.get(1).finish());
    thing.advance(ofSeconds(1));
    assertThat(thing.task(WORK)).isEqualTo(TaskStatus.FINISHED);
    assertThat(thing.errors()).isEmpty();
  }

  @Test
  void aHoldOfSomethingElseLeavesTheTickAlone() {
    Simulation thing = having(hanging(WORK));
    thing.create(thing.type(), "other", Values.NONE).hold("maintenance", null);
    thing.start(WORK);
    thing.advance(ofSeconds(15));
    answers.get(0).complete(ticks.get(0).finish());
    thing.advance(ofSeconds(1));
    assertThat(ticks).hasSize(1);
    assertThat(thing.task(WORK)).isEqualTo(TaskStatus.FINISHED);
  }

  @Test
  void whatIsAbandonedIsBrokenOffAndEndsWithoutItsCode() {
    Simulation parent =
        parentOf(
            ResourceType.of("child", state(State.KEPT).decide(t -> t.stay().ensure(WORK)).rests())
                .tasks(cleaning()));
    Simulated child = parent.child("child", "only");
    assertThat(ticks).hasSize(1);
    parent.abandon("its host is gone");
    parent.advance(ofSeconds(4));
    assertThat(child.active()).as("%s", parent).isFalse();
    assertThat(parent.active()).isFalse();
    assertThat(child.history()).anyMatch(line -> line.contains("abandoned: its host is gone"));
    answers.get(0).complete(ticks.get(0).finish().because("too late"));
    parent.advance(ofMinutes(1));
    assertThat(exits).as("no code was run").isZero();
    assertThat(ticks).hasSize(1);
    assertThat(child.task(WORK)).isEqualTo(TaskStatus.ABORTED);
    assertThat(child.errors()).isEmpty();
    assertThat(parent.liveness()).isEmpty();
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

package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import dev.toygun.queue.Tickets;
import dev.toygun.store.By;
import dev.toygun.store.Operations;
import dev.toygun.store.SignalRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskRow;
import dev.toygun.store.TaskStart;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * The API does not know a field's check: what came over it, and does not pass, is met by the code
 * that reads it, and by no other.
 */
class UnreadableTest extends WorkerRig {
  private static final TaskName WORK = TaskName.of("work");
  private static final Field<Long> LEVEL = Field.integer("level").check(level -> level > 0);
  private static final SignalType NUDGE = SignalType.of("nudge", LEVEL);
  private static final By BY = By.operator("key:test");

  enum State {
    KEPT
  }

  enum Step {
    WAITING
  }

  private boolean reads;
  private int cleaned;

  private ResourceType<State> type() {
    return ResourceType.of("thing", state(State.KEPT).decide(t -> t.stay()).rests())
        .tasks(
            TaskType.of(WORK, state(Step.WAITING).decide(this::waiting).waits(NUDGE).finishes())
                .fields(LEVEL)
                .onExit(exit -> exit.decide(this::clean)));
  }

  private Next<Step> waiting(Tick<Step> t) {
    assertThat(t.args().toString()).as("it can be told all the same").doesNotContain("0");
    if (reads) {
      t.args().find(LEVEL);
      t.signal(NUDGE).ifPresent(nudge -> nudge.values().find(LEVEL));
    }
    return t.stay();
  }

  private Next<Step> clean(Tick<Step> t) {
    cleaned++;
    return t.finish();
  }

  private final Operations operations =
      new Operations(store, Tickets.announcing(queue, time), time, "test", "test");

  private TaskRow start(String args) {
    work(type(), new Rows(), leases);
    time.advance(ofSeconds(1));
    operations.start(
        thing,
        new TaskStart(time.uuid(), WORK.value(), false, false, args, "{}", LIST, "key:test"),
        BY);
    time.advance(ofSeconds(1));
    return run();
  }

  private TaskRow run() {
    return store.task(thing, WORK.value()).orElseThrow();
  }

  private void send() {
    SubjectKey key = run().key();
    operations.signal(
        new SignalRow(time.uuid(), key, "nudge", "{\"level\":0}", "key:test", time.now()), BY);
    time.advance(ofSeconds(1));
  }

  private void endsAfterItsExit() {
    operations.abort(run().key().uuid(), OptionalLong.empty(), BY);
    time.advance(ofSeconds(1));
    assertThat(cleaned).isEqualTo(1);
    assertThat(run().machine().active()).as("%s", run()).isFalse();
  }

  @Test
  void anArgumentThatDoesNotPassItsCheckPanicsWhereItIsReadAndLetsTheExitRun() {
    reads = true;
    assertThat(start("{\"level\":0}").machine().state()).isEqualTo("__panic__");
    endsAfterItsExit();
  }

  @Test
  void aSignalThatDoesNotPassItsCheckPanicsWhereItIsReadAndLetsTheExitRun() {
    assertThat(start("{}").machine().state()).isEqualTo("waiting");
    reads = true;
    send();
    assertThat(run().machine().state()).isEqualTo("__panic__");
    endsAfterItsExit();
  }

  @Test
  void whatNobodyReadsIsInNobodysWay() {
    assertThat(start("{\"level\":0}").machine().state()).isEqualTo("waiting");
    send();
    assertThat(run().machine().state()).isEqualTo("waiting");
    endsAfterItsExit();
  }
}

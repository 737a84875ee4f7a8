package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.BuiltIn.RESTART_TASK;
import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.InvalidTypes;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes and what takes down is started by its resource alone. */
final class InternalTest {
  private static final TaskName WIPE = TaskName.of("wipe");
  private static final TaskName STOP_TASK = TaskName.of("__stop__");

  enum State {
    UP
  }

  enum Step {
    WORK
  }

  private static final TaskType<Step> TASK =
      TaskType.of(WIPE, state(Step.WORK).decide(t -> t.finish()).finishes());

  private static ResourceType<State> disk(TaskName ensured) {
    return ResourceType.of("disk", state(State.UP).decide(t -> t.stay().ensure(ensured)).rests());
  }

  @Test
  void aStateStartsAnInternalTaskOfItsResource() {
    Simulation disk = Simulation.of(disk(WIPE).tasks(TASK.internal()));
    disk.advance(Duration.ofSeconds(5));
    assertThat(disk.runs(WIPE)).isPositive();
  }

  @Test
  void anInternalTaskThatAPersonStopsIsStartedAgainSinceNobodyElseCould() {
    TaskType<Step> waiting = TaskType.of(WIPE, state(Step.WORK).decide(t -> t.stay()).waits());
    Simulation disk = Simulation.of(disk(WIPE).tasks(waiting.internal()));
    disk.advance(Duration.ofSeconds(5));
    disk.stop(WIPE);
    disk.advance(Duration.ofSeconds(5));
    assertThat(disk.task(WIPE)).isEqualTo(TaskStatus.RUNNING);
    assertThat(disk.runs(WIPE)).isEqualTo(2);

    Simulation other = Simulation.of(disk(WIPE).tasks(waiting));
    other.advance(Duration.ofSeconds(5));
    other.stop(WIPE);
    other.advance(Duration.ofMinutes(10));
    assertThat(other.task(WIPE)).as("one that a person may start").isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void codeThatStartsWhatTakesItDownPanics() {
    Simulation disk = Simulation.of(disk(STOP_TASK).onStop(TASK));
    disk.advance(Duration.ofSeconds(5));
    assertThat(disk.state()).isEqualTo("__panic__");
    assertThat(disk.errors()).asString().contains("Refused", "starts __stop__");
    assertThat(disk.task(STOP_TASK)).isEqualTo(TaskStatus.ABSENT);
  }

  @Test
  void whatTakesItDownRepairsNothing() {
    assertThatThrownBy(
            () ->
                TypeSet.of(
                    List.of(
                        disk(STOP_TASK)
                            .onStop(TASK)
                            .alarms(
                                alarm("full", s -> true)
                                    .repair(STOP_TASK, 1, Duration.ofHours(1))))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("alarm full is repaired by __stop__, which Toygun itself starts");
  }

  @Test
  void aRestartIsOfferedAnywayAndNotSuggested() {
    assertThatThrownBy(
            () ->
                TypeSet.of(
                    List.of(
                        disk(WIPE)
                            .onRestart(TASK.within(Duration.ofMinutes(1)))
                            .alarms(alarm("full", s -> true).suggest(RESTART_TASK)))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining(
            "alarm full suggests a restart, which is offered of every resource that has one");
  }

  @Test
  void whatNobodyMayStartIsNotSuggested() {
    assertThatThrownBy(
            () ->
                TypeSet.of(
                    List.of(
                        disk(WIPE)
                            .tasks(TASK.internal())
                            .alarms(alarm("full", s -> true).suggest(WIPE)))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("alarm full suggests wipe, which no person may start");
  }

  @Test
  void whatTakesItDownIsNotThereUnderANameThatAnybodyMayStart() {
    ResourceType<State> type = disk(WIPE).onStop(TASK);
    assertThatThrownBy(() -> TypeSet.of(List.of(type.tasks(TASK))))
        .isInstanceOf(InvalidTypes.class)
        .hasMessageContaining("task wipe is its onStop task too");
    assertThatCode(() -> TypeSet.of(List.of(type.tasks(TASK.internal()))))
        .doesNotThrowAnyException();
  }
}

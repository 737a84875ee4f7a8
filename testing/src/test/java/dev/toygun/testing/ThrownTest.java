package dev.toygun.testing;

import static dev.toygun.AlarmType.alarm;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

/** Errors of which nobody thinks are failed tries too, wherever a user's code throws them. */
class ThrownTest {
  private static final TaskName WORK = TaskName.of("work");

  enum State {
    ONLY
  }

  private static Error thrown() {
    return new ServiceConfigurationError("no provider");
  }

  private static ResourceType<State> box() {
    return ResourceType.of("box", state(State.ONLY).decide(t -> t.stay().ensure(WORK)).rests());
  }

  @Test
  void aStepThatThrowsOnePanicsAfterItsTries() {
    Simulation box =
        Simulation.of(
            box()
                .tasks(
                    TaskType.of(
                        WORK,
                        state(State.ONLY)
                            .decide(
                                t -> {
                                  throw thrown();
                                })
                            .finishes())));
    box.advance(ofMinutes(10));
    assertThat(box.task(WORK)).isEqualTo(TaskStatus.PANICKED);
    assertThat(box.errors()).isNotEmpty().allMatch(error -> error.contains("no provider"));
  }

  @Test
  void aFieldsCheckThatThrowsOneFailsTheStepThatWrote() {
    Field<String> name =
        Field.text("name")
            .check(
                text -> {
                  throw thrown();
                });
    Simulation box =
        Simulation.of(
            box()
                .fields(name)
                .tasks(
                    TaskType.of(
                        WORK,
                        state(State.ONLY).decide(t -> t.finish().with(name, "x")).finishes())));
    box.advance(ofMinutes(10));
    assertThat(box.task(WORK)).isEqualTo(TaskStatus.PANICKED);
    assertThat(box.errors()).isNotEmpty().allMatch(error -> error.contains("no provider"));
  }

  @Test
  void aConditionThatThrowsOneIsAnAlarm() {
    Simulation box =
        Simulation.of(
            ResourceType.of("box", state(State.ONLY).decide(t -> t.stay()).rests())
                .alarms(
                    alarm(
                        "odd",
                        s -> {
                          throw thrown();
                        })));
    box.advance(ofMinutes(1));
    assertThat(box.alarms()).containsExactly("box: odd");
    assertThat(box.alarm("odd").message()).contains("its condition threw", "no provider");
  }
}

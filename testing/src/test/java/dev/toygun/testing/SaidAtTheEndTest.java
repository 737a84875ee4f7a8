package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import org.junit.jupiter.api.Test;

/** What a simulation says of itself in the message of an assertion. */
class SaidAtTheEndTest {
  private static final TaskName WORK = TaskName.of("work");

  private boolean works;

  enum State {
    UP
  }

  @Test
  void aPanicThatNobodyHandledIsInIt() {
    Simulation box =
        Simulation.of(
            ResourceType.of("box", state(State.UP).decide(t -> t.stay().ensure(WORK)).rests())
                .tasks(
                    TaskType.of(
                        WORK,
                        state(State.UP)
                            .decide(t -> works ? t.finish() : t.panic("NoDisk", "sda is gone"))
                            .finishes())));
    box.advance(ofMinutes(1));
    assertThat(box.toString()).contains("\nalarm box/work: panic, NoDisk: sda is gone");
    works = true;
    box.retry(WORK);
    box.advance(ofMinutes(1));
    assertThat(box.toString()).as("%s", box.alarms()).doesNotContain("alarm ");
  }
}

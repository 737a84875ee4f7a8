package dev.toygun.testing;

import static dev.toygun.StateDef.forSignal;
import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.store.Refusal;
import org.junit.jupiter.api.Test;

/** Signals in a simulation are refused where the API refuses them. */
class SimulatedSignalsTest {
  private static final TaskName WORK = TaskName.of("work");
  private static final SignalType GO = SignalType.of("go");
  private static final SignalType HALT = SignalType.of("halt");

  enum One {
    ONLY
  }

  private final Simulation thing =
      Simulation.of(
              ResourceType.of(
                      "thing",
                      state(One.ONLY)
                          .decide(t -> t.stay().ensure(WORK))
                          .rests()
                          .waits(forSignal(HALT)))
                  .tasks(
                      TaskType.of(
                          WORK, state(One.ONLY).decide(t -> t.stay()).waits(forSignal(GO)))))
          .advance(ofSeconds(5));

  @Test
  void whatNoStateOfTheResourceWaitsForIsRefused() {
    thing.signal(HALT, Values.NONE);
    assertThatThrownBy(() -> thing.signal(GO, Values.NONE))
        .isInstanceOf(Refusal.class)
        .hasMessage("nothing here waits for a signal 'go': it takes halt");
    assertThat(thing.store().signals(thing.row().key())).hasSize(1);
  }

  @Test
  void whatWaitsForNoneSaysSo() {
    Simulation mute =
        Simulation.of(ResourceType.of("mute", state(One.ONLY).decide(t -> t.stay()).rests()));
    mute.advance(ofSeconds(5));
    assertThatThrownBy(() -> mute.signal(GO, Values.NONE))
        .hasMessage("nothing here waits for a signal 'go', nor for any other");
  }

  @Test
  void whatNoStateOfTheTaskWaitsForIsRefused() {
    thing.signal(WORK, GO, Values.NONE);
    assertThatThrownBy(() -> thing.signal(WORK, HALT, Values.NONE))
        .isInstanceOf(Refusal.class)
        .hasMessage("nothing here waits for a signal 'halt': it takes go");
  }
}

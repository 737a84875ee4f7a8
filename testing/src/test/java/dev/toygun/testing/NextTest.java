package dev.toygun.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Next;
import dev.toygun.Values;
import org.junit.jupiter.api.Test;

/** What a step may answer. */
class NextTest {
  private enum State {
    ONLY
  }

  @Test
  void aChildHasALabel() {
    Next<State> stay = TestTick.in(State.ONLY).build().stay();
    assertThatThrownBy(() -> stay.create("disk", " ", Values.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("disk")
        .hasMessageContaining("label");
  }
}

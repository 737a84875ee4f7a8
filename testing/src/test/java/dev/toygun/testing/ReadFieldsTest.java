package dev.toygun.testing;

import static dev.toygun.StateDef.state;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.ResourceView;
import dev.toygun.Signal;
import dev.toygun.Values;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A field that must be there is read alike of a tick, of values, of a signal and of another
 * resource.
 */
class ReadFieldsTest {
  private static final Field<String> IMAGE = Field.text("image");
  private static final Field<Long> SIZE = Field.integer("size").initially(3L);
  private static final Field<String> NOTE = Field.text("note");

  enum State {
    UP
  }

  @Test
  void ofValues() {
    Values values = Values.of(IMAGE, "v1");
    assertThat(values.get(IMAGE)).isEqualTo("v1");
    assertThat(values.get(SIZE)).isEqualTo(3L);
    assertThatThrownBy(() -> values.get(NOTE))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("field 'note' is not set");
  }

  @Test
  void ofASignal() {
    Signal signal =
        new Signal(new UUID(0, 1), "built", Values.of(IMAGE, "v1"), "key:ci", Instant.EPOCH);
    assertThat(signal.find(IMAGE)).contains("v1");
    assertThat(signal.get(IMAGE)).isEqualTo("v1");
    assertThat(signal.get(SIZE)).isEqualTo(3L);
    assertThat(signal.find(NOTE)).isEmpty();
    assertThatThrownBy(() -> signal.get(NOTE))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("field 'note' of signal built is not set");
  }

  @Test
  void ofAnotherResource() {
    Simulation pool =
        Simulation.of(
            ResourceType.of(
                    "pool",
                    state(State.UP)
                        .decide(t -> t.stay().create("node", "a", Values.of(IMAGE, "v1")))
                        .rests())
                .children("node"),
            ResourceType.of("node", state(State.UP).decide(t -> t.stay()).rests())
                .fields(IMAGE, SIZE, NOTE));
    pool.advance(ofSeconds(5));
    ResourceView node = pool.children("node").get(0);
    assertThat(node.get(IMAGE)).isEqualTo("v1");
    assertThat(node.get(SIZE)).isEqualTo(3L);
    assertThatThrownBy(() -> node.get(NOTE))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("field 'note' of node a is not set");
  }
}

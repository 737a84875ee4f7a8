package dev.toygun.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Cause;
import dev.toygun.store.Outcome;
import dev.toygun.store.Outcome.Said;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Wake;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said again costs nothing. */
class SayingsTest {
  private final Sayings sayings = new Sayings();

  private static Outcome says(int subject, long step, String text, Wake... wakes) {
    Stamp stamp =
        new Stamp(Cause.CLOCK, "system", "w", "b", new UUID(0, 1), null, Stamp.Delays.NONE);
    return new Outcome(
        SubjectKey.ofResource(new UUID(1, subject)),
        1,
        0,
        null,
        null,
        List.of(),
        List.of(),
        new Said(step, text),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        Set.of(wakes),
        stamp,
        null);
  }

  @Test
  void whatWasWrittenIsNoNews() {
    Outcome first = says(1, 3, "full");
    assertThat(sayings.news(first)).contains(first);
    assertThat(sayings.news(first)).as("it is not written yet").contains(first);
    sayings.written(first);
    assertThat(sayings.news(says(1, 3, "full"))).isEmpty();
  }

  @Test
  void whatElseComesOfItIsNotForgotten() {
    sayings.written(says(1, 3, "full"));
    assertThat(sayings.news(says(1, 3, "full", Wake.RESOURCE)))
        .hasValueSatisfying(
            left -> {
              assertThat(left.said()).isNull();
              assertThat(left.wakesUp()).containsExactly(Wake.RESOURCE);
            });
  }

  @Test
  void anotherSentenceAnotherStepAndAnotherSubjectAreNews() {
    sayings.written(says(1, 3, "full"));
    assertThat(sayings.news(says(1, 3, "empty"))).isPresent();
    assertThat(sayings.news(says(1, 4, "full"))).isPresent();
    assertThat(sayings.news(says(2, 3, "full"))).isPresent();
    sayings.written(says(1, 3, "empty"));
    assertThat(sayings.news(says(1, 3, "full"))).isPresent();
  }
}

package dev.toygun.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Cause;
import dev.toygun.store.ChildDelete;
import dev.toygun.store.Outcome;
import dev.toygun.store.Outcome.Said;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Wake;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said again costs nothing. */
class SayingsTest {
  private long nanos;
  private final Sayings sayings = new Sayings(() -> nanos);

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
        ChildDelete.NONE,
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
  void howManyEverSayItInTurnTheSecondTimeIsNoNews() {
    int subjects = 20_000;
    for (int i = 0; i < subjects; i++) {
      sayings.written(says(i, 3, "full"));
    }
    for (int i = 0; i < subjects; i++) {
      assertThat(sayings.news(says(i, 3, "full"))).isEmpty();
    }
  }

  @Test
  void itIsNewsAgainAfterAWhileForAnotherWorkerMayHaveSaidSomethingElse() {
    Sayings other = new Sayings(() -> nanos);
    sayings.written(says(1, 3, "full"));
    other.written(says(1, 3, "empty"));
    nanos += Duration.ofSeconds(30).toNanos();
    assertThat(sayings.news(says(1, 3, "full"))).as("for a while nobody asks").isEmpty();
    nanos += Duration.ofSeconds(91).toNanos();
    assertThat(sayings.news(says(1, 3, "full"))).as("the store knows").isPresent();
  }

  @Test
  void whatIsSaidOftenIsAskedOfTheStoreNowAndThen() {
    sayings.written(says(1, 3, "full"));
    int asked = 0;
    for (int second = 0; second < 600; second++) {
      nanos += Duration.ofSeconds(1).toNanos();
      if (sayings.news(says(1, 3, "full")).isPresent()) {
        sayings.written(says(1, 3, "full"));
        asked++;
      }
    }
    assertThat(asked).isBetween(4, 10);
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

package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.ApiKeys;
import dev.toygun.testing.VirtualTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys that are not remembered, asked of a database that answers when it is told to. */
class StrangersTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";

  private final VirtualTime time = new VirtualTime(1);
  private final List<Set<String>> questions = new ArrayList<>();
  private final Deque<Promise<Map<String, ApiKeys.Stored>>> answers = new ArrayDeque<>();
  private final Strangers<ApiKeys.Stored> strangers =
      new Strangers<>(
          prefixes -> {
            questions.add(prefixes);
            Promise<Map<String, ApiKeys.Stored>> answer = Promise.promise();
            answers.add(answer);
            return answer.future();
          },
          time);

  private static ApiKeys.Stored stored(String prefix) {
    ApiKeys.Key key =
        new ApiKeys.Key(
            new UUID(0, 0),
            "name",
            prefix,
            "viewer",
            "test",
            Instant.EPOCH,
            null,
            null,
            null,
            "{}");
    return new ApiKeys.Stored(key, Buffer.buffer(new byte[32]));
  }

  /** Answers the one question there is: of all prefixes the database has these. */
  private void answer(String... has) {
    Map<String, ApiKeys.Stored> found = new HashMap<>();
    for (String prefix : has) {
      found.put(prefix, stored(prefix));
    }
    answers.remove().complete(found);
  }

  /** As many guesses as an address has at once. */
  private void guess() {
    for (int i = 0; i < 100; i++) {
      strangers.find("guess" + i, HERE);
    }
    answer();
    answer();
    questions.clear();
  }

  private static int pause(Future<?> refused) {
    assertThat(refused.cause()).isInstanceOf(Problem.class);
    Problem problem = (Problem) refused.cause();
    assertThat(problem.status()).isEqualTo(429);
    return Integer.parseInt(String.valueOf(problem.headers().get("Retry-After")));
  }

  @Test
  void thereIsOneQuestionAtATimeForAllWhoCameMeanwhile() {
    Future<ApiKeys.Stored> first = strangers.find("a", HERE);
    Future<ApiKeys.Stored> second = strangers.find("b", THERE);
    Future<ApiKeys.Stored> third = strangers.find("c", HERE);
    Future<ApiKeys.Stored> again = strangers.find("b", HERE);
    assertThat(questions).containsExactly(Set.of("a"));
    answer("a");
    assertThat(questions).containsExactly(Set.of("a"), Set.of("b", "c"));
    assertThat(first.result().key().prefix()).isEqualTo("a");
    assertThat(second.isComplete()).isFalse();
    answer("b");
    assertThat(second.result()).isSameAs(again.result()).isNotNull();
    assertThat(third.succeeded()).isTrue();
    assertThat(third.result()).isNull();
    assertThat(answers).isEmpty();
  }

  @Test
  void whoGuessesTooOftenIsNotAskedFor() {
    guess();
    assertThat(pause(strangers.find("guess", HERE))).isEqualTo(1);
    assertThat(questions).isEmpty();
    strangers.find("guess", THERE);
    assertThat(questions).containsExactly(Set.of("guess"));
  }

  @Test
  void keysThatSomebodyHasAreNoGuesses() {
    for (int i = 0; i < 300; i++) {
      strangers.find("key" + i, HERE);
      answer("key" + i);
    }
    assertThat(questions).hasSize(300);
  }

  @Test
  void whoWaitedIsAskedForWhateverElseComesFromItsAddress() {
    guess();
    assertThat(pause(strangers.find("mine", HERE))).isEqualTo(1);
    time.advance(Duration.ofMillis(400));
    assertThat(pause(strangers.find("mine", HERE))).as("what is left").isEqualTo(1);
    time.advance(Duration.ofMillis(600));
    strangers.find("other", HERE);
    answer();
    assertThat(pause(strangers.find("another", HERE))).isEqualTo(1);
    Future<ApiKeys.Stored> mine = strangers.find("mine", HERE);
    answer("mine");
    assertThat(mine.result()).isNotNull();
    assertThat(questions).containsExactly(Set.of("other"), Set.of("mine"));
    assertThat(pause(strangers.find("mine", HERE))).as("a pause is good for once").isEqualTo(1);
  }

  @Test
  void soManyWaitAndNoMore() {
    for (int i = 0; i <= 1000; i++) {
      strangers.find("key" + i, HERE);
    }
    assertThat(pause(strangers.find("more", THERE))).isEqualTo(1);
    Future<ApiKeys.Stored> joined = strangers.find("key1000", THERE);
    answer();
    assertThat(questions.get(1)).hasSize(1000);
    answer("key1000");
    assertThat(joined.result()).isNotNull();
  }

  @Test
  void aDatabaseThatIsAwayFailsWhoWasAskedForAndNobodyElse() {
    Future<ApiKeys.Stored> first = strangers.find("a", HERE);
    Future<ApiKeys.Stored> second = strangers.find("b", HERE);
    answers.remove().fail("away");
    assertThat(first.failed()).isTrue();
    answer("b");
    assertThat(second.result()).isNotNull();
  }
}

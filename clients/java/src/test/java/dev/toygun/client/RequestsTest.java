package dev.toygun.client;

import static dev.toygun.client.Options.ifMatch;
import static dev.toygun.client.Peer.NOTHING;
import static dev.toygun.client.Peer.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request when things go wrong. */
class RequestsTest {
  private static final NamedResource ECHO = EveryCall.R;
  private static final Peer.Said QUIET =
      said(
          503,
          """
          {"code": "unavailable", "detail": "the database does not answer", "trace_id": "t1"}""");
  private static final Peer.Said UNDER_WAY =
      said(
          409,
          """
          {"code": "in_progress", "detail": "try again soon"}""");

  private static Peer.Said later(int seconds) {
    return new Peer.Said(429, Map.of("Retry-After", String.valueOf(seconds)), "{}");
  }

  private final VirtualTime time = new VirtualTime();

  @Test
  void whatIsReadIsReadAgain() throws IOException {
    try (Peer peer = Peer.answering(QUIET, QUIET, later(7), said(200, "{\"state\": \"up\"}"));
        Toygun toygun = peer.client(time)) {
      assertThat(toygun.resources().get(ECHO).state()).isEqualTo("up");
      assertThat(peer.asked).hasSize(4);
      assertThat(time.pauses).hasSize(3);
      assertThat(time.pauses.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(time.pauses.get(1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
      assertThat(time.pauses.get(2)).isEqualTo(Duration.ofSeconds(7));
    }
  }

  @Test
  void aChangeIsSentAgainUnderTheSameName() throws IOException {
    try (Peer peer = Peer.answering(QUIET, NOTHING, UNDER_WAY, said(200, "{}"));
        Toygun toygun = peer.client(time)) {
      toygun.resources().update(ECHO, Map.of("price", new BigDecimal("1.10")), ifMatch(7));
      Set<String> names = new HashSet<>();
      Set<String> bodies = new HashSet<>();
      for (Peer.Asked one : peer.asked) {
        names.add(String.valueOf(one.header("Idempotency-Key")));
        bodies.add(one.body());
        assertThat(one.header("If-Match")).isEqualTo("\"7\"");
        assertThat(one.header("Content-Type")).isEqualTo("application/json");
      }
      assertThat(peer.asked).hasSize(4);
      assertThat(names).hasSize(1).doesNotContain("null");
      assertThat(bodies).containsExactly("{\"fields\":{\"price\":\"1.10\"}}");
    }
  }

  @Test
  void whatIsUnderWayIsAskedAboutForLongerThanThereAreTries() throws IOException {
    List<Peer.Said> all = Collections.nCopies(500, UNDER_WAY);
    try (Peer peer = Peer.answering(all.toArray(Peer.Said[]::new));
        Toygun toygun = peer.client(time)) {
      assertThatThrownBy(() -> toygun.resources().retry(ECHO)).isInstanceOf(Problem.Conflict.class);
      assertThat(peer.asked).hasSizeBetween(30, 60);
      assertThat(time.passed()).isBetween(Duration.ofSeconds(140), Duration.ofSeconds(150));
      assertThat(time.pauses)
          .allSatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(6)));
    }
  }

  @Test
  void withOneTryNothingIsAskedAboutAgain() throws IOException {
    for (Peer.Said answer : List.of(UNDER_WAY, QUIET, NOTHING, later(0))) {
      try (Peer peer = Peer.answering(answer);
          Toygun toygun = peer.client().tries(1).build()) {
        assertThatThrownBy(() -> toygun.resources().retry(ECHO)).isInstanceOf(Problem.class);
        assertThat(peer.asked).hasSize(1);
      }
    }
  }

  @Test
  void aCallerMayNameAChangeWhichStaysOnlyCheckedIfItIs() throws IOException {
    try (Peer peer = Peer.answering(asked -> said(200, "{\"valid\": true}"));
        Toygun toygun = peer.client(time)) {
      toygun.once("order-17").dry().resources().delete(ECHO);
      toygun.dry().once("order-17").resources().delete(ECHO);
      assertThat(peer.asked)
          .hasSize(2)
          .allSatisfy(
              one -> {
                assertThat(one.header("Idempotency-Key")).isEqualTo("order-17");
                assertThat(one.target()).contains("validate_only=true");
              });
      assertThatThrownBy(() -> toygun.once("order-17").keys().create("ci", "viewer"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes no Idempotency-Key");
      assertThatThrownBy(() -> toygun.dry().holds().release(ECHO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has no validate_only");
      assertThatThrownBy(() -> toygun.once("ü")).isInstanceOf(IllegalArgumentException.class);
      assertThat(peer.asked).hasSize(2);
    }
  }

  @Test
  void whatHasNoNameIsSentAgainOnlyIfItWasNotLetIn() throws IOException {
    try (Peer peer = Peer.answering(later(0), QUIET, said(201, "{}"));
        Toygun toygun = peer.client(time)) {
      assertThatThrownBy(() -> toygun.keys().create("ci", "viewer"))
          .isInstanceOf(Problem.Unavailable.class);
      assertThat(peer.asked)
          .hasSize(2)
          .allSatisfy(one -> assertThat(one.header("Idempotency-Key")).isNull());
    }
    try (Peer peer = Peer.answering(NOTHING);
        Toygun toygun = peer.client(time)) {
      assertThatThrownBy(() -> toygun.resources().reveal(ECHO, "token", "why"))
          .isInstanceOf(Problem.Unreachable.class);
      assertThat(peer.asked).hasSize(1);
    }
  }

  @Test
  void triesHaveAnEnd() throws IOException {
    try (Peer peer = Peer.answering(asked -> QUIET);
        Toygun toygun = peer.client(time)) {
      Problem problem =
          catchThrowableOfType(Problem.Unavailable.class, () -> toygun.resources().get(ECHO));
      assertThat(peer.asked).hasSize(5);
      assertThat(problem.code()).isEqualTo("unavailable");
      assertThat(problem.traceId()).isEqualTo("t1");
      assertThat(problem).hasMessageContaining("trace_id t1");
    }
  }

  @Test
  void nobodyWaitsForLongBecauseHeIsToldTo() throws IOException {
    try (Peer peer = Peer.answering(later(31));
        Toygun toygun = peer.client(time)) {
      Problem problem =
          catchThrowableOfType(Problem.RateLimited.class, () -> toygun.resources().get(ECHO));
      assertThat(problem.retryAfter()).contains(Duration.ofSeconds(31));
      assertThat(time.pauses).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400,BadRequest",
    "401,Unauthenticated",
    "403,Denied",
    "404,NotFound",
    "405,BadRequest",
    "409,Conflict",
    "412,PreconditionFailed",
    "413,BadRequest",
    "415,BadRequest",
    "422,BadRequest",
    "429,RateLimited",
    "500,Problem",
    "502,Unavailable",
    "504,Unavailable"
  })
  void eachProblemHasItsType(int status, String kind) throws IOException {
    String body =
        """
        {"code": "c", "detail": "d", "errors": [{"pointer": "/fields/x", "detail": "no"}],
         "trace_id": "t"}""";
    try (Peer peer = Peer.answering(said(status, body));
        Toygun toygun = peer.client().tries(1).build()) {
      Problem problem = catchThrowableOfType(Problem.class, toygun::health);
      assertThat(problem.getClass().getSimpleName()).isEqualTo(kind);
      assertThat(problem.status()).isEqualTo(status);
      assertThat(problem.detail()).isEqualTo("d");
      assertThat(problem.errors()).containsExactly(new Problem.Violation("/fields/x", "no"));
      assertThat(problem)
          .hasMessageContaining(status + " c: d")
          .hasMessageContaining("/fields/x: no");
    }
  }

  @Test
  void aPageOfAProxyIsAProblemToo() throws IOException {
    try (Peer peer = Peer.answering(said(502, "<html>bad gateway"), said(200, "<html>hello"));
        Toygun toygun = peer.client().tries(1).build()) {
      Problem problem = catchThrowableOfType(Problem.Unavailable.class, toygun::health);
      assertThat(problem.detail()).isEqualTo("the API answered 502");
      assertThatThrownBy(toygun::health)
          .isInstanceOf(ToygunException.class)
          .hasMessageContaining("no JSON");
    }
  }

  @Test
  void whetherItIsReadyIsAskedOnce() throws IOException {
    String body = "{\"ready\": false, \"reasons\": [\"postgres\"]}";
    try (Peer peer = Peer.answering(said(503, body), QUIET);
        Toygun toygun = peer.client(time)) {
      Ready ready = toygun.ready();
      assertThat(ready.ready()).isFalse();
      assertThat(ready.reasons()).containsExactly("postgres");
      assertThatThrownBy(toygun::ready).isInstanceOf(Problem.Unavailable.class);
      assertThat(peer.asked).hasSize(2);
    }
  }

  @Test
  void aListAsksForAPageWhenItIsNeededAndEachLoopBeginsAnew() throws IOException {
    try (Peer peer =
            Peer.answering(
                asked ->
                    said(
                        200,
                        asked.target().contains("page_token=2")
                            ? "{\"items\": [{\"name\": \"c\"}], \"next_page_token\": null}"
                            : "{\"items\": [{\"name\": \"a\"}, {\"name\": \"b\"}],"
                                + " \"next_page_token\": \"2\"}"));
        Toygun toygun = peer.client(time)) {
      Listing<Type> types = toygun.types().list();
      assertThat(peer.asked).isEmpty();
      Iterator<Type> loop = types.iterator();
      assertThat(loop.next().name()).isEqualTo("a");
      assertThat(loop.next().name()).isEqualTo("b");
      assertThat(peer.asked).hasSize(1);
      assertThat(loop.next().name()).isEqualTo("c");
      assertThat(loop.hasNext()).isFalse();
      assertThat(types.stream().map(Type::name)).containsExactly("a", "b", "c");
      assertThat(peer.asked).hasSize(4);
    }
  }

  @Test
  void anInterruptedThreadIsLetGo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (Peer peer =
            Peer.answering(
                one -> {
                  asked.countDown();
                  try {
                    over.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return NOTHING;
                });
        Toygun toygun = peer.client().build()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      AtomicReference<Boolean> marked = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  toygun.health();
                } catch (ToygunException e) {
                  thrown.set(e);
                  marked.set(Thread.currentThread().isInterrupted());
                }
              });
      thread.start();
      asked.await();
      thread.interrupt();
      thread.join();
      over.countDown();
      assertThat(thrown.get()).isInstanceOf(Interrupted.class);
      assertThat(marked.get()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "get"})
  void nothingIsAskedOnceItIsClosed(String what) throws IOException {
    try (Peer peer = Peer.answering(said(200, "{}"))) {
      Toygun toygun = peer.client(time);
      toygun.close();
      assertThatThrownBy(
              () -> {
                if (what.equals("get")) {
                  toygun.resources().get(ECHO);
                } else {
                  toygun.once("x").resources().retry(ECHO);
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this client is closed");
      assertThat(peer.asked).isEmpty();
    }
  }
}

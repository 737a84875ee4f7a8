package dev.toygun.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.toygun.time.Stopwatch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether whoever watches is told, by an API that speaks as ours does, or not at all. */
class StirringTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final CountDownLatch moves = new CountDownLatch(1);
  private final CountDownLatch ends = new CountDownLatch(1);
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private volatile int status = 200;

  StirringTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/events", this::follow);
    server.start();
  }

  @AfterEach
  void stop() {
    ends.countDown();
    moves.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void follow(HttpExchange exchange) throws IOException {
    asked.set(exchange.getRequestURI().toString());
    exchange.sendResponseHeaders(status, status == 200 ? 0 : -1);
    try (OutputStream out = exchange.getResponseBody()) {
      if (status == 200) {
        say(out, ": here\n\n");
        await(moves);
        say(out, "id: 1\nevent: move\ndata: {\"to\":\"quiet\"}\n\n");
        await(ends);
      }
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Stirring of(Duration followed) {
    Api api = new Api("http://127.0.0.1:" + server.getAddress().getPort(), "a-key");
    return Stirring.of(api, "a-uuid", followed);
  }

  @Test
  void aMoveIsToldAtOnceAndOnlyOnce() {
    try (Stirring stirring = of(LONG)) {
      assertThat(asked.get()).isEqualTo("/v1/events?resource=a-uuid");
      moves.countDown();
      Stopwatch watch = Stopwatch.start();
      assertThat(stirring.await(LONG)).isTrue();
      assertThat(watch.elapsed()).isLessThan(LONG.dividedBy(2));
      watch = Stopwatch.start();
      assertThat(stirring.await(Duration.ofMillis(300))).isTrue();
      assertThat(watch.elapsed()).as("nothing else is told").isGreaterThan(Duration.ofMillis(250));
    }
  }

  @Test
  void whereEventsCannotBeFollowedItIsTimeToLookAgainSoon() {
    status = 429;
    try (Stirring stirring = of(LONG)) {
      Stopwatch watch = Stopwatch.start();
      assertThat(stirring.await(LONG)).isTrue();
      assertThat(watch.elapsed()).isBetween(Duration.ofMillis(400), LONG.dividedBy(2));
    }
  }

  @Test
  void whatIsNoMoveIsLookedForAfterAWhile() {
    try (Stirring stirring = of(Duration.ofMillis(300))) {
      Stopwatch watch = Stopwatch.start();
      assertThat(stirring.await(LONG)).isTrue();
      assertThat(watch.elapsed()).isLessThan(LONG.dividedBy(2));
    }
  }
}

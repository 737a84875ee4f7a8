package dev.toygun.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.toygun.trace.Spans.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans reach a real collector, as far as one that keeps what it is sent is one. */
class OtlpSpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  private record Sent(String path, String authorization, String body) {
    boolean has(String hex) {
      return body.contains(new String(HexFormat.of().parseHex(hex), ISO_8859_1));
    }
  }

  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

  @SuppressWarnings("NullAway.Init")
  private HttpServer collector;

  @BeforeEach
  void collect() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            sent.add(
                new Sent(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(header),
                    new String(body, ISO_8859_1)));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  private OtlpSpans spans(Optional<String> authorization) {
    URI base = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
    return new OtlpSpans(base, authorization, Map.of("service.name", "toygun-worker"));
  }

  private static Span span(String name, @Nullable String parent, @Nullable String error) {
    Instant begun = Instant.parse("2030-01-01T00:00:00Z");
    return new Span(
        TRACE,
        parent,
        Spans.Kind.MESSAGE,
        name,
        begun,
        begun.plusMillis(7),
        Map.of("toygun.state", "watch"),
        error);
  }

  @Test
  void whatWaitsIsSentBeforeTheEndUnderTheTraceThatWasGiven() throws Exception {
    try (OtlpSpans spans = spans(Optional.of("Bearer canary"))) {
      spans.ended(span("tick website/monitor watch", CALLER, null));
      spans.ended(span("tick website/monitor again", null, "BadAddress"));
    }
    Sent one = sent.poll(10, TimeUnit.SECONDS);
    assertThat(one).isNotNull();
    assertThat(one.path()).isEqualTo("/v1/traces");
    assertThat(one.authorization()).isEqualTo("Bearer canary");
    assertThat(one.body())
        .contains("tick website/monitor watch", "tick website/monitor again")
        .contains("toygun-worker", "toygun.state", "BadAddress");
    assertThat(one.has(TRACE)).isTrue();
    assertThat(one.has(CALLER)).isTrue();
    assertThat(one.body().split(new String(HexFormat.of().parseHex(TRACE), ISO_8859_1), -1))
        .as("both are of this trace")
        .hasSize(3);
    assertThat(one.body()).doesNotContain(new String("canary".getBytes(UTF_8), ISO_8859_1));
  }

  /** Nobody waits for it, and nothing fails. */
  @Test
  void whatACollectorDoesNotTakeIsLost() {
    OtlpSpans spans = spans(Optional.empty());
    collector.stop(0);
    for (int i = 0; i < 5_000; i++) {
      spans.ended(span("tick", null, null));
    }
    spans.close();
    assertThat(sent).isEmpty();
  }
}

package dev.toygun.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that answers what a test says, and notes what it was asked. */
final class Peer implements AutoCloseable {
  /** What a test's client says that it is. */
  static final String KEY = "tgk_0123456789abcdef";

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Function<Asked, Said> answer;

  /** One request. */
  record Asked(String method, String target, Map<String, String> headers, String body) {
    @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * One answer.
   *
   * @param status 0 to hang up without one
   * @param over before which it does not end; null where it is whole at once
   */
  record Said(int status, Map<String, String> headers, String body, @Nullable CountDownLatch over) {
    Said(int status, Map<String, String> headers, String body) {
      this(status, headers, body, null);
    }
  }

  /** Hangs up. */
  static final Said NOTHING = new Said(0, Map.of(), "");

  static Said said(int status, String body) {
    return new Said(status, Map.of(), body);
  }

  /** A stream of events that has these lines and ends. */
  static Said stream(String... lines) {
    return new Said(
        200, Map.of("Content-Type", "text/event-stream"), String.join("\n", lines) + "\n\n");
  }

  private Peer(HttpServer server, Function<Asked, Said> answer) {
    this.server = server;
    this.answer = answer;
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  static Peer answering(Function<Asked, Said> answer) throws IOException {
    return new Peer(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), answer);
  }

  /** Answers one after the other, and then that there are no more. */
  static Peer answering(Said... answers) throws IOException {
    Deque<Said> left = new ArrayDeque<>(Arrays.asList(answers));
    return answering(
        asked -> {
          synchronized (left) {
            return left.isEmpty() ? said(500, "{\"code\": \"no_more_answers\"}") : left.remove();
          }
        });
  }

  /** A stream of events that begins with these lines, and ends without more once that is over. */
  static Said silentUntil(CountDownLatch over, String... lines) {
    return new Said(200, Map.of(), String.join("\n", lines) + "\n\n", over);
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  Toygun.Builder client() {
    return Toygun.builder().url(url()).key(KEY);
  }

  /** A client for which time passes only where it waits. */
  Toygun client(VirtualTime time) {
    return client().build(new Found(Map.of(), Path.of(""), "", ""), time);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      Asked request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      asked.add(request);
      Said said = answer.apply(request);
      if (said.status() != 0) {
        said.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        long length = said.over() != null ? 0 : body.length == 0 ? -1 : body.length;
        exchange.sendResponseHeaders(said.status(), length);
        exchange.getResponseBody().write(body);
        if (said.over() != null) {
          exchange.getResponseBody().flush();
          said.over().await();
        }
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

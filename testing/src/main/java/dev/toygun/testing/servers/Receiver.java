package dev.toygun.testing.servers;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that keeps what is sent to it, and answers as a test says: well, badly, with a
 * closed connection, or not at all. It stands for the webhook of somebody, on loopback.
 */
public final class Receiver implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final String scheme;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Queue<Consumer<HttpServerRequest>> answers = new ConcurrentLinkedQueue<>();
  private volatile Consumer<HttpServerRequest> usual = status(200);

  /** Starts one that speaks plain HTTP. */
  public Receiver() {
    this(new HttpServerOptions());
  }

  /** Starts one with these options. */
  public Receiver(HttpServerOptions options) {
    this.scheme = options.isSsl() ? "https" : "http";
    this.server =
        Waits.on(
            vertx
                .createHttpServer(options)
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
                .listen(0, "127.0.0.1"));
  }

  /** Something that was sent. */
  public record Received(String path, Map<String, String> headers, Buffer body) {
    /** The body, as JSON. */
    public JsonObject json() {
      return new JsonObject(body);
    }

    /** A header, by its name in lower case; null where there is none. */
    public @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  private void take(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    received.add(new Received(request.path(), headers, body));
    Consumer<HttpServerRequest> next = answers.poll();
    (next == null ? usual : next).accept(request);
  }

  /** Where it is, on the address 127.0.0.1. */
  public String url(String path) {
    return scheme + "://127.0.0.1:" + port() + path;
  }

  /** Its port. */
  public int port() {
    return server.actualPort();
  }

  /** Answers one more request like this, after those that were said before, and then as usual. */
  public void next(Consumer<HttpServerRequest> answer) {
    answers.add(answer);
  }

  /** Answers like this from now on. */
  public void usually(Consumer<HttpServerRequest> answer) {
    usual = answer;
  }

  /** An answer of this status. */
  public static Consumer<HttpServerRequest> status(int status) {
    return request -> request.response().setStatusCode(status).end();
  }

  /** An answer of this status, with a header. */
  public static Consumer<HttpServerRequest> status(int status, String header, String value) {
    return request -> request.response().setStatusCode(status).putHeader(header, value).end();
  }

  /** No answer. */
  public static Consumer<HttpServerRequest> silence() {
    return request -> {};
  }

  /** A connection that is closed instead of an answer. */
  public static Consumer<HttpServerRequest> hangUp() {
    return request -> request.connection().close();
  }

  /** The next thing that is sent; fails where nothing comes within 40 s. */
  public Received take() throws InterruptedException {
    Received next = received.poll(40, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was sent within 40 s");
    }
    return next;
  }

  /** What has come and was not taken. */
  public List<Received> rest() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    Waits.on(vertx.close());
  }
}

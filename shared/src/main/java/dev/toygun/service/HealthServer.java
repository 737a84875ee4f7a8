package dev.toygun.service;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.BindException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The window of a process: {@code /health}, {@code /ready} and {@code /metrics} over plain HTTP.
 *
 * <p>It is there before anything else of the process, so that a start that waits can be seen to
 * wait.
 */
public final class HealthServer {
  private static final int IDLE_S = 30;

  private final HttpServer server;

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Listens. Fails with a {@link CannotListen} where the port is taken.
   *
   * @param port 0 takes a free one
   */
  public static Future<HealthServer> listen(
      Vertx vertx, String host, int port, Readiness readiness, PrometheusMeterRegistry metrics) {
    HttpServerOptions options =
        new HttpServerOptions().setIdleTimeout(IDLE_S).setMaxInitialLineLength(1024);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> answer(request, readiness, metrics))
        .listen(port, host)
        .map(HealthServer::new)
        .recover(e -> Future.failedFuture(CannotListen.at(host, port, Keys.METRICS_PORT, e)));
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Stops listening. */
  public Future<Void> close() {
    return server.close();
  }

  private static void answer(
      HttpServerRequest request, Readiness readiness, PrometheusMeterRegistry metrics) {
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!reads) {
      request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
      return;
    }
    switch (request.path()) {
      case "/health" -> health(request, readiness.sick());
      case "/ready" -> ready(request, readiness.missing());
      case "/metrics" ->
          request
              .response()
              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
              .end(metrics.scrape());
      default -> request.response().setStatusCode(404).end();
    }
  }

  private static void health(HttpServerRequest request, Map<String, String> sick) {
    JsonObject body = new JsonObject().put("status", sick.isEmpty() ? "up" : "sick");
    if (!sick.isEmpty()) {
      body.put("reasons", reasons(sick));
    }
    say(request, sick.isEmpty(), body);
  }

  private static void ready(HttpServerRequest request, Map<String, String> missing) {
    JsonObject body = new JsonObject().put("ready", missing.isEmpty());
    say(request, missing.isEmpty(), body.put("reasons", reasons(missing)));
  }

  private static JsonArray reasons(Map<String, String> faults) {
    JsonArray reasons = new JsonArray();
    new TreeMap<>(faults).forEach((part, why) -> reasons.add(part + ": " + why));
    return reasons;
  }

  private static void say(HttpServerRequest request, boolean good, JsonObject body) {
    request
        .response()
        .setStatusCode(good ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.encode());
  }

  /** A port cannot be listened on. The message says which, why, and what to do. */
  public static final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1;

    private CannotListen(String message) {
      super(message, null, false, false);
    }

    /** What to tell of this failure to listen. */
    public static CannotListen at(String host, int port, Key<Integer> setting, Throwable cause) {
      String why =
          cause instanceof BindException ? "it is in use, or not an address of this machine" : null;
      return new CannotListen(
          "Cannot listen on port %d of %s: %s. Stop what listens there, or set %s (0 takes a free one)."
              .formatted(port, host, why == null ? cause.toString() : why, setting.name()));
    }
  }
}

package dev.toygun.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Listens on the ports of an API, and stops to. */
final class Ports {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final String host;

  Ports(Vertx vertx, String host) {
    this.vertx = vertx;
    this.host = host;
  }

  /**
   * Serves requests.
   *
   * @param setting what to set where the port is not to be had
   */
  Future<HttpServer> listen(Handler<HttpServerRequest> handler, int port, String setting) {
    return vertx
        .createHttpServer(options())
        .requestHandler(handler)
        .listen(port, host)
        .recover(
            e ->
                Future.failedFuture(
                    e instanceof BindException || e.getCause() instanceof BindException
                        ? new IllegalStateException(
                            "port %d on %s is in use, or not ours to take: end what listens there, or"
                                    .formatted(port, host)
                                + " set "
                                + setting
                                + " to another port")
                        : e));
  }

  /** Serves what Prometheus reads. */
  Future<HttpServer> metrics(PrometheusMeterRegistry registry, int port) {
    return listen(
        request -> {
          if (request.path().equals("/metrics")) {
            request
                .response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape());
          } else {
            request.response().setStatusCode(404).end();
          }
        },
        port,
        "TOYGUN_METRICS_PORT");
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(host)
        .setIdleTimeout(60)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxInitialLineLength(16 * 1024)
        .setMaxHeaderSize(16 * 1024)
        .setHttp2ClearTextEnabled(false)
        // A body that unpacks to more than it weighs would go past the limit.
        .setDecompressionSupported(false);
  }

  /** Takes no more requests, and gives those under way some time to end. */
  static Future<Void> closed(@Nullable HttpServer server) {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(GRACE.toSeconds(), TimeUnit.SECONDS);
  }
}

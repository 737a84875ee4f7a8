package dev.toygun.bench.toygun;

import dev.toygun.api.ApiService;
import dev.toygun.service.Ground;
import dev.toygun.service.Launcher;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.UUID;

/** A client of the HTTP API, with the key of an operator, on connections that are kept. */
final class Api {
  private static final Duration ASK = Duration.ofSeconds(30);

  private final HttpClient client;
  private final String key;

  private Api(HttpClient client, String key) {
    this.client = client;
    this.key = key;
  }

  /** A client of the API on this port, which stands on the same servers as this ground. */
  static Api on(Ground ground, int port) throws Exception {
    String key =
        Launcher.wait(
            ApiService.makeKey(ground.database(), ground.time(), "bench", "operator"), ASK);
    return new Api(
        ground
            .vertx()
            .createHttpClient(
                new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port)),
        key);
  }

  /** Starts the task of ten steps; the run that has begun. */
  Future<UUID> start(UUID resource) {
    String path = "/v1/resources/%s/%s/tasks/%s";
    return client
        .request(
            HttpMethod.POST, path.formatted(BenchTypes.TYPE, resource, BenchTypes.WALK.value()))
        .compose(request -> request.putHeader("Authorization", "Bearer " + key).send())
        .compose(Api::begun);
  }

  private static Future<UUID> begun(HttpClientResponse response) {
    return response
        .body()
        .map(
            (Buffer body) -> {
              if (response.statusCode() != 202) {
                throw new IllegalStateException("a start was answered " + body);
              }
              return UUID.fromString(body.toJsonObject().getString("uuid"));
            });
  }
}

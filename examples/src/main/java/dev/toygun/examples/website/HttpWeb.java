package dev.toygun.examples.website;

import dev.toygun.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The web, through the HTTP client of Vert.x. */
final class HttpWeb implements Web {
  private static final long WHOLE_MS = 10_000;

  private final HttpClient client;
  private final long wholeMs;

  HttpWeb(Vertx vertx) {
    this(vertx, WHOLE_MS);
  }

  HttpWeb(Vertx vertx, long wholeMs) {
    // Looked at every 30 s, a kept connection would tell whether yesterday's address still answers.
    this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    this.wholeMs = wholeMs;
  }

  @Override
  public Future<Boolean> answers(URI address, Optional<Secret> token) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(address.toString())
            .setConnectTimeout(wholeMs)
            .setTimeout(wholeMs)
            .setIdleTimeout(wholeMs);
    token.ifPresent(secret -> options.putHeader("Authorization", "Bearer " + secret.reveal()));
    return client
        .request(options)
        .compose(this::statusOf)
        .map(status -> status < 400)
        .timeout(wholeMs, TimeUnit.MILLISECONDS)
        .otherwise(false);
  }

  // The status is all we want: the body, which may have no end, is never read.
  private Future<Integer> statusOf(HttpClientRequest request) {
    return request
        .send()
        .timeout(wholeMs, TimeUnit.MILLISECONDS)
        .map(
            response -> {
              response.exceptionHandler(broken -> {}); // The reset below; else it is logged.
              return response.statusCode();
            })
        .onComplete(answer -> request.reset());
  }

  void close() {
    client.close();
  }
}

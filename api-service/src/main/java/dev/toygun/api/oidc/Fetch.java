package dev.toygun.api.oidc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads JSON from the provider: in 5 s, up to 256 KiB, and from nowhere that it redirects to. Used
 * by one event loop.
 */
final class Fetch {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_READ = 256 * 1024;
  private static final int CONNECTIONS = 4;
  private static final int WAITING = 100;

  private final HttpClient client;

  Fetch(Vertx vertx) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setVerifyHost(true)
                .setConnectTimeout((int) TIMEOUT.toMillis())
                .setMaxHeaderSize(16 * 1024)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
  }

  /** What is at this URL; fails with {@link NotReached}. */
  Future<JsonObject> get(URI url) {
    return asked(url, HttpMethod.GET, Buffer.buffer(), Map.of())
        .recover(e -> Future.failedFuture(new NotReached(String.valueOf(e.getMessage()))));
  }

  /**
   * What is answered to this form; fails with {@link NotReached}, or with {@link NotVouched} where
   * the grant that it names is none.
   */
  Future<JsonObject> post(URI url, String form, Map<String, String> headers) {
    return asked(url, HttpMethod.POST, Buffer.buffer(form), headers);
  }

  private Future<JsonObject> asked(
      URI url, HttpMethod method, Buffer body, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url.toString())
            .setFollowRedirects(false)
            .setTimeout(TIMEOUT.toMillis())
            .putHeader("Accept", "application/json")
            .putHeader("User-Agent", "toygun");
    headers.forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> request.send(body))
        .compose(Fetch::read)
        .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .recover(e -> Future.failedFuture(explained(url, e)));
  }

  private static Future<JsonObject> read(HttpClientResponse response) {
    Promise<JsonObject> whole = Promise.promise();
    Buffer read = Buffer.buffer();
    response.handler(
        chunk -> {
          read.appendBuffer(chunk);
          if (read.length() > MOST_READ) {
            whole.tryFail(new NotReached("it answered more than 256 KiB"));
            response.request().reset();
          }
        });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(
        end -> {
          int status = response.statusCode();
          if (status != 200) {
            String code = code(read);
            String said = "it answered " + status + (code.isEmpty() ? "" : " " + code);
            whole.tryFail(
                code.equals("invalid_grant") ? new NotVouched(said) : new NotReached(said));
            return;
          }
          try {
            whole.tryComplete(new JsonObject(read));
          } catch (DecodeException e) {
            whole.tryFail(new NotReached("it answered no JSON object"));
          }
        });
    return whole.future();
  }

  /* As RFC 6749, 5.2, has it: the rest may say what was sent. */
  private static String code(Buffer body) {
    try {
      return new JsonObject(body).getValue("error") instanceof String code
              && code.matches("[a-z_]{1,40}")
          ? code
          : "";
    } catch (DecodeException e) {
      return "";
    }
  }

  /* What a failed exchange says may hold the code or the secret that was sent: nothing of it is told. */
  private static RuntimeException explained(URI url, Throwable failure) {
    String where = url.getScheme() + "://" + url.getRawAuthority() + ": ";
    if (failure instanceof NotVouched refused) {
      return new NotVouched(where + refused.getMessage());
    }
    return new NotReached(
        failure instanceof NotReached known
            ? where + known.getMessage()
            : where + "no answer (" + failure.getClass().getSimpleName() + ")");
  }

  Future<Void> close() {
    return client.close();
  }
}

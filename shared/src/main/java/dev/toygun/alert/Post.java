package dev.toygun.alert;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to where a sink says. Redirects are not followed, an answer is read up to a few
 * hundred bytes, and everything together has a time-out.
 */
final class Post {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int MOST_READ = 300;
  private static final int MOST_CONNECTIONS = 32;

  private final Addresses addresses;
  private final Duration timeout;
  private final HttpClient client;

  Post(Vertx vertx, Addresses addresses, Duration timeout) {
    this.addresses = addresses;
    this.timeout = timeout;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) timeout.toMillis())
                .setMaxHeaderSize(16 * 1024)
                .setDecompressionSupported(false),
            new PoolOptions()
                .setHttp1MaxSize(MOST_CONNECTIONS)
                .setMaxWaitQueueSize(MOST_CONNECTIONS));
  }

  /**
   * Sends a body.
   *
   * @param ca the certificates that the other side's comes from; null for those that Java trusts
   * @return fails with {@link NotDelivered}
   */
  Future<Void> send(String url, @Nullable String ca, Buffer body, Map<String, String> headers) {
    URI uri = URI.create(url);
    return addresses
        .find(uri.getHost())
        .compose(found -> sent(uri, found, ca, body, headers))
        .recover(error -> Future.failedFuture(explained(error)));
  }

  private Future<Void> sent(
      URI uri,
      Addresses.Found found,
      @Nullable String ca,
      Buffer body,
      Map<String, String> headers) {
    boolean tls = "https".equals(uri.getScheme());
    if (!tls && !found.trusted()) {
      return Future.failedFuture(
          NotDelivered.ever(
              "http:// would show %s to anybody on the way: write https://"
                  .formatted(uri.getHost())));
    }
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(uri.getHost())
            .setPort(port)
            // The address that was judged, not another look at the name.
            .setServer(
                SocketAddress.inetSocketAddress(new InetSocketAddress(found.address(), port)))
            .setSsl(tls)
            .setURI(target(uri))
            .setFollowRedirects(false)
            .putHeader("Content-Type", "application/json; charset=utf-8")
            .putHeader("User-Agent", "toygun");
    if (tls) {
      options.setSslOptions(tls(ca));
    }
    headers.forEach(options::putHeader);
    Attempt attempt = new Attempt();
    return client
        .request(options)
        .compose(request -> attempt.make(request, body))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> attempt.end());
  }

  private static ClientSSLOptions tls(@Nullable String ca) {
    ClientSSLOptions tls = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
    if (ca != null) {
      tls.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)));
    }
    return tls;
  }

  private static String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** One request, which is given up with its connection once its outcome is known. */
  private static final class Attempt {
    private volatile boolean ended;
    private volatile @Nullable HttpClientRequest request;

    Attempt() {}

    Future<Void> make(HttpClientRequest made, Buffer body) {
      request = made;
      if (ended) {
        end();
        return Future.failedFuture("given up");
      }
      return made.send(body)
          .compose(response -> read(response).compose(text -> judge(response, text)));
    }

    void end() {
      ended = true;
      HttpClientRequest open = request;
      if (open != null) {
        open.connection().close();
      }
    }

    /** The beginning of what it says, for people. */
    private static Future<String> read(HttpClientResponse response) {
      Promise<String> text = Promise.promise();
      Buffer read = Buffer.buffer();
      response.handler(
          chunk -> {
            if (read.length() < MOST_READ) {
              read.appendBuffer(chunk.slice(0, Math.min(chunk.length(), MOST_READ)));
            }
            if (read.length() >= MOST_READ) {
              text.tryComplete(read.toString(StandardCharsets.UTF_8));
            }
          });
      response.endHandler(end -> text.tryComplete(read.toString(StandardCharsets.UTF_8)));
      // The status is what counts; who breaks off after it has answered.
      response.exceptionHandler(broken -> text.tryComplete(""));
      return text.future();
    }

    private static Future<Void> judge(HttpClientResponse response, String text) {
      int status = response.statusCode();
      if (status >= 200 && status < 300) {
        return Future.succeededFuture();
      }
      String said = Texts.line(text, MOST_READ);
      String what = "it answered %d%s".formatted(status, said.isEmpty() ? "" : ": " + said);
      if (status >= 300 && status < 400) {
        return Future.failedFuture(
            NotDelivered.ever(what + " (redirects are not followed: write where it leads)"));
      }
      if (status == 429 || status == 503) {
        return Future.failedFuture(
            NotDelivered.before(wait(response.getHeader("Retry-After")), what));
      }
      boolean later = status >= 500 || status == 408 || status == 425;
      return Future.failedFuture(later ? NotDelivered.now(what) : NotDelivered.ever(what));
    }

    /** In seconds, or not at all: a date would need the other's clock to be right. */
    private static Duration wait(@Nullable String header) {
      if (header == null || !header.strip().matches("[0-9]{1,9}")) {
        return Duration.ZERO;
      }
      Duration asked = Duration.ofSeconds(Long.parseLong(header.strip()));
      return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }
  }

  private NotDelivered explained(Throwable error) {
    if (error instanceof NotDelivered explained) {
      return explained;
    }
    if (error instanceof TimeoutException) {
      return NotDelivered.now("no answer within %d s".formatted(timeout.toSeconds()));
    }
    String message = error.getMessage();
    return NotDelivered.now(
        "no connection: "
            + Texts.line(message == null ? error.getClass().getSimpleName() : message, 200));
  }

  Future<Void> close() {
    return client.close();
  }
}

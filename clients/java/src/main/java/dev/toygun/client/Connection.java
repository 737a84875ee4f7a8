package dev.toygun.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a request gets to the API. No proxy is asked, no redirect followed: the key goes nowhere
 * else.
 */
final class Connection implements AutoCloseable {
  static final int MOST_BYTES = 64 << 20;
  private static final Duration SHORTEST = Duration.ofMillis(50);

  private final HttpClient http;
  private final String url;
  private final Supplier<String> authorization; // Nothing that could be printed.
  private final Duration timeout;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  Connection(
      String url, String key, Duration timeout, @Nullable SSLContext tls, boolean allowHttp) {
    URI uri = uri(url);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (scheme.equals("http") && !isLoopback(uri.getHost()) && !allowHttp) {
      throw new IllegalArgumentException(
          "the key would travel unencrypted to %s: use https, or say allowHttp()"
              .formatted(uri.getHost()));
    }
    if (!key.matches("[!-~]+")) {
      throw new IllegalArgumentException("the key has to be printable ASCII without spaces");
    }
    this.url = "%s://%s%s".formatted(scheme, uri.getRawAuthority(), path(uri));
    this.timeout = timeout;
    this.authorization = () -> "Bearer " + key;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY);
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.http = builder.build();
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw noUrl(); // Not with what was given: there may be a password in it.
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the URL has a user in it: give the key as key(…) or in TOYGUN_API_KEY");
    }
    boolean web = uri.getScheme() != null && uri.getScheme().matches("(?i)https?");
    if (!web || uri.getHost() == null || uri.getRawQuery() != null || uri.getFragment() != null) {
      throw noUrl();
    }
    return uri;
  }

  private static IllegalArgumentException noUrl() {
    return new IllegalArgumentException(
        "the URL of an API is expected, such as http://127.0.0.1:8080");
  }

  private static String path(URI uri) {
    return uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
  }

  /* A name is not looked up: whoever answers for names could say that any is this machine. */
  private static boolean isLoopback(String host) {
    String bare = host.replaceAll("[\\[\\]]", "");
    if (!bare.matches("\\d+(\\.\\d+){3}") && !bare.contains(":")) {
      return bare.equalsIgnoreCase("localhost");
    }
    try {
      return InetAddress.getByName(bare).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  Duration timeout() {
    return timeout;
  }

  @Override
  public String toString() {
    return url;
  }

  /**
   * The whole answer, within so much time.
   *
   * @throws Problem.Unreachable where there is none
   */
  Reply send(
      String method,
      String target,
      Map<String, String> headers,
      byte @Nullable [] body,
      Duration within) {
    HttpRequest request = request(method, target, headers, body);
    HttpResponse<byte[]> response = answer(request, info -> new Whole(MOST_BYTES), shorter(within));
    return reply(response, response.body());
  }

  /**
   * Opens a stream.
   *
   * @throws Problem.Unreachable where there is no answer
   * @throws Problem where it is refused
   */
  Lines open(String target, Map<String, String> headers) {
    HttpRequest request = request("GET", target, headers, null);
    HttpResponse.BodyHandler<Object> handler =
        info ->
            info.statusCode() < 300
                ? BodySubscribers.mapping(new Lines(), lines -> lines)
                : BodySubscribers.mapping(new Whole(MOST_BYTES), bytes -> bytes);
    HttpResponse<Object> response = answer(request, handler, timeout);
    if (response.body() instanceof Lines lines) {
      return lines;
    }
    throw Problem.of(reply(response, (byte[]) response.body()));
  }

  private static Reply reply(HttpResponse<?> response, byte[] body) {
    return new Reply(
        response.statusCode(), response.headers().firstValue("Retry-After").orElse(""), body);
  }

  private Duration shorter(Duration within) {
    Duration time = within.compareTo(timeout) < 0 ? within : timeout;
    return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
  }

  private HttpRequest request(
      String method, String target, Map<String, String> headers, byte @Nullable [] body) {
    if (closed.getCount() == 0) {
      throw new IllegalStateException("this client is closed");
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + target));
    headers.forEach(request::header);
    request.header("Authorization", authorization.get());
    if (body == null) {
      return request.method(method, BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(body))
        .build();
  }

  private <T> HttpResponse<T> answer(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration within) {
    CompletableFuture<HttpResponse<T>> response = http.sendAsync(request, handler);
    try {
      return response.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unreachable("the answer takes too long");
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    } catch (ExecutionException e) {
      throw unreachable(words(e.getCause() == null ? e : e.getCause()));
    } finally {
      response.cancel(true); // Where it is there already, this does nothing.
    }
  }

  private static String words(Throwable why) {
    Throwable told = why.getMessage() == null && why.getCause() != null ? why.getCause() : why;
    String name = told.getClass().getSimpleName();
    return told.getMessage() == null ? name : name + ": " + told.getMessage();
  }

  private Problem.Unreachable unreachable(String why) {
    return Problem.Unreachable.of(
        "no answer from the API at %s (%s); is it running?".formatted(url, why));
  }

  /** What is over once this is closed. */
  CountDownLatch closed() {
    return closed;
  }

  /** Has a stream closed together with this. */
  void opened(EventStream stream) {
    open.add(stream);
  }

  void left(EventStream stream) {
    open.remove(stream);
  }

  @Override
  public void close() {
    closed.countDown();
    open.forEach(EventStream::close);
  }

  /** A body that is too long. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(int most) {
      super("an answer of more than " + most + " bytes");
    }
  }
}

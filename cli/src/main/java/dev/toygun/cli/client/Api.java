package dev.toygun.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.toygun.cli.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The API, as a client sees it. Blocks its thread for 30 s a request at most; what is read is asked
 * for again, a few times, where the API says that it will have time for it soon.
 */
public final class Api {
  /** Reads and writes each digit that there is, and takes nothing that stands behind a value. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int CONNECT_MS = 5_000;
  private static final int READ_MS = 30_000;
  private static final int TOO_MANY = 429;
  private static final int MOST_WAITS = 5;
  private static final int LONGEST_WAIT_S = 30;

  private final String url;
  private final String key;
  private final @Nullable String ifMatch;

  /**
   * @param url such as {@code http://127.0.0.1:8080}
   * @param key an API key; sent, and never shown
   */
  public Api(String url, String key) {
    this(url.replaceAll("/+$", ""), key, null);
  }

  private Api(String url, String key, @Nullable String ifMatch) {
    this.url = url;
    this.key = key;
    this.ifMatch = ifMatch;
  }

  /** The same API, that changes a thing only if it still has this ETag; null for any. */
  Api ifMatch(@Nullable String etag) {
    return new Api(url, key, etag);
  }

  /** Asks for a path, such as {@code /v1/types}. */
  public JsonNode get(String path) {
    return request("GET", path, null);
  }

  /** Sends a body. */
  public JsonNode post(String path, Object body) {
    return request("POST", path, body);
  }

  /** Sends a change. */
  public JsonNode patch(String path, Object body) {
    return request("PATCH", path, body);
  }

  /** Asks for something to go. */
  public JsonNode delete(String path) {
    return request("DELETE", path, null);
  }

  /**
   * Begins to follow a stream of events, after the one with this id or, for none, from now on. It
   * says something every 15 s.
   *
   * @throws IOException if the API cannot be reached, so that it may be tried again
   */
  InputStream follow(String path, String last) throws IOException {
    HttpURLConnection connection = open("GET", path);
    connection.setRequestProperty("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      connection.setRequestProperty("Last-Event-ID", last);
    }
    int status = connection.getResponseCode();
    if (status == 502 || status == 503 || status == 504) {
      throw new IOException("the API answers " + status);
    }
    if (status >= 400) {
      try (InputStream in = connection.getErrorStream()) {
        throw new Problem(status, read(in == null ? new byte[0] : in.readAllBytes()));
      }
    }
    return connection.getInputStream();
  }

  /** A value as a part of a path or a query. */
  public static String part(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonNode request(String method, String path, @Nullable Object body) {
    Answer answer;
    try {
      answer =
          switch (method) {
            case "GET" -> patiently(path);
            case "PATCH" -> patched(path, body);
            default -> asked(method, path, body);
          };
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw new Exit.Failure(
          Exit.USAGE, "%s is no URL of an API, such as http://127.0.0.1:8080".formatted(url));
    } catch (IOException e) {
      throw new Exit.Failure(
          Exit.UNAVAILABLE,
          "Cannot reach the API at %s (%s). Is it running? `toygun up` starts one."
              .formatted(url, e.getMessage() == null ? e : e.getMessage()));
    }
    if (answer.status() >= 400) {
      throw new Problem(answer.status(), answer.body());
    }
    return answer.body();
  }

  private record Answer(int status, JsonNode body, String retryAfter) {
    /** After how many seconds it is worth asking again; -1 where it is not. */
    int againAfter() {
      boolean soon = status == TOO_MANY && retryAfter.matches("[0-9]{1,4}");
      int seconds = soon ? Integer.parseInt(retryAfter) : -1;
      return seconds <= LONGEST_WAIT_S ? seconds : -1;
    }
  }

  private Answer patiently(String path) throws IOException {
    Answer answer = asked("GET", path, null);
    for (int waits = 0; waits < MOST_WAITS && answer.againAfter() >= 0; waits++) {
      if (!Pause.of(Duration.ofSeconds(answer.againAfter()))) {
        throw new IOException("broken off");
      }
      answer = asked("GET", path, null);
    }
    return answer;
  }

  private Answer asked(String method, String path, @Nullable Object body) throws IOException {
    HttpURLConnection connection = open(method, path);
    connection.setRequestProperty("Accept", "application/json");
    if (body != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(JSON.writeValueAsBytes(body));
      }
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      JsonNode said = read(in == null ? new byte[0] : in.readAllBytes());
      return new Answer(
          status, said, Objects.requireNonNullElse(connection.getHeaderField("Retry-After"), ""));
    }
  }

  /* The other client knows no PATCH; this one takes half a second to start. */
  private Answer patched(String path, @Nullable Object body) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(CONNECT_MS))
            .build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofMillis(READ_MS))
            .header("Authorization", "Bearer " + key)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), read(response.body()), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("broken off", e);
    }
  }

  private HttpURLConnection open(String method, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + path).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MS);
    connection.setReadTimeout(READ_MS);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Authorization", "Bearer " + key);
    if (ifMatch != null) {
      connection.setRequestProperty("If-Match", ifMatch);
    }
    return connection;
  }

  private static JsonNode read(byte[] answer) {
    try {
      return answer.length == 0 ? MissingNode.getInstance() : JSON.readTree(answer);
    } catch (IOException e) {
      return MissingNode.getInstance(); // A proxy's page, say; the status speaks for itself.
    }
  }

  /** Text as JSON; fails with an {@link Exit.Failure} that names what it is the value of. */
  static JsonNode parse(String text, String what) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Exit.Failure(Exit.USAGE, what + ": expected JSON, but it is not");
    }
  }

  /** What the API refused, as a failure of the command. */
  public static final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    Problem(int status, JsonNode body) {
      super(text(status, body), null, false, false);
      this.status = status;
      this.code = body.path("code").asText("");
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /**
     * The stable name of what went wrong, such as {@code not_found}; empty where none was given.
     */
    public String code() {
      return code;
    }

    /** With which code a command ends that met this. */
    public int exit() {
      return switch (status) {
        case 400, 405, 413, 415, 422 -> Exit.USAGE;
        case 401, 403 -> Exit.DENIED;
        case 404, 410 -> Exit.NOT_FOUND;
        case 409, 412 -> Exit.CONFLICT;
        case 429, 502, 503, 504 -> Exit.UNAVAILABLE;
        default -> Exit.FAILED;
      };
    }

    private static String text(int status, JsonNode body) {
      StringBuilder text = new StringBuilder();
      text.append(
          body.path("detail").asText(body.path("title").asText("The API answered " + status)));
      for (JsonNode error : body.path("errors")) {
        String line = error.path("pointer").asText() + ": " + error.path("detail").asText();
        if (text.indexOf(line) < 0) {
          text.append("\n  ").append(line);
        }
      }
      if (status == 401) {
        text.append("\nSet TOYGUN_API_KEY to a key that `toygun api-key create` has made.");
      }
      return text.toString();
    }
  }
}

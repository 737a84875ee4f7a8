package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A caller of the API, with a key, that holds every answer against the contract. */
final class Http {
  private static final Contract CONTRACT = Contract.load();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final int port;
  private final @Nullable String key;

  Http(int port, @Nullable String key) {
    this.port = port;
    this.key = key;
  }

  /** The same server, asked with another key; null for none. */
  Http as(@Nullable String other) {
    return new Http(port, other);
  }

  /** An answer. */
  record Reply(int status, HttpHeaders headers, String text) {
    JsonObject body() {
      return new JsonObject(text);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    String uuid() {
      return body().getString("uuid");
    }

    Reply expect(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    /** A problem with this status and code, whose detail names all of these. */
    Reply problem(int expected, String code, String... named) {
      assertThat(status).as(text).isEqualTo(expected);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(body().getString("code")).as(text).isEqualTo(code);
      for (String name : named) {
        assertThat(body().getString("detail")).as(text).contains(name);
      }
      assertThat(body().getString("trace_id")).isEqualTo(header("Trace-Id")).hasSize(32);
      return this;
    }

    /** A problem that points at this, in these words. */
    Reply pointsAt(String pointer, String... named) {
      Optional<String> detail =
          body().getJsonArray("errors").stream()
              .map(JsonObject.class::cast)
              .filter(e -> e.getString("pointer").equals(pointer))
              .map(e -> e.getString("detail"))
              .findFirst();
      assertThat(detail).as(text).isPresent();
      for (String name : named) {
        assertThat(detail.orElseThrow()).contains(name);
      }
      return this;
    }
  }

  Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** The status of a request that no client would send; its first line, as it is. */
  int wire(String line) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request =
          line + "\r\nHost: x\r\nAuthorization: Bearer " + key + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.");
      return Integer.parseInt(answer.substring(9, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer that is not one of the API. */
  Reply raw(String path) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request("GET", path, null), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Follows a stream, which has to begin. */
  Followed follow(String path, String... headers) {
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(
              request("GET", path, null, headers), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains(Bodies.EVENTS);
      return new Followed(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong with an event of a stream. */
  List<?> wrong(String id, JsonObject event) {
    JsonObject schema =
        CONTRACT.operations().stream()
            .filter(operation -> operation.id().equals(id))
            .map(operation -> said(operation, 200).getJsonObject("content"))
            .map(content -> content.getJsonObject(Bodies.EVENTS).getJsonObject("schema"))
            .findFirst()
            .orElseThrow();
    return Bodies.wrong(CONTRACT.validator(schema), event);
  }

  @Nullable String key() {
    return key;
  }

  Reply post(String path, JsonObject body, String... headers) {
    return send("POST", path, body.encode(), headers);
  }

  Reply post(String path) {
    return send("POST", path, null);
  }

  Reply patch(String path, JsonObject body, String... headers) {
    return send("PATCH", path, body.encode(), headers);
  }

  Reply delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  Reply send(String method, String path, @Nullable String body, String... headers) {
    try {
      return checked(
          method,
          path,
          CLIENT.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<Reply> later(
      String method, String path, @Nullable String body, String... headers) {
    return CLIENT
        .sendAsync(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString())
        .thenApply(response -> checked(method, path, response));
  }

  private HttpRequest request(
      String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(40));
    if (key != null) {
      builder.header("Authorization", "Bearer " + key);
    }
    boolean typed = Arrays.asList(headers).contains("Content-Type");
    if (body != null && !typed) {
      builder.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder
        .method(
            method,
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Fails where an answer is not what the contract says of its operation and status. */
  private static Reply checked(String method, String path, HttpResponse<String> response) {
    Reply reply = new Reply(response.statusCode(), response.headers(), response.body());
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    String bare = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    for (Contract.Operation operation : CONTRACT.operations()) {
      if (operation.method().name().equals(method) && Pattern.matches(operation.pattern(), bare)) {
        JsonObject said = said(operation, reply.status());
        JsonObject content = said.getJsonObject("content");
        if (content == null) {
          assertThat(reply.text()).isEmpty();
        } else {
          String type = Bodies.mediaType(reply.header("Content-Type"));
          String declared = type.equals(Bodies.DECORATED) ? Bodies.JSON : type;
          assertThat(content.fieldNames()).as(operation.id()).contains(declared);
          JsonObject schema = content.getJsonObject(declared).getJsonObject("schema");
          assertThat(Bodies.wrong(CONTRACT.validator(schema), reply.body()))
              .as("%s %s: %s", method, path, reply.text())
              .isEmpty();
        }
      }
    }
    return reply;
  }

  private static JsonObject said(Contract.Operation operation, int status) {
    JsonObject responses =
        CONTRACT
            .document()
            .getJsonObject("paths")
            .getJsonObject(operation.path())
            .getJsonObject(operation.method().name().toLowerCase(java.util.Locale.ROOT))
            .getJsonObject("responses");
    JsonObject found = responses.getJsonObject(Integer.toString(status));
    JsonObject used = found == null ? responses.getJsonObject("default") : found;
    assertThat(used).as("%s may not answer %d", operation.id(), status).isNotNull();
    return CONTRACT.resolve(used);
  }
}

package dev.toygun.examples.addon;

import dev.toygun.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Heroku, over HTTP. What it says is in no message: it may have a token in it. */
final class HttpHeroku implements Heroku {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final Duration USUAL = Duration.ofHours(8);

  private final HttpClient client;
  private final URI api;
  private final URI id;
  private final Secret secret;

  HttpHeroku(Vertx vertx, URI api, URI id, Secret secret) {
    this.client = vertx.createHttpClient();
    this.api = api;
    this.id = id;
    this.secret = secret;
  }

  void close() {
    client.close();
  }

  @Override
  public Future<Tokens> exchange(Secret code) {
    return tokens(Map.of("grant_type", "authorization_code", "code", code.reveal()));
  }

  @Override
  public Future<Tokens> refresh(Secret refresh) {
    return tokens(Map.of("grant_type", "refresh_token", "refresh_token", refresh.reveal()));
  }

  private Future<Tokens> tokens(Map<String, String> asked) {
    String form =
        asked.entrySet().stream()
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&", "", "&client_secret=" + encoded(secret.reveal())));
    RequestOptions request =
        options(HttpMethod.POST, id, "/oauth/token").putHeader("Content-Type", FORM);
    return send(request, form).map(HttpHeroku::tokens);
  }

  private static Tokens tokens(Buffer body) {
    try {
      JsonObject answer = body.toJsonObject();
      String access = answer.getString("access_token");
      String refresh = answer.getString("refresh_token");
      if (access != null && refresh != null) {
        long lasts = answer.getLong("expires_in", USUAL.toSeconds());
        return new Tokens(Secret.of(access), Secret.of(refresh), Duration.ofSeconds(lasts));
      }
    } catch (DecodeException | ClassCastException notTokens) {
      // It may have a token in it, and so may its message.
    }
    throw new IllegalStateException("Heroku answered with what are no tokens");
  }

  @Override
  public Future<Void> configure(UUID addon, Secret access, Map<String, Secret> config) {
    JsonArray all = new JsonArray();
    config.forEach(
        (name, value) -> all.add(new JsonObject().put("name", name).put("value", value.reveal())));
    RequestOptions request =
        options(HttpMethod.PATCH, api, "/addons/" + addon + "/config")
            .putHeader("Content-Type", JSON);
    return send(as(access, request), new JsonObject().put("config", all).encode()).mapEmpty();
  }

  @Override
  public Future<Void> provisioned(UUID addon, Secret access) {
    RequestOptions request =
        options(HttpMethod.POST, api, "/addons/" + addon + "/actions/provision");
    return send(as(access, request), "").mapEmpty();
  }

  private static RequestOptions as(Secret access, RequestOptions request) {
    return request.putHeader("Authorization", "Bearer " + access.reveal());
  }

  private static RequestOptions options(HttpMethod method, URI base, String path) {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(base + path)
        .setTimeout(PATIENCE.toMillis())
        .putHeader("Accept", "application/vnd.heroku+json; version=3");
  }

  private Future<Buffer> send(RequestOptions request, String body) {
    return client
        .request(request)
        .compose(sent -> sent.send(body))
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        read -> {
                          check(request, answer.statusCode());
                          return read;
                        }))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  // 429 and what is Heroku's own fault may be over soon.
  private static void check(RequestOptions request, int status) {
    String said =
        "Heroku answered %s %s with %d".formatted(request.getMethod(), request.getURI(), status);
    if (status >= 500 || status == 429) {
      throw new IllegalStateException(said);
    }
    if (status >= 300) {
      throw new Refused(said);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

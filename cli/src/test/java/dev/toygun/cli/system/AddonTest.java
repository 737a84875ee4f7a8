package dev.toygun.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Secret;
import dev.toygun.examples.addon.Provider;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An add-on from Heroku's request to a database that its app can use, and back. */
class AddonTest {
  private static final String CODE = "canary-grant-code";
  private static final UUID ADDON = new UUID(47, 11);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Fleet fleet;
  private int provider;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    String heroku =
        "http://127.0.0.1:" + port(vertx.createHttpServer().requestHandler(this::heroku));
    fleet = new Fleet(folder);
    fleet.setting("HEROKU_CLIENT_SECRET", "client-secret");
    fleet.setting("HEROKU_API_URL", heroku);
    fleet.setting("HEROKU_ID_URL", heroku);
    fleet.startClock();
    fleet.startWorker("worker");
    fleet.api();
    fleet.await("worker");
    provider =
        Provider.over(
                vertx, fleet.apiUrl(), Secret.of(fleet.key()), "toygun", Secret.of("manifest"))
            .listen(vertx, 0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static int port(HttpServer server) throws Exception {
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private void heroku(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              String by = String.valueOf(request.getHeader("Authorization"));
              asked.add(request.method() + " " + request.path() + " " + by + " " + body);
              request
                  .response()
                  .end(
                      request.path().equals("/oauth/token")
                          ? "{\"access_token\":\"a-1\",\"refresh_token\":\"r-1\",\"expires_in\":28800}"
                          : "{}");
            });
  }

  private HttpResponse<String> ask(String method, String path, JsonObject body, String login)
      throws Exception {
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + provider + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(String method, String path, JsonObject body) throws Exception {
    return ask(method, path, body, "toygun:manifest");
  }

  private static JsonObject wanted(String plan) {
    return new JsonObject()
        .put("uuid", ADDON.toString())
        .put("name", "acme-inc-primary-database")
        .put("plan", plan)
        .put("region", "amazon-web-services::us-east-1")
        .put("callback_url", "https://api.heroku.com/addons/" + ADDON)
        .put("options", new JsonObject())
        .put("oauth_grant", new JsonObject().put("code", CODE).put("type", "authorization_code"));
  }

  @Test
  void anAppGetsADatabaseOfItsOwnAndItGoesWithTheAddon() throws Exception {
    String all = "/heroku/resources";
    String one = all + "/" + ADDON;
    assertThat(ask("POST", all, wanted("hobby"), "toygun:guessed").statusCode()).isEqualTo(401);
    HttpResponse<String> unknown = ask("POST", all, wanted("huge"));
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("one of hobby, standard is expected").doesNotContain(CODE);
    assertThat(ask("DELETE", one, new JsonObject()).statusCode()).isEqualTo(410);

    for (int twice = 0; twice < 2; twice++) {
      HttpResponse<String> made = ask("POST", all, wanted("hobby"));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
      assertThat(new JsonObject(made.body()).getString("id")).isEqualTo(ADDON.toString());
    }
    assertThat(fleet.number("select count(*) from resources where type = 'addon'")).isOne();
    await("Heroku is told").until(() -> asked.size() == 3);
    assertThat(asked.get(0))
        .startsWith("POST /oauth/token null ")
        .contains("grant_type=authorization_code", "code=" + CODE, "client_secret=client-secret");
    assertThat(asked.get(1)).startsWith("PATCH /addons/" + ADDON + "/config Bearer a-1 ");
    assertThat(asked.get(2)).startsWith("POST /addons/" + ADDON + "/actions/provision Bearer a-1 ");
    URI url = URI.create(configured(asked.get(1)));
    try (Connection database = connect(url)) {
      assertThat(database.isValid(5)).isTrue();
    }
    assertThat(String.join("\n", fleet.texts("select r::text from resources r")))
        .doesNotContain(CODE, "a-1", "r-1", url.getUserInfo());

    assertThat(ask("PUT", one, new JsonObject().put("plan", "standard")).statusCode())
        .isEqualTo(422);
    assertThat(ask("DELETE", one, new JsonObject()).statusCode()).isEqualTo(204);
    await("all of it is gone")
        .until(
            () ->
                fleet.number("select count(*) from resources where active and path <> '{}'") == 0);
    await("Heroku hears so").until(() -> ask("DELETE", one, new JsonObject()).statusCode() == 410);
    assertThat(isOpen(url)).isFalse();
  }

  private static String configured(String request) {
    JsonObject body = new JsonObject(request.substring(request.indexOf('{')));
    JsonObject only = body.getJsonArray("config").getJsonObject(0);
    assertThat(only.getString("name")).isEqualTo("DATABASE_URL");
    return only.getString("value");
  }

  private static Connection connect(URI url) throws SQLException {
    String[] login = url.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
        login[0],
        login[1]);
  }

  private static boolean isOpen(URI url) {
    try (Connection database = connect(url)) {
      return database.isValid(1);
    } catch (SQLException closed) {
      return false;
    }
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100));
  }
}

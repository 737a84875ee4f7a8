package dev.toygun.api;

import dev.toygun.service.SlackSettings;
import dev.toygun.testing.servers.PostgresServer;
import dev.toygun.testing.servers.Receiver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Slack, as an API knows it: people of a workspace, who write commands and click buttons. */
final class Workspace implements AutoCloseable {
  static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  static final String TEAM = "T0ACME";
  static final String OPERATOR = "U0ADA";
  static final String VIEWER = "U0VERA";
  static final String COMMANDS = "/v1/slack/commands";
  static final String ACTIONS = "/v1/slack/actions";

  /** Takes what comes late. */
  final Receiver hooks = new Receiver();

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger sent = new AtomicInteger();

  SlackSettings settings() {
    return new SlackSettings(
        SECRET,
        TEAM,
        Map.of(OPERATOR, "operator", VIEWER, "viewer"),
        null,
        URI.create(hooks.url("")));
  }

  /** An API that carries out what its people ask. */
  ApiRig rig() {
    ApiSettings usual = ApiSettings.local(0, 0);
    return new ApiRig(
            PostgresServer.shared().database(),
            new ApiSettings(
                usual.host(),
                usual.port(),
                usual.metricsPort(),
                usual.requestTime(),
                usual.ratePerSecond(),
                usual.burst(),
                usual.heartbeat(),
                usual.oidc(),
                Optional.of(settings())))
        .withType();
  }

  /** What is answered to a command of somebody. */
  JsonObject command(ApiRig rig, String user, String text) {
    return new JsonObject(
        signed(rig.api.port(), COMMANDS, command(TEAM, user, text)).expect(200).text());
  }

  String command(String team, String user, String text) {
    return form(
        Map.of(
            "team_id",
            team,
            "user_id",
            user,
            "user_name",
            "the boss",
            "command",
            "/toygun",
            "text",
            text,
            "response_url",
            hooks.url("/commands/1"),
            "trigger_id",
            "1." + sent.incrementAndGet()));
  }

  /**
   * A click of somebody.
   *
   * @param button as it was sent to Slack
   * @param message what it is in; empty where only they see it
   */
  String click(String user, JsonObject button, JsonObject message, String answerTo) {
    String at = Instant.now().getEpochSecond() + "." + sent.incrementAndGet();
    JsonObject payload =
        new JsonObject()
            .put("type", "block_actions")
            .put("team", new JsonObject().put("id", TEAM))
            .put("user", new JsonObject().put("id", user).put("team_id", TEAM))
            .put("container", new JsonObject().put("is_ephemeral", message.isEmpty()))
            .put("response_url", answerTo)
            .put("actions", new JsonArray().add(button.copy().put("action_ts", at)));
    if (!message.isEmpty()) {
      payload.put("message", message);
    }
    return form(Map.of("payload", payload.encode()));
  }

  String click(String user, JsonObject button, JsonObject message) {
    return click(user, button, message, hooks.url("/actions/1"));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** Sends it as Slack does. */
  Http.Reply signed(int port, String path, String body) {
    String now = Long.toString(Instant.now().getEpochSecond());
    return send(port, path, body, now, signature(now, body));
  }

  Http.Reply send(
      int port, String path, String body, String at, String signature, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Slack-Request-Timestamp", at)
            .header("X-Slack-Signature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Http.Reply(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String signature(String at, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = mac.doFinal("v0:%s:%s".formatted(at, body).getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    hooks.close();
  }
}

package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.alert.Message.Event;
import dev.toygun.alert.SinkSettings.Wrong;
import dev.toygun.testing.servers.Receiver;
import dev.toygun.testing.servers.Receiver.Received;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors reach what speaks like Sentry, in the form that Sentry documents. */
class SentryTest extends SinkTrial {
  private static final String KEY = "c0ffee00c0ffee00c0ffee00c0ffee00";
  private static final String ERROR = "0192f0c0-0000-7000-8000-00000000000e";

  private JsonObject settings() {
    return new JsonObject()
        .put("dsn", "http://" + KEY + "@127.0.0.1:" + receiver.port() + "/at/42")
        .put("environment", "production");
  }

  /** An error as the store writes it. */
  private static JsonObject error() {
    return Bodies.open()
        .put("error", ERROR)
        .put("name", "Unreachable")
        .put("severity", "error")
        .put("state", "check")
        .put("step", 7)
        .put("try", 2)
        .put("worker", "worker-1")
        .put("build", "types/1.2\n3")
        .put("times", 12)
        .put("fingerprint", new JsonArray().add("Unreachable").add("9f86d081884c7d65"))
        .put(
            "stack",
            """
            com.example.NoAnswer
              at com.example.Monitor.look(Monitor.java:30)
              at java.base/java.util.Optional.map(Optional.java:260)
              at app//com.example.Main$Inner.lambda$run$0(Unknown Source)
            caused by java.net.ConnectException
              at java.base/sun.nio.ch.Net.poll(Native Method)""");
  }

  private void sent(JsonObject body) {
    assertThat(SinkSettings.wrongs(SinkKind.SENTRY, settings())).isEmpty();
    join(sinks.send(SinkKind.SENTRY, settings(), DELIVERY, Event.OPEN, body));
  }

  /** The event of an envelope, which has to be one: two heads and a payload, a line each. */
  private static JsonObject event(Received received) {
    assertThat(received.path()).isEqualTo("/at/api/42/envelope/");
    assertThat(received.header("content-type")).isEqualTo("application/x-sentry-envelope");
    assertThat(received.header("x-sentry-auth"))
        .isEqualTo("Sentry sentry_version=7, sentry_client=toygun/1, sentry_key=" + KEY);
    String text = received.body().toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(3);
    JsonObject head = new JsonObject(lines.get(0));
    assertThat(Instant.parse(head.getString("sent_at"))).isNotNull();
    JsonObject item = new JsonObject(lines.get(1));
    assertThat(item.getString("type")).isEqualTo("event");
    assertThat(item.getInteger("length"))
        .isEqualTo(lines.get(2).getBytes(StandardCharsets.UTF_8).length);
    JsonObject event = new JsonObject(lines.get(2));
    assertThat(event.getString("event_id"))
        .matches("[0-9a-f]{32}")
        .isEqualTo(head.getString("event_id"));
    assertThat(event.getString("platform")).isEqualTo("java");
    assertThat(event.getJsonObject("tags"))
        .allSatisfy(
            tag -> {
              assertThat(tag.getKey()).matches("[a-zA-Z0-9_.:-]{1,32}");
              assertThat(tag.getValue()).asString().matches(".{1,200}");
            });
    return event;
  }

  @Test
  void anErrorIsAnEventOfItsOwnIdGroupedByItsPlaceInTheCode() throws InterruptedException {
    sent(error());
    JsonObject event = event(receiver.take());
    assertThat(event.getString("event_id")).isEqualTo(ERROR.replace("-", ""));
    assertThat(event.getString("level")).isEqualTo("error");
    assertThat(event.getString("timestamp")).isEqualTo("2026-11-25T03:40:39.123Z");
    assertThat(event.getString("environment")).isEqualTo("production");
    assertThat(event.getString("release")).isEqualTo("types-1.2 3");
    assertThat(event.getString("server_name")).isEqualTo("worker-1");
    assertThat(event.getString("transaction")).isEqualTo("website/monitor check");
    assertThat(event.getJsonArray("fingerprint"))
        .isEqualTo(new JsonArray().add("Unreachable").add("9f86d081884c7d65"));
    assertThat(event.getJsonObject("tags").getMap())
        .containsEntry("type", "website")
        .containsEntry("label", "home")
        .containsEntry("task", "monitor")
        .containsEntry("state", "check")
        .containsEntry("worker", "worker-1")
        .containsEntry("build", "types/1.2 3")
        .containsEntry("kind", "Unreachable");
    assertThat(event.getJsonObject("extra").getMap())
        .containsEntry("step", 7)
        .containsEntry("try", 2)
        .containsEntry("times", 12);
  }

  @Test
  void whatWasThrownIsTheLastAndItsOutermostCallTheFirst() throws InterruptedException {
    sent(error());
    JsonArray thrown = event(receiver.take()).getJsonObject("exception").getJsonArray("values");
    assertThat(thrown).hasSize(2);
    assertThat(thrown.getJsonObject(0).getString("type")).isEqualTo("java.net.ConnectException");
    JsonObject last = thrown.getJsonObject(1);
    assertThat(last.getString("type")).isEqualTo("Unreachable");
    assertThat(last.getString("value")).isEqualTo("no answer from ••••");
    JsonArray frames = last.getJsonObject("stacktrace").getJsonArray("frames");
    assertThat(frames)
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("module", "com.example.Main$Inner")
                        .put("function", "lambda$run$0")
                        .put("in_app", true))
                .add(
                    new JsonObject()
                        .put("module", "java.util.Optional")
                        .put("function", "map")
                        .put("in_app", false)
                        .put("filename", "Optional.java")
                        .put("lineno", 260))
                .add(
                    new JsonObject()
                        .put("module", "com.example.Monitor")
                        .put("function", "look")
                        .put("in_app", true)
                        .put("filename", "Monitor.java")
                        .put("lineno", 30)));
  }

  @Test
  void anErrorOfNoPlaceIsAnEventWithoutFrames() throws InterruptedException {
    JsonObject body = error();
    body.remove("stack");
    body.remove("task");
    sent(body);
    JsonObject event = event(receiver.take());
    assertThat(event.getString("transaction")).isEqualTo("website check");
    assertThat(event.getJsonObject("tags").containsKey("task")).isFalse();
    assertThat(event.getJsonObject("exception").getJsonArray("values"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("type", "Unreachable")
                        .put("value", "no answer from ••••")));
  }

  @Test
  void whatIsSentAgainIsTheSameEvent() throws InterruptedException {
    receiver.next(Receiver.hangUp());
    NotDelivered lost =
        failure(sinks.send(SinkKind.SENTRY, settings(), new UUID(1, 1), Event.OPEN, error()));
    assertThat(lost.forGood()).isFalse();
    sent(error());
    assertThat(event(receiver.take()).getString("event_id"))
        .isEqualTo(event(receiver.take()).getString("event_id"));
  }

  @Test
  void aTestIsOneEventThatSaysThatItIsNoError() throws InterruptedException {
    sent(Bodies.open().put("name", "test").put("message", "This is a test."));
    join(sinks.send(SinkKind.SENTRY, settings(), DELIVERY, Event.RESOLVE, Bodies.closed()));
    JsonObject event = event(receiver.take());
    assertThat(event.getString("level")).isEqualTo("info");
    assertThat(event.getString("event_id")).isEqualTo(DELIVERY.toString().replace("-", ""));
    assertThat(receiver.rest()).isEmpty();
  }

  @Test
  void whoeverIsAskedToWaitWaitsAndTheKeyIsInNothingThatIsSaid() {
    receiver.next(Receiver.status(429, "Retry-After", "90"));
    NotDelivered later =
        failure(sinks.send(SinkKind.SENTRY, settings(), DELIVERY, Event.OPEN, error()));
    assertThat(later.forGood()).isFalse();
    assertThat(later.askedToWait()).hasValueSatisfying(w -> assertThat(w).hasSeconds(90));
    receiver.next(
        request -> request.response().setStatusCode(403).end("no project for key " + KEY));
    NotDelivered never =
        failure(sinks.send(SinkKind.SENTRY, settings(), DELIVERY, Event.OPEN, error()));
    assertThat(never.forGood()).isTrue();
    assertThat(never).hasMessageContaining("no project for key ••••");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sentry.example.com/42",
        "https://c0ffee00@sentry.example.com",
        "https://c0ffee00@sentry.example.com/",
        "https://c0ffee00@sentry.example.com/42?a=b",
        "https://c0ffee00@sentry.example.com:0/42",
        "ftp://c0ffee00@sentry.example.com/42",
        "c0ffee00 42"
      })
  void whatIsNoDsnIsRefusedWithoutSayingIt(String dsn) {
    assertThat(SinkSettings.wrongs(SinkKind.SENTRY, new JsonObject().put("dsn", dsn)))
        .containsExactly(
            new Wrong("dsn", "a DSN such as https://key@sentry.example.com/42 is expected"));
  }

  @Test
  void itHasNoTemplatesAndADsnOfOldIsTaken() {
    JsonObject old = new JsonObject().put("dsn", "https://c0ffee00:decade00@sentry.example.com/42");
    assertThat(SinkSettings.wrongs(SinkKind.SENTRY, old)).isEmpty();
    assertThat(SinkSettings.wrongs(SinkKind.SENTRY, old.put("title", "{{name}}")))
        .extracting(Wrong::name)
        .containsExactly("title");
  }

  @Test
  void whereItMayBeIsJudgedByItsDsn() {
    Wrong inside = join(sinks(List.of()).reachable(SinkKind.SENTRY, settings()));
    assertThat(Objects.requireNonNull(inside).name()).isEqualTo("dsn");
    assertThat(join(sinks.reachable(SinkKind.SENTRY, settings()))).isNull();
  }
}

package dev.toygun.alert;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.toygun.alert.Message.Event;
import dev.toygun.testing.servers.Receiver;
import dev.toygun.testing.servers.Receiver.Received;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Each kind of sink that speaks HTTP, against a server. */
class SinksTest extends SinkTrial {
  private static Certificate certificate;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
    certificate = Certificate.make(folder);
  }

  @Test
  void aWebhookIsSignedAndSaysEverything() throws InterruptedException {
    sent(SinkKind.WEBHOOK, webhook(), Event.OPEN);
    Received got = receiver.take();
    JsonObject body = got.json();
    assertThat(body.getString("event")).isEqualTo("open");
    assertThat(body.getString("dedup_key")).isEqualTo(Bodies.open().getString("dedup_key"));
    assertThat(body.getString("title")).isEqualTo("critical: panic of website home");
    assertThat(body.getString("text")).contains("no answer from ••••").contains("Task: monitor");
    assertThat(body.getJsonObject("alarm").getString("error_kind")).isEqualTo("Unreachable");
    assertThat(got.header("idempotency-key")).isEqualTo(DELIVERY.toString());
    String[] signature = String.valueOf(got.header("toygun-signature")).split("[=,]", -1);
    long at = Long.parseLong(signature[1]);
    assertThat(at).isCloseTo(time.now().getEpochSecond(), org.assertj.core.data.Offset.offset(10L));
    assertThat(signature[3]).isEqualTo(Webhook.signature(SECRET, at, got.body()));
    assertThat(signature[3]).isNotEqualTo(Webhook.signature(SECRET, at + 1, got.body()));
  }

  /** So that who wrote a receiver from docs/alarm.md is not cut off by a change here. */
  @Test
  void theSignatureIsTheOneThatIsDocumented() {
    assertThat(
            Webhook.signature(
                "0123456789abcdef", 1700000000, io.vertx.core.buffer.Buffer.buffer("{}")))
        .isEqualTo("e4f8e2ecae2295b2ddb2f0b5584c8275e226c0ebe9b3b819e70156bb67122e3e");
  }

  @Test
  void slackIsToldInWordsThatWakeNobodyElse() throws InterruptedException {
    JsonObject settings =
        new JsonObject()
            .put("url", receiver.url("/services/canary"))
            .put("text", "<!channel> {{message}} & more");
    sent(SinkKind.SLACK, settings, Event.OPEN);
    assertThat(receiver.take().json().getString("text"))
        .contains("*critical: panic of website home*")
        .contains("&lt;!channel&gt; no answer from •••• &amp; more");
    sent(SinkKind.SLACK, settings, Event.RESOLVE);
    assertThat(receiver.take().json().getString("text")).contains("Resolved: ");
  }

  @Test
  void slackIsGivenButtonsWhereTheSinkSaysSoAsLongAsThereIsSomethingToDo()
      throws InterruptedException {
    JsonObject settings = new JsonObject().put("url", receiver.url("/services/canary"));
    sent(SinkKind.SLACK, settings, Event.OPEN);
    assertThat(receiver.take().json().containsKey("blocks")).isFalse();
    settings.put("buttons", true);
    join(
        sinks.send(
            SinkKind.SLACK,
            settings,
            DELIVERY,
            Event.OPEN,
            Bodies.open().put("suggested", new JsonArray().add("restart"))));
    JsonArray buttons =
        receiver.take().json().getJsonArray("blocks").getJsonObject(1).getJsonArray("elements");
    assertThat(buttons.stream().map(JsonObject.class::cast))
        .extracting(button -> button.getJsonObject("text").getString("text"))
        .containsExactly("Acknowledge", "Snooze 1 h", "Start restart");
    JsonObject start = buttons.getJsonObject(2);
    assertThat(start.getJsonObject("confirm").encode()).contains("restart of website home");
    assertThat(new JsonObject(start.getString("value")))
        .isEqualTo(
            new JsonObject()
                .put("type", "website")
                .put("uuid", "0192f0c0-0000-7000-8000-000000000002")
                .put("task", "restart")
                .put("once", DELIVERY.toString()));
    sent(SinkKind.SLACK, settings, Event.RESOLVE);
    assertThat(receiver.take().json().containsKey("blocks")).isFalse();
  }

  @Test
  void pagerDutyHasOneIncidentForAllMessagesOfAnAlarm() throws InterruptedException {
    JsonObject settings =
        new JsonObject()
            .put("url", receiver.url("/v2/enqueue"))
            .put("routing_key", "0123456789abcdef0123456789abcdef");
    receiver.usually(Receiver.status(202));
    sent(SinkKind.PAGERDUTY, settings, Event.OPEN);
    JsonObject trigger = receiver.take().json();
    assertThat(trigger.getString("event_action")).isEqualTo("trigger");
    assertThat(trigger.getString("routing_key")).isEqualTo("0123456789abcdef0123456789abcdef");
    JsonObject payload = trigger.getJsonObject("payload");
    assertThat(payload.getString("summary")).isEqualTo("critical: panic of website home");
    assertThat(payload.getString("severity")).isEqualTo("critical");
    assertThat(payload.getString("source")).isEqualTo("home");
    sent(SinkKind.PAGERDUTY, settings, Event.RESOLVE);
    JsonObject resolve = receiver.take().json();
    assertThat(resolve.getString("event_action")).isEqualTo("resolve");
    assertThat(resolve.getString("dedup_key")).isEqualTo(trigger.getString("dedup_key"));
  }

  @Test
  void theLogHasALineForEachLouderWhereSomethingIsWrong() {
    Logger log = (Logger) LoggerFactory.getLogger("dev.toygun.alarm");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Level usual = log.getLevel();
    log.setLevel(Level.INFO);
    lines.start();
    log.addAppender(lines);
    try {
      sent(SinkKind.LOG, new JsonObject(), Event.OPEN);
      sent(SinkKind.LOG, new JsonObject(), Event.RESOLVE);
    } finally {
      log.detachAppender(lines);
      log.setLevel(usual);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.ERROR, Level.INFO);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .allMatch(line -> line.contains("panic of website home"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 408, 425})
  void whatMayPassIsTriedAgain(int status) {
    receiver.usually(Receiver.status(status));
    NotDelivered failure = notSent(SinkKind.WEBHOOK, webhook());
    assertThat(failure.forGood()).isFalse();
    assertThat(failure).hasMessageContaining("it answered " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 422})
  void whatNeverWorksIsNot(int status) {
    receiver.usually(Receiver.status(status));
    assertThat(notSent(SinkKind.WEBHOOK, webhook()).forGood()).isTrue();
  }

  @Test
  void whoAsksForTimeGetsIt() {
    receiver.usually(Receiver.status(429, "Retry-After", "120"));
    assertThat(notSent(SinkKind.WEBHOOK, webhook()).askedToWait()).contains(Duration.ofMinutes(2));
    receiver.usually(Receiver.status(503, "Retry-After", "999999999"));
    assertThat(notSent(SinkKind.WEBHOOK, webhook()).askedToWait()).contains(Duration.ofHours(1));
    receiver.usually(Receiver.status(429, "Retry-After", "Wed, 21 Oct 2037 07:28:00 GMT"));
    assertThat(notSent(SinkKind.WEBHOOK, webhook()).forGood()).isFalse();
  }

  @Test
  void whoSaysNothingOrHangsUpIsTriedAgain() {
    receiver.next(Receiver.silence());
    receiver.next(Receiver.hangUp());
    NotDelivered silence = notSent(SinkKind.WEBHOOK, webhook());
    assertThat(silence).hasMessageContaining("no answer within");
    assertThat(silence.forGood()).isFalse();
    NotDelivered hungUp = notSent(SinkKind.WEBHOOK, webhook());
    assertThat(hungUp).hasMessageContaining("no connection");
    assertThat(hungUp.forGood()).isFalse();
  }

  @Test
  void anAnswerThatNeverEndsIsCutOff() {
    receiver.usually(
        request -> {
          request.response().setStatusCode(500).setChunked(true);
          drip(request.response());
        });
    assertThat(notSent(SinkKind.WEBHOOK, webhook())).hasMessageContaining("it answered 500: xxxx");
  }

  private static void drip(HttpServerResponse response) {
    if (!response.closed()) {
      response.write("x".repeat(200)).onSuccess(more -> drip(response));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 270})
  void whoQuotesWhatItWasSentGivesNoSecretAway(int before) {
    String token = "canary-0123456789-xoxb";
    String key = "0123456789abcdefABCDEF0123456789";
    receiver.usually(
        request ->
            request
                .response()
                .setStatusCode(404)
                .end("-".repeat(before) + request.uri().replace("/", "\\/") + " " + key));
    JsonObject slack = new JsonObject().put("url", receiver.url("/services/T1/" + token));
    assertThat(notSent(SinkKind.SLACK, slack))
        .hasMessageContaining("••••")
        .hasMessageNotContaining("canary-0");
    JsonObject pager =
        new JsonObject().put("url", receiver.url("/v2/enqueue")).put("routing_key", key);
    assertThat(notSent(SinkKind.PAGERDUTY, pager))
        .hasMessageContaining("v2")
        .hasMessageContaining("••••")
        .hasMessageNotContaining("01234567");
  }

  @Test
  void aRedirectIsNotFollowed() throws InterruptedException {
    receiver.usually(Receiver.status(302, "Location", receiver.url("/inside")));
    NotDelivered failure = notSent(SinkKind.WEBHOOK, webhook());
    assertThat(failure.forGood()).isTrue();
    assertThat(failure).hasMessageContaining("redirects are not followed");
    assertThat(receiver.take().path()).isEqualTo("/hook");
    assertThat(receiver.rest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "2130706433", "169.254.169.254"})
  void aPrivateAddressIsRefusedWhateverItIsCalled(String host) {
    JsonObject settings =
        new JsonObject()
            .put("url", "https://%s:%d/".formatted(host, receiver.port()))
            .put("secret", SECRET);
    Sinks strict = sinks(List.of());
    NotDelivered failure =
        failure(strict.send(SinkKind.WEBHOOK, settings, DELIVERY, Event.OPEN, Bodies.open()));
    assertThat(failure).hasMessageContaining("TOYGUN_SINK_NETWORKS");
    assertThat(failure.forGood()).isTrue();
    assertThat(receiver.rest()).isEmpty();
    assertThat(join(strict.reachable(SinkKind.WEBHOOK, settings)))
        .satisfies(wrong -> assertThat(String.valueOf(wrong)).contains("private address"));
  }

  @Test
  void plainHttpIsForAllowedNetworksOnly() {
    JsonObject settings = new JsonObject().put("url", "http://8.8.8.8/").put("secret", SECRET);
    assertThat(notSent(SinkKind.WEBHOOK, settings).getMessage()).contains("https://");
    assertThat(join(sinks.reachable(SinkKind.WEBHOOK, settings)))
        .satisfies(wrong -> assertThat(String.valueOf(wrong)).contains("unencrypted"));
    assertThat(join(sinks.reachable(SinkKind.WEBHOOK, webhook()))).isNull();
  }

  @Test
  void aHostThatIsNotThereMayBeThereLater() {
    JsonObject settings =
        new JsonObject().put("url", "https://nowhere.invalid/").put("secret", SECRET);
    NotDelivered failure = notSent(SinkKind.WEBHOOK, settings);
    assertThat(failure).hasMessageContaining("nowhere.invalid");
    assertThat(failure.forGood()).isFalse();
  }

  @Test
  void httpsIsHeldToItsCertificateThoughTheAddressIsFixed() throws Exception {
    HttpServerOptions tls =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PfxOptions()
                    .setPath(certificate.store().toString())
                    .setPassword(Certificate.PASSWORD));
    try (Receiver secure = new Receiver(tls)) {
      JsonObject settings =
          new JsonObject()
              .put("url", "https://localhost:%d/hook".formatted(secure.port()))
              .put("secret", SECRET)
              .put("ca", certificate.pem());
      sent(SinkKind.WEBHOOK, settings, Event.OPEN);
      assertThat(secure.take().header("host")).isEqualTo("localhost:" + secure.port());
      // By another name, the certificate is somebody else's; without the authority, nobody's.
      assertThat(notSent(SinkKind.WEBHOOK, settings.copy().put("url", secure.url("/hook"))))
          .isNotNull();
      JsonObject untrusting = settings.copy();
      untrusting.remove("ca");
      assertThat(notSent(SinkKind.WEBHOOK, untrusting)).isNotNull();
      assertThat(secure.rest()).isEmpty();
    }
  }

  @Test
  void aSecretOfAnotherKeychainIsSaidAndNotSent() throws GeneralSecurityException {
    JsonObject stored =
        sinks(LOOPBACK).settings().seal(new UUID(1, 1), SinkKind.WEBHOOK, webhook(), time.now());
    NotDelivered failure =
        failure(
            sinks.send(
                new Sinks.Stored(new UUID(1, 1), SinkKind.WEBHOOK, stored),
                DELIVERY,
                Event.OPEN,
                Bodies.open()));
    assertThat(failure.forGood()).isTrue();
    assertThat(failure).hasMessageContaining("field secret");
    assertThat(receiver.rest()).isEmpty();
  }
}

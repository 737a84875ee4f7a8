package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.servers.Receiver;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmsTest {
  private ApiRig rig;
  private Http operator;
  private int made;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String server() {
    return operator
        .post(
            "/v1/resources/server",
            new JsonObject()
                .put("label", "alarmed-" + made++)
                .put("fields", new JsonObject().put("address", "http://127.0.0.1:1/")))
        .expect(201)
        .uuid();
  }

  /** An alarm of a resource, as a worker would have opened it. */
  private String alarm(String resource, String name, String severity) {
    String uuid = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%s', '%s', '%s', '%s', 'server', 1, 'open', 1, true, '%s', 'it is down', now())
        """
            .formatted(resource, resource, uuid, name, severity));
    return uuid;
  }

  private static String in(Duration time) {
    return Instant.now().plus(time).toString();
  }

  private String state(String alarm) {
    return operator.get("/v1/alarms/" + alarm).expect(200).body().getString("state");
  }

  @Test
  void anAlarmIsShownWithWhoWasTold() {
    String alarm = alarm(server(), "down", "error");
    rig.execute(
        """
        insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, state, tries, last_error)
        select gen_random_uuid(), resource_uuid, uuid, 'ops', 'open', 'failed', 1, 'it answered 404' from alarms where uuid = '%s'
        """
            .formatted(alarm));
    JsonObject shown = rig.as(Role.VIEWER).get("/v1/alarms/" + alarm).expect(200).body();
    assertThat(shown.getString("name")).isEqualTo("down");
    assertThat(shown.getJsonArray("deliveries").getJsonObject(0).getString("last_error"))
        .isEqualTo("it answered 404");
    assertThat(operator.get("/v1/alarms?state=open").expect(200).text()).contains(alarm);
    assertThat(operator.get("/v1/alarms?state=ignored").expect(200).text()).doesNotContain(alarm);
    operator.get("/v1/alarms?state=loud").problem(400, "bad_parameter", "state");
    operator.get("/v1/alarms/" + UUID.randomUUID()).problem(404, "not_found", "alarm");
  }

  @Test
  void whatStandsStillIsExplainedByTheAlarmOfThatNotByTheNewest() {
    String server = server();
    String panic = alarm(server, "panic", "error");
    alarm(server, "down", "error");
    rig.execute(
        "update resources set state = '__panic__', due_at = null, every_s = null, bucket = null where uuid = '%s'"
            .formatted(server));
    JsonObject why =
        operator
            .get("/v1/resources/server/" + server + "/explain")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(why.getString("reason")).isEqualTo("panicked");
    assertThat(why.getString("alarm")).isEqualTo(panic);
  }

  @Test
  void anAlarmIsTakenCareOfSnoozedIgnoredAndClosed() {
    String alarm = alarm(server(), "down", "error");
    String path = "/v1/alarms/" + alarm;
    Http.Reply acked =
        operator.post(path + ":ack", new JsonObject().put("reason", "on it")).expect(200);
    assertThat(acked.body().getString("state")).isEqualTo("acknowledged");
    assertThat(acked.body().getString("acknowledged_by")).startsWith("key:operator");
    operator
        .post(path + ":snooze", new JsonObject().put("until", in(Duration.ofHours(2))))
        .expect(200);
    assertThat(state(alarm)).isEqualTo("snoozed");
    operator.post(path + ":ignore").expect(200);
    operator.post(path + ":unignore").expect(200);
    assertThat(state(alarm)).isEqualTo("open");
    operator
        .post(path + ":close", new JsonObject(), "If-Match", acked.header("ETag"))
        .problem(412, "stale");
    operator.post(path + ":close").expect(200);
    assertThat(state(alarm)).isEqualTo("closed");
    assertThat(operator.get("/v1/alarms").expect(200).text()).doesNotContain(alarm);
    assertThat(operator.get("/v1/alarms?closed=true").expect(200).text()).contains(alarm);
    assertThat(operator.get("/v1/alarms?state=closed").expect(200).text()).contains(alarm);
    assertThat(operator.get("/v1/alarms?closed=true&state=open").expect(200).text())
        .doesNotContain(alarm);
    assertThat(
            rig.rows(
                "select action from audit where target like '%"
                    + alarm
                    + "%' and status = 200 order by seq"))
        .containsExactly(
            "acknowledgeAlarm", "snoozeAlarm", "ignoreAlarm", "unignoreAlarm", "closeAlarm");
    assertThat(operator.get(path + "/history").expect(200).text())
        .contains("by key:operator", ": on it\"", " until ");
  }

  @Test
  void theAlarmOfABrakeIsLiftedForATimeAndForAReason() {
    String alarm = alarm(server(), "brake:server:monitor", "critical");
    String path = "/v1/alarms/" + alarm;
    JsonObject lift = new JsonObject().put("until", in(Duration.ofHours(1)));
    operator.post(path + ":lift", lift).problem(422, "invalid").pointsAt("/reason", "why");
    operator
        .post(path + ":lift", new JsonObject().put("reason", "no power"))
        .problem(422, "invalid")
        .pointsAt("/until", "until when");
    assertThat(state(alarm)).isEqualTo("open");
    operator.post(path + ":lift", lift.put("reason", "no power")).expect(200);
    assertThat(state(alarm)).isEqualTo("lifted");
    assertThat(operator.get(path + "/history").expect(200).text()).contains(": no power\"");
    assertThat(rig.rows("select reason from audit where action = 'liftAlarm' and status = 200"))
        .containsExactly("no power");
    String down = alarm(server(), "down", "error");
    operator
        .post("/v1/alarms/" + down + ":lift", lift)
        .problem(409, "wrong_state", "not of a brake");
  }

  private String row(String alarm) {
    return rig.rows("select a::text from alarms a where uuid = '" + alarm + "'").get(0);
  }

  @Test
  void whatCannotBeChangesNothing() {
    String alarm = alarm(server(), "down", "error");
    String path = "/v1/alarms/" + alarm;
    String before = row(alarm);
    JsonObject past = new JsonObject().put("until", in(Duration.ofHours(-1)));
    operator.post(path + ":snooze", past).problem(422, "invalid").pointsAt("/until", "past");
    operator.post(path + ":ack", past).problem(422, "invalid").pointsAt("/until", "past");
    operator.post(path + ":snooze").problem(422, "invalid").pointsAt("/until", "until when");
    operator
        .post(path + ":snooze", new JsonObject().put("until", "tomorrow"))
        .problem(422, "invalid")
        .pointsAt("/until");
    operator.post(path + ":unignore").problem(409, "wrong_state", "open", "ignored");
    rig.as(Role.VIEWER).post(path + ":ack").problem(403, "denied", "operator");
    assertThat(row(alarm)).isEqualTo(before);
    operator.post(path + ":close").expect(200);
    String closed = row(alarm);
    operator.post(path + ":ack").problem(409, "wrong_state", "closed");
    operator.post(path + ":close").problem(409, "wrong_state", "closed");
    assertThat(row(alarm)).isEqualTo(closed);
  }

  @Test
  void theSameRequestIsCarriedOutOnce() {
    String path = "/v1/alarms/" + alarm(server(), "down", "error");
    operator.post(path + ":ack", new JsonObject(), "Idempotency-Key", "ack-1").expect(200);
    operator.post(path + ":close").expect(200);
    Http.Reply again =
        operator.post(path + ":ack", new JsonObject(), "Idempotency-Key", "ack-1").expect(200);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void whoWasToldIsToldThatAPersonClosedIt() throws InterruptedException {
    try (Receiver receiver = new Receiver()) {
      rig.as(Role.ADMIN)
          .post(
              "/v1/sinks",
              new JsonObject()
                  .put("name", "ops")
                  .put("kind", "webhook")
                  .put(
                      "settings",
                      new JsonObject()
                          .put("url", receiver.url("/"))
                          .put("secret", "0123456789abcdef")))
          .expect(201);
      String alarm = alarm(server(), "down", "error");
      rig.execute(
          """
          insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, state, tries)
          select gen_random_uuid(), resource_uuid, uuid, 'ops', 'open', 'sent', 1 from alarms where uuid = '%s'
          """
              .formatted(alarm));
      operator.post("/v1/alarms/" + alarm + ":close").expect(200);
      JsonObject told =
          operator.get("/v1/alarms/" + alarm).expect(200).body().getJsonArray("deliveries").stream()
              .map(JsonObject.class::cast)
              .filter(one -> one.getString("event").equals("resolve"))
              .findFirst()
              .orElseThrow();
      assertThat(told.getString("state")).isEqualTo("pending");
      rig.execute("delete from sinks");
    }
  }

  @Test
  void errorsOfOneKindAndPlaceAreOneGroup() {
    String server = server();
    for (int i = 0; i < 3; i++) {
      rig.execute(
          """
          insert into errors (uuid, resource_uuid, subject_uuid, kind, message, stack_hash, state, step, try, worker, build)
          values (gen_random_uuid(), '%s', '%s', 'Unreachable', 'no route %d', 'abc123', 'watched', 1, 1, 'w', 'b')
          """
              .formatted(server, server, i));
    }
    JsonObject group =
        operator.get("/v1/error-groups?hours=1").expect(200).body().getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .filter(one -> "abc123".equals(one.getString("stack_hash")))
            .findFirst()
            .orElseThrow();
    assertThat(group.getInteger("count")).isEqualTo(3);
    assertThat(group.getInteger("resources")).isEqualTo(1);
    assertThat(
            operator.get("/v1/errors?stack_hash=abc123").expect(200).body().getJsonArray("items"))
        .hasSize(3);
    assertThat(operator.get("/v1/errors?kind=Other").expect(200).body().getJsonArray("items"))
        .isEmpty();
    assertThat(
            operator
                .get("/v1/errors/" + group.getString("last"))
                .expect(200)
                .body()
                .getJsonArray("hops"))
        .isEmpty();
  }
}

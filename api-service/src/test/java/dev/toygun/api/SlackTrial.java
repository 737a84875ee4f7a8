package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** An API with an app of Slack, and alarms to ask about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SlackTrial {
  Workspace slack;
  ApiRig rig;
  Http operator;
  private int made;

  @BeforeAll
  void start() {
    slack = new Workspace();
    rig = slack.rig();
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
    slack.close();
  }

  String server(String label) {
    return operator
        .post(
            "/v1/resources/server",
            new JsonObject()
                .put("label", label)
                .put(
                    "fields",
                    new JsonObject()
                        .put("address", "http://127.0.0.1:1/")
                        .put("token", "canary-of-a-token")))
        .expect(201)
        .uuid();
  }

  /** An alarm of a new server, as a worker would have opened it. */
  String alarm(String message) {
    String resource = server("slack-" + made++);
    String uuid = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%s', '%s', '%s', 'down', 'server', 1, 'open', 1, true, 'error', '%s', now())
        """
            .formatted(resource, resource, uuid, message));
    return uuid;
  }

  JsonObject shown(String alarm) {
    return operator.get("/v1/alarms/" + alarm).expect(200).body();
  }

  List<String> moves(String alarm) {
    return operator
        .get("/v1/alarms/" + alarm + "/history")
        .expect(200)
        .body()
        .getJsonArray("items")
        .stream()
        .map(JsonObject.class::cast)
        .map(move -> move.getString("to") + " by " + move.getString("actor"))
        .toList();
  }

  List<String> audited(String actor) {
    return rig.rows(
        "select concat_ws(' ', action, allowed, status, target) from audit where actor = '%s' order by seq"
            .formatted(actor));
  }

  static Stream<JsonObject> buttons(JsonObject message) {
    return message.getJsonArray("blocks").stream()
        .map(JsonObject.class::cast)
        .filter(block -> block.getString("type").equals("actions"))
        .flatMap(block -> block.getJsonArray("elements").stream())
        .map(JsonObject.class::cast);
  }

  static JsonObject button(JsonObject message, String label) {
    return buttons(message)
        .filter(one -> one.getJsonObject("text").getString("text").equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** Clicks, and takes what is said of it. */
  JsonObject clicked(String body) throws InterruptedException {
    assertThat(slack.signed(rig.api.port(), Workspace.ACTIONS, body).expect(200).text()).isEmpty();
    return slack.hooks.take().json();
  }

  String label(String alarm) {
    return shown(alarm).getString("label");
  }
}

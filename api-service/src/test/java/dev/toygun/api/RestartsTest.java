package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Priority;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.RateDefinition;
import dev.toygun.store.TypeDefinition.StateDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code POST …:restart}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartsTest {
  private ApiRig rig;
  private Http http;
  private Sites sites;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    sites = new Sites(rig);
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static TypeDefinition type() {
    StateDefinition state =
        new StateDefinition(
            "up", "decide", List.of(), false, false, true, false, List.of(), null, null, 30, 0,
            List.of());
    TaskDefinition restart =
        new TaskDefinition(
            "__restart__",
            false,
            false,
            false,
            false,
            false,
            null,
            "up",
            List.of(),
            List.of(state),
            "stateDiagram-v2",
            null,
            null,
            false);
    return new TypeDefinition(
        "node",
        1,
        "default",
        Priority.NORMAL,
        "up",
        List.of(),
        List.of(state),
        List.of(restart),
        List.of(),
        false,
        List.of(),
        "stateDiagram-v2",
        null,
        new RateDefinition(1, 3_600),
        null);
  }

  /** A resource that can be restarted once in an hour, of a type of its own. */
  static String node(ApiRig rig, Sites sites) {
    ApiRig.await(rig.store.publish(List.of(type()), "build-1"));
    return "/v1/resources/node/" + sites.resource("node", "up", null);
  }

  private String node() {
    return node(rig, sites);
  }

  private JsonObject action(String at) {
    return http.get(at).expect(200).body().getJsonArray("actions").stream()
        .map(JsonObject.class::cast)
        .filter(action -> action.getString("name").equals("restart"))
        .findFirst()
        .orElseThrow();
  }

  private void ended(String at) {
    rig.execute(
        "update tasks set active = false, state = '__stop__', due_at = null, outcome = 'finished',"
            + " ended_at = now() where resource_uuid = '%s'"
                .formatted(at.substring(at.lastIndexOf('/') + 1)));
  }

  @Test
  void itIsCountedAndBeyondItsBudgetItTakesForce() {
    String at = node();
    assertThat(action(at).getBoolean("allowed")).isTrue();
    assertThat(http.post(at + ":restart?validate_only=true").expect(200).body().getBoolean("valid"))
        .isTrue();
    JsonObject after =
        http.post(at + ":restart", new JsonObject().put("reason", "new certificate"))
            .expect(202)
            .body();
    assertThat(after.getJsonObject("restarts"))
        .isEqualTo(
            new JsonObject()
                .put("under_way", true)
                .put("total", 1)
                .put("within_window", 1)
                .put("most", 1)
                .put("window_seconds", 3_600)
                .put("next_at", after.getJsonObject("restarts").getString("next_at")));
    assertThat(after.getJsonObject("restarts").getString("next_at")).isNotNull();
    assertThat(action(at).getString("why_not")).contains("under way already");
    http.post(at + ":restart", new JsonObject().put("force", true)).problem(409, "wrong_state");
    ended(at);
    http.post(at + ":restart?validate_only=true").problem(409, "used_up");
    assertThat(
            http.post(at + ":restart")
                .problem(409, "used_up", "allows, 1 within 3600 s", "or now with force")
                .text())
        .containsPattern("T[0-9:]{8}Z on, or");
    http.post(at + ":restart", new JsonObject().put("force", true)).expect(202);
    assertThat(
            rig.rows(
                "select message from log where message like '%by force%' and resource_uuid = '"
                    + at.substring(at.lastIndexOf('/') + 1)
                    + "'"))
        .hasSize(1);
  }

  @Test
  void itCountsAsDownOnPurposeWhileItRuns() {
    String at = node();
    http.post(at + ":restart").expect(202);
    String uuid = at.substring(at.lastIndexOf('/') + 1);
    rig.execute(
        "update resources set created_at = now() - interval '1 hour' where uuid = '" + uuid + "'");
    assertThat(availability(at)).as("its first step may be long").isEqualTo("known_offline");
    rig.execute("update tasks set admission = 'asks' where resource_uuid = '" + uuid + "'");
    assertThat(availability(at)).as("it waits").isEqualTo("unknown");
    rig.execute(
        "update tasks set state = 'up', step = 1, admission = null, created_at = now() - interval '1 min'"
            + " where resource_uuid = '"
            + uuid
            + "'");
    assertThat(availability(at)).isEqualTo("known_offline");
    assertThat(http.get(at).expect(200).body().getJsonObject("restarts").getBoolean("under_way"))
        .isTrue();
    ended(at);
    assertThat(availability(at)).isEqualTo("unknown");
  }

  private String availability(String at) {
    return http.get(at + "/availability").expect(200).body().getString("availability");
  }

  @Test
  void whatHasNoRestartOrIsBeingMadeSaysSo() {
    String server = "/v1/resources/server/" + sites.resource("server", "watched", null);
    http.post(server + ":restart").problem(409, "no_restart", ".onRestart(task)");
    assertThat(action(server).getString("why_not")).contains("does not say how");
    assertThat(http.get(server).expect(200).body().getValue("restarts")).isNull();
    String made = "/v1/resources/node/" + sites.resource("node", "__new__", null);
    http.post(made + ":restart").problem(409, "wrong_state", "being made");
    http.post(made + "/tasks/__restart__").problem(409, "reserved", ":restart");
  }

  @Test
  void whoeverKnowsAnotherVersionIsRefused() {
    String at = node();
    http.post(at + ":restart", new JsonObject(), "If-Match", "\"7\"").problem(412, "stale");
  }

  @Test
  void aPageOffersItAndByForceWhereItTakesThat() {
    String at = node();
    Browser browser = new Browser(rig.api.port()).signIn(http);
    browser
        .get(at)
        .says(200, "Restart", "Restarts: 0 in all, 0 within the last 3600 s (allowed: 1)");
    Element form =
        Objects.requireNonNull(
            browser.get(at + ":restart").says(200, "Restart").select("main form").first());
    browser.submit(form, Map.of("reason", "new certificate")).expect(303);
    ended(at);
    browser.get(at).says(200, "Restarts: 1 in all, 1 within the last 3600 s (allowed: 1)");
    Element again =
        Objects.requireNonNull(browser.get(at + ":restart").says(200).select("main form").first());
    browser.submit(again, Map.of()).says(409, "force");
    browser.submit(again, Map.of("force", "true")).expect(303);
  }
}

package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Bulks;
import dev.toygun.store.Cause;
import dev.toygun.store.Stamp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkRunsTest {
  private ApiRig rig;
  private Http operator;

  /** A bulk run of servers. */
  static JsonObject bulk(String action, String... filter) {
    return new JsonObject()
        .put("type", "server")
        .put("action", action)
        .put("filter", new JsonArray(List.of(filter)));
  }

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void fill() {
    for (String label : List.of("first", "second")) {
      operator.post("/v1/resources/server", ResourcesTest.server(label)).expect(201);
    }
  }

  @AfterEach
  void empty() {
    rig.execute(
        "delete from bulk_items; delete from bulks; delete from tasks; delete from resources where type = 'server'");
  }

  /** What a clock does. */
  private void clock(String uuid) {
    Stamp clock = new Stamp(Cause.API, "system", "clock-1", "", null, null, Stamp.Delays.NONE);
    Bulks.Step step;
    do {
      step =
          ApiRig.await(rig.store.bulks().step(UUID.fromString(uuid), 100, rig.time::uuid, clock));
    } while (step.more());
  }

  private JsonObject get(String uuid) {
    return operator.get("/v1/bulk/" + uuid).expect(200).body();
  }

  private List<JsonObject> items(String uuid, String query) {
    return operator
        .get("/v1/bulk/" + uuid + "/items" + query)
        .expect(200)
        .body()
        .getJsonArray("items")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  @Test
  void aTaskIsStartedOnWhatTheFilterFinds() {
    JsonObject asked =
        bulk("start", "label=first")
            .put("task", "monitor")
            .put("args", new JsonObject().put("count", 3))
            .put("rate", "30/min")
            .put("reason", "a try");
    Http.Reply made = operator.post("/v1/bulk", asked).expect(201);
    assertThat(made.header("Location")).isEqualTo("/v1/bulk/" + made.uuid());
    assertThat(made.body().getString("rate")).isEqualTo("30/min");
    assertThat(made.body().getInteger("halt_after")).isEqualTo(1);
    clock(made.uuid());
    JsonObject now = get(made.uuid());
    assertThat(now.getString("state")).isEqualTo("running");
    assertThat(now.getJsonObject("counts").getInteger("begun")).isEqualTo(1);
    JsonObject item = items(made.uuid(), "?result=begun").get(0);
    assertThat(item.getString("label")).isEqualTo("first");
    JsonObject run = operator.get("/v1/tasks/" + item.getString("task")).expect(200).body();
    assertThat(run.getJsonObject("args").getInteger("count")).isEqualTo(3);
    assertThat(run.getString("started_by")).startsWith("key:operator");
    assertThat(items(made.uuid(), "?result=failed")).isEmpty();
    assertThat(operator.get("/v1/bulk").expect(200).text()).contains(made.uuid(), "a try");
  }

  @Test
  void itIsSaidHowManyItWouldBe() {
    JsonObject would =
        operator.post("/v1/bulk?validate_only=true", bulk("delete")).expect(200).body();
    assertThat(would.getInteger("count")).isEqualTo(2);
    assertThat(would.getBoolean("more")).isFalse();
    assertThat(would.getJsonArray("few").getJsonObject(0).getString("label")).isEqualTo("first");
    assertThat(rig.rows("select count(*) from bulks")).containsExactly("0");
  }

  @Test
  void itIsAskedForOnceUnderAnIdempotencyKey() {
    String[] once = {"Idempotency-Key", "bulk-1"};
    String uuid = operator.post("/v1/bulk", bulk("delete"), once).expect(201).uuid();
    assertThat(operator.post("/v1/bulk", bulk("delete"), once).expect(201).uuid()).isEqualTo(uuid);
    assertThat(rig.rows("select count(*) from bulks")).containsExactly("1");
    clock(uuid);
    assertThat(get(uuid).getString("state")).isEqualTo("done");
    assertThat(rig.rows("select distinct deleting from resources where type = 'server'"))
        .containsExactly("asked");
    assertThat(rig.rows("select attrs ->> 'action' from audit where action = 'createBulk'"))
        .contains("delete");
  }

  @Test
  void itIsPausedResumedAndCancelled() {
    String uuid = operator.post("/v1/bulk", bulk("delete").put("rate", "1/h")).expect(201).uuid();
    String path = "/v1/bulk/" + uuid;
    clock(uuid);
    JsonObject why = new JsonObject().put("reason", "to look");
    JsonObject paused = operator.post(path + ":pause", why).expect(200).body();
    assertThat(paused.getString("state")).isEqualTo("paused");
    assertThat(paused.getString("note")).contains("key:operator", "to look");
    operator.post(path + ":pause").problem(409, "wrong_state", "paused");
    assertThat(operator.post(path + ":resume").expect(200).body().getString("state"))
        .isEqualTo("running");
    assertThat(get(uuid).getString("eta")).isNotNull();
    JsonObject over = operator.post(path + ":cancel").expect(200).body();
    assertThat(over.getJsonArray("can")).isEmpty();
    assertThat(over.getJsonObject("counts").getInteger("waiting")).isEqualTo(1);
    operator.post(path + ":resume").problem(409, "ended", "cancelled");
    operator.post("/v1/bulk/" + rig.time.uuid() + ":cancel").problem(404, "not_found", "bulk run");
  }

  @Test
  void whatDoesNotGoWithTheActionIsSaidAtOnce() {
    operator.post("/v1/bulk", bulk("start")).problem(422, "invalid").pointsAt("/task");
    operator
        .post("/v1/bulk", bulk("delete").put("task", "monitor"))
        .problem(422, "invalid")
        .pointsAt("/task");
    operator.post("/v1/bulk", bulk("set")).problem(422, "invalid").pointsAt("/fields");
    operator
        .post("/v1/bulk", bulk("set").put("fields", new JsonObject().put("port", "high")))
        .problem(422, "invalid")
        .pointsAt("/fields/port");
    operator
        .post("/v1/bulk", bulk("signal").put("signal", "unknown"))
        .problem(422, "invalid")
        .pointsAt("/signal");
    operator
        .post("/v1/bulk", bulk("delete").put("rate", "fast"))
        .problem(422, "invalid")
        .pointsAt("/rate");
    operator.post("/v1/bulk", bulk("stop").put("task", "none")).problem(404, "unknown_task");
    operator
        .post("/v1/bulk", bulk("start").put("task", "__start__"))
        .problem(409, "reserved", "__start__");
    operator.post("/v1/bulk", bulk("start").put("task", "wipe")).problem(409, "internal", "wipe");
    operator.post("/v1/bulk", bulk("delete", "color=red")).problem(400, "bad_parameter");
    rig.as(Role.VIEWER).post("/v1/bulk", bulk("delete")).problem(403, "denied", "createBulk");
  }

  @Test
  void noSecretIsSentInBulk() {
    JsonObject secret = new JsonObject().put("password", "hunter2");
    Http.Reply refused =
        operator
            .post("/v1/bulk", bulk("start").put("task", "monitor").put("args", secret))
            .problem(422, "invalid")
            .pointsAt("/args/password", "bulk");
    assertThat(refused.text()).doesNotContain("hunter2");
  }

  @Test
  void pagesShowHowFarItHasComeAndFormsSayWhatIsSaidToIt() {
    JsonObject asked = bulk("start", "label=first").put("task", "monitor").put("reason", "a try");
    String uuid = operator.post("/v1/bulk", asked).expect(201).uuid();
    clock(uuid);
    rig.execute("update bulk_items set result = 'failed', due_at = null, message = 'it broke'");
    Browser browser = new Browser(rig.api.port()).signIn(operator);
    assertThat(browser.get("/v1/bulk").expect(200).text())
        .contains("start server monitor", "a try", "/v1/bulk/" + uuid);
    assertThat(browser.get("/v1/bulk/" + uuid).expect(200).text())
        .contains("<progress", "first", "it broke", uuid + ":pause", "bulk show " + uuid)
        .doesNotContain(uuid + ":resume");
    assertThat(browser.get("/v1/bulk/" + uuid + "/items?result=failed").expect(200).text())
        .contains("first", "it broke", "--result failed");
    assertThat(browser.get("/v1/bulk/" + uuid + ":cancel").expect(200).text())
        .contains("What it did stays done.");
  }

  @Test
  void fieldsAreSet() {
    JsonObject fields = new JsonObject().put("port", 99);
    String uuid = operator.post("/v1/bulk", bulk("set").put("fields", fields)).expect(201).uuid();
    clock(uuid);
    assertThat(get(uuid).getJsonObject("counts").getInteger("done")).isEqualTo(2);
    assertThat(
            operator
                .get("/v1/resources/server?filter=fields.port%3D99")
                .expect(200)
                .body()
                .getJsonArray("items"))
        .hasSize(2);
  }
}

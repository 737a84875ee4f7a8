package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.Cause;
import dev.toygun.store.Hold;
import dev.toygun.store.Stamp;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbandonTest {
  private static final JsonObject WHY = new JsonObject().put("reason", "its host is gone");
  private ApiRig rig;
  private Http admin;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    admin = rig.as(Role.ADMIN);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String server(String label) {
    return admin.post("/v1/resources/server", ResourcesTest.server(label)).expect(201).uuid();
  }

  private static String path(String server) {
    return "/v1/resources/server/" + server;
  }

  /** What a clock does, until nothing is left. */
  private void carryOut() {
    Stamp clock = new Stamp(Cause.OPERATOR, "system", "clock-1", "", null, null, Stamp.Delays.NONE);
    for (Hold hold : ApiRig.await(rig.store.holds())) {
      while (ApiRig.await(rig.store.endAbandoned(hold, clock))) {
        // Another page.
      }
    }
  }

  @Test
  void aSubtreeIsAbandonedOnceAndSaysWhoAndWhy() {
    String parent = server("parent");
    String child =
        admin
            .post("/v1/resources/server", ResourcesTest.server("child").put("parent", parent))
            .expect(201)
            .uuid();
    String key = "abandon-once";
    JsonObject hold =
        admin.post(path(parent) + ":abandon", WHY, "Idempotency-Key", key).expect(202).body();
    assertThat(hold.getBoolean("abandons")).isTrue();
    assertThat(hold.getString("resource")).isEqualTo(parent);
    assertThat(
            admin.post(path(parent) + ":abandon", WHY, "Idempotency-Key", key).expect(202).body())
        .isEqualTo(hold);
    assertThat(admin.post(path(parent) + ":abandon", WHY).expect(202).uuid())
        .as("it goes already")
        .isEqualTo(hold.getString("uuid"));
    assertThat(rig.as(Role.VIEWER).get("/v1/holds").expect(200).text())
        .contains("its host is gone");
    admin.post(path(child) + "/tasks/monitor").problem(409, "deleting", "abandoned");
    rig.execute(
        "update resources set due_at = now() + interval '1 h' where uuid = '" + child + "'");
    assertThat(admin.get(path(child) + "/explain").expect(200).text())
        .contains("\"held\"", "it is being abandoned by key:admin", ": its host is gone");
    admin
        .post("/v1/resources/server", ResourcesTest.server("late").put("parent", child))
        .problem(409, "deleting", "abandoned");
    admin.delete(path(parent)).problem(409, "deleting", "abandoned");
    admin.post(path(child) + ":abandon", WHY).problem(409, "deleting", "abandoned");
    String uuid = hold.getString("uuid");
    admin.post("/v1/holds/" + uuid + ":release").problem(404, "not_found", "abandons");
    admin.post(path(parent) + ":release").problem(409, "not_held");
    carryOut();
    for (String gone : new String[] {parent, child}) {
      JsonObject now = admin.get(path(gone)).expect(200).body();
      assertThat(now.getBoolean("active")).isFalse();
      assertThat(admin.get(path(gone) + "/history").expect(200).text())
          .contains("abandoned: its host is gone", "key:admin");
    }
    assertThat(admin.get("/v1/holds").expect(200).text()).doesNotContain(uuid);
    admin.post(path(parent) + ":abandon", WHY).problem(409, "ended");
    assertThat(
            rig.rows("select reason from audit where action = 'abandonResource' and status = 202"))
        .containsExactly("its host is gone", "its host is gone");
  }

  @Test
  void whatIsBeingAbandonedSaysThatNothingCanBeAskedOfIt() {
    String server = server("going");
    String below =
        admin
            .post("/v1/resources/server", ResourcesTest.server("below").put("parent", server))
            .expect(201)
            .uuid();
    String run = admin.post(path(below) + "/tasks/monitor").expect(202).uuid();
    admin.post(path(server) + ":abandon", WHY).expect(202);
    JsonObject now = admin.get(path(below)).expect(200).body();
    assertThat(allowed(now)).containsExactly("hold");
    assertThat(now.getJsonArray("actions").encode())
        .contains("it is being abandoned by key:admin", ": its host is gone");
    assertThat(now.getJsonArray("tasks").stream().map(JsonObject.class::cast))
        .isNotEmpty()
        .noneMatch(task -> task.getBoolean("can_start"));
    assertThat(allowed(admin.get(path(server)).expect(200).body()))
        .as("to abandon it once more changes nothing")
        .containsExactly("hold", "abandon");
    JsonObject task = admin.get("/v1/tasks/" + run).expect(200).body();
    assertThat(allowed(task)).isEmpty();
    assertThat(
            admin
                .get(path(below) + "/tasks")
                .expect(200)
                .body()
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonArray("actions"))
        .isEqualTo(task.getJsonArray("actions"));
    admin.post("/v1/tasks/" + run + ":stop").problem(409, "deleting", "abandoned");
    admin.post(path(below) + ":tick").problem(409, "deleting", "abandoned");
    admin.post(path(below) + ":hold", WHY).expect(201);
    carryOut();
  }

  private static List<String> allowed(JsonObject shown) {
    return shown.getJsonArray("actions").stream()
        .map(JsonObject.class::cast)
        .filter(action -> action.getBoolean("allowed"))
        .map(action -> action.getString("name"))
        .toList();
  }

  @Test
  void aParentOnItsWayDownIsToldOfTheWayOutAndGoesOn() {
    String parent = server("waits");
    String child =
        admin
            .post("/v1/resources/server", ResourcesTest.server("stuck").put("parent", parent))
            .expect(201)
            .uuid();
    admin.delete(path(parent)).expect(202);
    rig.execute("update resources set state = '__panic__', step = 1 where uuid = '" + child + "'");
    rig.execute("update resources set due_at = null where uuid = '" + parent + "'");
    assertThat(admin.get(path(parent)).expect(200).body().getJsonArray("waits_for").encode())
        .contains("server/stuck", ":abandon");
    admin.post(path(child) + ":abandon", WHY).expect(202);
    carryOut();
    assertThat(admin.get(path(parent)).expect(200).body().getJsonArray("waits_for")).isEmpty();
    assertThat(
            rig.rows(
                "select 1 from resources where due_at is not null and uuid = '" + parent + "'"))
        .as("it is woken")
        .hasSize(1);
  }

  @Test
  void whatCannotBeAbandonedIsRefusedAndStays() {
    String server = server("stays");
    String at = path(server) + ":abandon";
    admin.post(at).problem(400, "no_body");
    admin.post(at, new JsonObject()).problem(422, "invalid", "reason");
    admin.post(at, new JsonObject().put("reason", "")).problem(422, "invalid", "reason");
    admin.post(at, new JsonObject().put("reason", "  ")).problem(422, "invalid", "say why");
    admin.post(at, WHY.copy().put("until", "2030-01-01T00:00:00Z")).problem(422, "invalid");
    admin.post(path(UUID.randomUUID().toString()) + ":abandon", WHY).problem(404, "not_found");
    admin.post("/v1/resources/none/" + server + ":abandon", WHY).problem(404, "unknown_type");
    admin.post(at, WHY, "If-Match", "\"99.0a1b2c3d\"").problem(412, "stale");
    rig.as(Role.OPERATOR).post(at, WHY).problem(403, "denied", "admin");
    rig.as(Role.VIEWER).post(at, WHY).problem(403, "denied", "admin");
    admin
        .post("/v1/resources/__system__/00000000-0000-0000-0000-000000000000:abandon", WHY)
        .problem(422, "invalid");
    assertThat(admin.post(at + "?validate_only=true", WHY).expect(200).text()).contains("true");
    assertThat(admin.get(path(server)).expect(200).body().getBoolean("active")).isTrue();
    assertThat(rig.rows("select 1 from holds where resource_uuid = '" + server + "'")).isEmpty();
  }
}

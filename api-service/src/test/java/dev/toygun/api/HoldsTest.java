package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldsTest {
  private ApiRig rig;
  private Http operator;
  private String server;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
    server =
        operator
            .post(
                "/v1/resources/server",
                new JsonObject()
                    .put("label", "held")
                    .put("fields", new JsonObject().put("address", "http://127.0.0.1:1/")))
            .expect(201)
            .uuid();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @AfterEach
  void empty() {
    rig.execute("delete from holds");
  }

  private static JsonObject why(String reason) {
    return new JsonObject().put("reason", reason);
  }

  @Test
  void aResourceIsHeldExplainedAndReleased() {
    String path = "/v1/resources/server/" + server;
    assertThat(operator.get(path).expect(200).body().getValue("held")).isNull();
    JsonObject hold = operator.post(path + ":hold", why("moving it")).expect(201).body();
    assertThat(hold.getString("scope")).isEqualTo("subtree");
    assertThat(hold.getString("actor")).startsWith("key:operator");
    assertThat(Instant.parse(hold.getString("effective_at")))
        .isAfter(Instant.parse(hold.getString("created_at")));
    assertThat(operator.get(path).expect(200).body().getJsonObject("held")).isEqualTo(hold);
    assertThat(rig.as(Role.VIEWER).get("/v1/holds").expect(200).text()).contains("moving it");
    JsonObject why =
        operator.get(path + "/explain").expect(200).body().getJsonArray("items").getJsonObject(0);
    assertThat(why.getString("reason")).isEqualTo("held");
    assertThat(why.getString("hold")).isEqualTo(hold.getString("uuid"));
    assertThat(why.getString("because"))
        .startsWith("key:operator")
        .contains(" holds it: moving it", hold.getString("uuid"));
    operator.post(path + ":release", why("moved")).expect(200);
    operator.post("/v1/holds/" + UUID.randomUUID() + ":release").problem(404, "not_found", "hold");
  }

  @Test
  void whatHoldsAThingStandsInListsAndTrees() {
    JsonObject below =
        new JsonObject()
            .put("label", "below")
            .put("parent", server)
            .put("fields", new JsonObject().put("address", "http://127.0.0.1:1/"));
    String child = operator.post("/v1/resources/server", below).expect(201).uuid();
    for (String path :
        List.of("/v1/resources/server", "/v1/resources/server/" + server + "/tree")) {
      assertThat(held(path)).contains(Map.entry(server, ""), Map.entry(child, ""));
    }
    JsonObject hold =
        operator
            .post("/v1/resources/server/" + child + ":hold", why("its disk"))
            .expect(201)
            .body();
    for (String path :
        List.of("/v1/resources/server", "/v1/resources/server/" + server + "/tree")) {
      assertThat(held(path)).contains(Map.entry(server, ""), Map.entry(child, hold.encode()));
    }
    JsonObject all =
        operator
            .post("/v1/holds", why("upgrade").put("scope", "type").put("name", "server"))
            .expect(201)
            .body();
    assertThat(held("/v1/resources/server"))
        .contains(Map.entry(server, all.encode()), Map.entry(child, hold.encode()));
    operator.delete("/v1/resources/server/" + child).expect(202);
  }

  /** What is said to hold each of a list, by its uuid; nothing where nothing is. */
  private Map<String, String> held(String path) {
    return operator.get(path).expect(200).body().getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .collect(
            Collectors.toMap(
                one -> one.getString("uuid"),
                one ->
                    one.getJsonObject("held") == null ? "" : one.getJsonObject("held").encode()));
  }

  @Test
  void asManyAsServicesReadCanBeInForce() {
    rig.execute(
        """
        insert into holds (uuid, scope, name, reason, actor, created_at, effective_at)
        select gen_random_uuid(), 'type', 'much', 'much', 'test', now(), now() from generate_series(1, 1000)
        """);
    String path = "/v1/resources/server/" + server;
    operator.post(path + ":hold", why("one more")).problem(409, "occupied", "1,000 holds");
    rig.as(Role.ADMIN).post(path + ":abandon", why("gone")).problem(409, "occupied", "1,000 holds");
    rig.execute("delete from holds where name = 'much'");
    operator.post(path + ":hold", why("one more")).expect(201);
    operator.post(path + ":release").expect(200);
  }

  @Test
  void aTypeATaskAQueueAndEverythingCanBeHeld() {
    for (String[] held : new String[][] {{"type", "server"}, {"task", "monitor"}, {"queue", "x"}}) {
      JsonObject hold = why("the network is down").put("scope", held[0]).put("name", held[1]);
      String uuid = operator.post("/v1/holds", hold).expect(201).uuid();
      operator.post("/v1/holds/" + uuid + ":release").expect(200);
    }
    operator
        .post(
            "/v1/holds",
            why("all hands")
                .put("scope", "all")
                .put("until", Instant.now().plus(Duration.ofHours(1)).toString()))
        .expect(201);
  }

  @Test
  void aTaskThatOnlyAnOlderVersionHasCanBeHeld() {
    rig.execute(
        """
        insert into resource_types (name, version, definition, shape)
        select 'shrunk', v, jsonb_set(jsonb_set(definition, '{tasks}',
                 case v when 1 then '[{"name": "gone"}]'::jsonb else '[]'::jsonb end), '{name}', '"shrunk"'), shape
          from resource_types, generate_series(1, 2) v
         where name = 'server' and version = 1
        """);
    operator.post("/v1/holds", why("going").put("scope", "task").put("name", "gone")).expect(201);
    rig.execute("delete from resource_types where name = 'shrunk'");
  }

  @Test
  void aHoldThatCannotBeIsRefusedAndNotThere() {
    String path = "/v1/resources/server/" + server + ":hold";
    operator.post(path, new JsonObject()).problem(422, "invalid", "needed").pointsAt("/reason");
    operator
        .post(path, why("x").put("until", "tomorrow"))
        .problem(422, "invalid", "a time is expected, such as");
    operator.post(path, why("")).problem(422, "invalid").pointsAt("/reason");
    operator.post(path, why("   ")).problem(422, "invalid", "reason");
    operator
        .post(path, why("late").put("until", "2020-01-01T00:00:00Z"))
        .problem(422, "invalid")
        .pointsAt("/until", "past");
    operator.post("/v1/holds", why("x").put("scope", "type")).problem(422, "invalid", "names it");
    operator
        .post("/v1/holds", why("x").put("scope", "subtree"))
        .problem(422, "invalid", "resource");
    operator.post("/v1/holds", why("x").put("scope", "world")).problem(422, "invalid");
    operator
        .post(
            "/v1/holds",
            why("x").put("scope", "subtree").put("resource", UUID.randomUUID().toString()))
        .problem(422, "invalid", "is not there, or has ended");
    operator
        .post("/v1/holds", why("x").put("scope", "type").put("name", "sever"))
        .problem(404, "unknown_type", "sever");
    operator
        .post("/v1/holds?validate_only=true", why("x").put("scope", "task").put("name", "monitr"))
        .problem(404, "unknown_task", "monitr");
    operator
        .post("/v1/holds", why("x").put("scope", "subtree").put("resource", new UUID(0, 0) + ""))
        .problem(422, "invalid", "never held");
    operator
        .post("/v1/holds", why("x").put("scope", "queue").put("name", "a\u0000b"))
        .problem(422, "invalid")
        .pointsAt("/name");
    operator
        .post("/v1/holds", why("x").put("scope", "all").put("until", "+999999999-12-31T23:59:59Z"))
        .problem(422, "invalid");
    operator
        .post("/v1/resources/server/" + UUID.randomUUID() + ":hold", why("x"))
        .problem(404, "not_found");
    operator
        .post("/v1/resources/server/" + server + ":release", why("x"))
        .problem(409, "not_held", server);
    rig.as(Role.VIEWER).post(path, why("x")).problem(403, "denied", "operator");
    assertThat(rig.rows("select uuid from holds")).isEmpty();
  }

  @Test
  void whatIsDueSaysSo() {
    JsonObject why =
        operator
            .get("/v1/resources/server/" + server + "/explain")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(why.getString("reason")).isIn("due", "late");
    assertThat(why.getString("because")).contains("worker");
    rig.execute(
        "update resources set due_at = now() - interval '5 min' where uuid = '" + server + "'");
    JsonObject late =
        operator
            .get("/v1/resources/server/" + server + "/explain")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(late.getString("reason")).isEqualTo("late");
    assertThat(late.getString("because"))
        .contains("is there a worker that takes server version 1 from queue default");
  }

  @Test
  void aResourceSaysWhetherItCanBeHeldAndReleased() {
    String server =
        operator.post("/v1/resources/server", ResourcesTest.server("both")).expect(201).uuid();
    String path = "/v1/resources/server/" + server;
    assertThat(actions(path))
        .contains("hold true null")
        .contains("release false nobody holds it itself; /v1/holds has what is held");
    operator.post(path + ":hold", why("moving")).expect(201);
    assertThat(actions(path)).contains("hold true null", "release true null");
    operator.post(path + ":release").expect(200);
  }

  private List<String> actions(String path) {
    return operator.get(path).expect(200).body().getJsonArray("actions").stream()
        .map(JsonObject.class::cast)
        .map(
            a -> a.getString("name") + " " + a.getBoolean("allowed") + " " + a.getString("why_not"))
        .toList();
  }
}

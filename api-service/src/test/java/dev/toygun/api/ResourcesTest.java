package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourcesTest {
  private ApiRig rig;
  private Http http;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  static JsonObject server(String label) {
    return new JsonObject()
        .put("label", label)
        .put("fields", new JsonObject().put("address", "http://127.0.0.1:8000/"));
  }

  @Test
  void aResourceIsMadeAndFoundAgain() {
    Http.Reply made = http.post("/v1/resources/server", server("home")).expect(201);
    assertThat(made.header("Location")).isEqualTo("/v1/resources/server/" + made.uuid());
    assertThat(made.body().getString("state")).isEqualTo("__new__");
    assertThat(made.body().getJsonObject("fields").getString("address"))
        .isEqualTo("http://127.0.0.1:8000/");

    Http.Reply found = http.get(made.header("Location")).expect(200);
    assertThat(found.body().getString("label")).isEqualTo("home");
    assertThat(found.header("ETag")).isEqualTo(made.header("ETag")).startsWith("\"1.");
    assertThat(rig.announced).anyMatch(w -> w.key().uuid().toString().equals(made.uuid()));
  }

  @Test
  void whatIsNotSetReadsItsInitialValueAndIsNotStored() {
    Http.Reply made = http.post("/v1/resources/server", server("initial")).expect(201);
    assertThat(made.body().getJsonObject("fields").getInteger("port")).isEqualTo(5432);
    assertThat(rig.rows("select attrs::text from resources where uuid = '" + made.uuid() + "'"))
        .noneMatch(attrs -> attrs.contains("port"));
    String label = "&filter=label%3Dinitial";
    assertThat(items("/v1/resources/server?filter=fields.port%3D5432" + label)).hasSize(1);
    assertThat(items("/v1/resources/server?filter=fields.port%3D80" + label)).isEmpty();
    JsonObject port = new JsonObject().put("port", 80);
    http.patch(made.header("Location"), new JsonObject().put("fields", port)).expect(200);
    assertThat(items("/v1/resources/server?filter=fields.port%3D5432" + label)).isEmpty();
    assertThat(items("/v1/resources/server?filter=fields.port%3D80" + label)).hasSize(1);
  }

  private JsonArray items(String path) {
    return http.get(path).expect(200).body().getJsonArray("items");
  }

  @Test
  void aLabelIsMadeWhereNoneIsSent() {
    JsonObject body = server("x");
    body.remove("label");
    Http.Reply made = http.post("/v1/resources/server", body).expect(201);
    assertThat(made.body().getString("label")).matches("server-[0-9a-f]{8}");
  }

  @Test
  void aResourceSaysWhatCanBeDoneWithItAndWhyNot() {
    Http.Reply made = http.post("/v1/resources/server", server("speaks")).expect(201);
    JsonObject body = made.body();
    assertThat(action(body, "delete").getBoolean("allowed")).isTrue();
    assertThat(action(body, "retry").getBoolean("allowed")).isFalse();
    assertThat(action(body, "retry").getString("why_not")).contains("__new__");
    JsonArray tasks = body.getJsonArray("tasks");
    assertThat(tasks.getJsonObject(0).getString("status")).isEqualTo("absent");
    assertThat(tasks.getJsonObject(0).getBoolean("can_start")).isTrue();
    assertThat(tasks.getJsonObject(1).getString("why_not")).contains("Toygun itself");
    assertThat(tasks.getJsonObject(2).getBoolean("can_start")).isFalse();
    assertThat(tasks.getJsonObject(2).getString("why_not")).contains("only its resource");
    assertThat(body.getJsonObject("field_types").getString("tags")).isEqualTo("set<text>");
  }

  static JsonObject action(JsonObject body, String name) {
    return body.getJsonArray("actions").stream()
        .map(JsonObject.class::cast)
        .filter(a -> a.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatExistsIsTakenOverInTheStateItIsIn() {
    JsonObject body = server("adopted").put("adopt", true).put("state", "watched");
    assertThat(http.post("/v1/resources/server", body).expect(201).body().getString("state"))
        .isEqualTo("watched");
  }

  @Test
  void aChildHangsOffItsParent() {
    String parent = http.post("/v1/resources/server", server("parent")).expect(201).uuid();
    Http.Reply child =
        http.post("/v1/resources/server", server("child").put("parent", parent)).expect(201);
    assertThat(child.body().getString("parent")).isEqualTo(parent);
    JsonObject shown = http.get("/v1/resources/server/" + parent).expect(200).body();
    assertThat(shown.getJsonObject("children").getInteger("total")).isEqualTo(1);
    JsonObject listed = http.get("/v1/resources/server?filter=parent%3D" + parent).body();
    assertThat(listed.getJsonArray("items")).hasSize(1);
  }

  @Test
  void fieldsAreSetAndTakenAway() {
    Http.Reply made = http.post("/v1/resources/server", server("patched")).expect(201);
    JsonObject change =
        new JsonObject()
            .put(
                "fields",
                new JsonObject()
                    .put("port", (Object) null)
                    .put("tags", new JsonArray().add("a").add("b"))
                    .put("since", "2026-03-01T12:00:00Z"))
            .put("reason", "moved");
    Http.Reply patched =
        http.patch(made.header("Location"), change, "If-Match", made.header("ETag")).expect(200);
    JsonObject fields = patched.body().getJsonObject("fields");
    assertThat(fields.getInteger("port")).as("as none is set").isEqualTo(5432);
    assertThat(fields.getJsonArray("tags")).containsExactly("a", "b");
    assertThat(fields.getString("since")).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(patched.body().getInteger("version")).isEqualTo(2);
    assertThat(
            rig.rows("select reason from audit where action = 'changeResource' and status = 200"))
        .contains("moved");
  }

  @Test
  void decoratedJsonKeepsTypes() {
    Http.Reply made =
        http.send(
                "POST",
                "/v1/resources/server",
                server("decorated")
                    .put(
                        "fields",
                        new JsonObject()
                            .put("address", new JsonObject().put("URI", "http://a/"))
                            .put("token", "canary-7d1f")
                            .put("tags", new JsonObject().put("Set", new JsonArray().add("x"))))
                    .encode(),
                "Content-Type",
                "application/decorated-json",
                "Accept",
                "application/decorated-json")
            .expect(201);
    assertThat(made.header("Content-Type")).isEqualTo("application/decorated-json");
    JsonObject fields = made.body().getJsonObject("fields");
    assertThat(fields.getJsonObject("address").getString("URI")).isEqualTo("http://a/");
    assertThat(fields.getJsonObject("tags").getJsonArray("Set")).containsExactly("x");
    assertThat(fields.getString("token")).isEqualTo("••••");
  }

  @Test
  void aPageFollowsAnotherWithoutGapOrRepetition() {
    String parent = http.post("/v1/resources/server", server("pages")).expect(201).uuid();
    for (int i = 0; i < 7; i++) {
      http.post("/v1/resources/server", server("page-" + i).put("parent", parent)).expect(201);
    }
    for (String order : List.of("created_at", "created_at+desc", "label", "label+desc")) {
      String query =
          "/v1/resources/server?page_size=3&filter=parent%3D" + parent + "&order_by=" + order;
      List<String> seen = new ArrayList<>();
      String token = "";
      while (token != null) {
        JsonObject page = http.get(query + (token.isEmpty() ? "" : "&page_token=" + token)).body();
        page.getJsonArray("items")
            .forEach(item -> seen.add(((JsonObject) item).getString("label")));
        token = page.getString("next_page_token");
      }
      List<String> sorted = seen.stream().sorted().toList();
      assertThat(seen).as(order).hasSize(7).doesNotHaveDuplicates();
      assertThat(order.endsWith("desc") ? seen.get(6) : seen.get(0)).isEqualTo("page-0");
      assertThat(sorted).allMatch(Objects::nonNull);
    }
  }

  @Test
  void aPageOfLargeRowsIsShorterAndTheNextGoesOn() {
    String parent = http.post("/v1/resources/server", server("large")).expect(201).uuid();
    for (int i = 0; i < 12; i++) {
      JsonObject large = server("large-" + i).put("parent", parent);
      large.getJsonObject("fields").put("tags", new JsonArray().add("x".repeat(900_000)));
      http.post("/v1/resources/server", large).expect(201);
    }
    String query = "/v1/resources/server?page_size=20&filter=parent%3D" + parent;
    JsonObject first = http.get(query).expect(200).body();
    JsonObject second =
        http.get(query + "&page_token=" + first.getString("next_page_token")).expect(200).body();
    assertThat(first.getJsonArray("items")).hasSize(10);
    assertThat(second.getJsonArray("items")).hasSize(2);
    assertThat(second.getString("next_page_token")).isNull();
  }

  @Test
  void aPageTokenBelongsToItsQuery() {
    http.post("/v1/resources/server", server("token-1")).expect(201);
    http.post("/v1/resources/server", server("token-2")).expect(201);
    String token = http.get("/v1/resources/server?page_size=1").body().getString("next_page_token");
    http.get("/v1/resources/server?page_size=2&page_token=" + token).expect(200);
    http.get("/v1/resources/server?page_size=1&order_by=label&page_token=" + token)
        .problem(400, "bad_page_token", "another query");
    http.get("/v1/resources/server?page_token=nonsense").problem(400, "bad_page_token");
  }

  @Test
  void aListIsNarrowedByLabelStateAndFields() {
    JsonObject body = server("narrow");
    body.getJsonObject("fields").put("port", 7777).put("tags", new JsonArray().add("n"));
    http.post("/v1/resources/server", body).expect(201);
    for (String filter :
        List.of(
            "label=narrow",
            "fields.port=7777",
            "fields.tags=[\"n\"]&filter=state%3D__new__",
            "fields.address=http://127.0.0.1:8000/&filter=label%3Dnarrow")) {
      String query = filter.replaceFirst("=", "%3D").replace("[", "%5B").replace("]", "%5D");
      JsonObject page =
          http.get("/v1/resources/server?filter=" + query.replace("\"", "%22")).body();
      assertThat(page.getJsonArray("items").stream().map(i -> ((JsonObject) i).getString("label")))
          .as(filter)
          .containsExactly("narrow");
    }
    http.get("/v1/resources/server?filter=fields.nope%3D1")
        .problem(400, "bad_parameter", "nope", "address");
    http.get("/v1/resources/server?filter=fields.token%3D1")
        .problem(400, "bad_parameter", "token", "secret");
    http.get("/v1/resources/server?filter=colour%3Dred").problem(400, "bad_parameter", "colour");
  }

  @Test
  void aListCanCountByState() {
    http.post("/v1/resources/server", server("counted")).expect(201);
    JsonObject page = http.get("/v1/resources/server?counts=true&page_size=1").expect(200).body();
    assertThat(page.getJsonObject("counts").getInteger("__new__")).isPositive();
  }

  @Test
  void aResourceIsAskedToGo() {
    Http.Reply made = http.post("/v1/resources/server", server("leaving")).expect(201);
    Http.Reply going = http.delete(made.header("Location") + "?reason=old").expect(202);
    assertThat(going.body().getBoolean("deleting")).isTrue();
    assertThat(action(going.body(), "delete").getString("why_not")).contains("taken down");
  }

  @Test
  void whatStandsInTheWayOfADeletionIsNamed() {
    Http.Reply made = http.post("/v1/resources/server", server("blocked")).expect(201);
    String at = made.header("Location");
    assertThat(http.get(at).expect(200).body().getJsonArray("waits_for")).isEmpty();
    http.post("/v1/resources/server", server("below").put("parent", made.uuid())).expect(201);
    String task = http.post(at + "/tasks/monitor", new JsonObject()).expect(202).uuid();
    http.delete(at).expect(202);
    JsonObject first = http.get(at).expect(200).body().getJsonArray("waits_for").getJsonObject(0);
    assertThat(first.getString("what")).isEqualTo("task");
    assertThat(first.getString("name")).isEqualTo("monitor");
    rig.execute(
        "update tasks set state = '__panic__', due_at = null where uuid = '%s'".formatted(task));
    first = http.get(at).expect(200).body().getJsonArray("waits_for").getJsonObject(0);
    assertThat(first.getString("why")).contains("panicked", "abort");
    rig.execute(
        """
        update tasks set state = '__stop__', active = false, ended_at = now(), outcome = 'stopped',
               due_at = null where uuid = '%s'"""
            .formatted(task));
    JsonArray left = http.get(at).expect(200).body().getJsonArray("waits_for");
    assertThat(left).hasSize(1);
    assertThat(left.getJsonObject(0).getString("what")).isEqualTo("child");
    assertThat(left.getJsonObject(0).getString("name")).isEqualTo("server/below");
  }

  @Test
  void nothingIsSentAgainWhileNothingHasChanged() {
    Http.Reply made = http.post("/v1/resources/server", server("cached")).expect(201);
    String at = made.header("Location");
    http.get(at, "If-None-Match", made.header("ETag")).expect(304);
    http.post(at + "/tasks/monitor", new JsonObject()).expect(202);
    // The resource's own version is the same, but what is shown is not.
    http.get(at, "If-None-Match", made.header("ETag")).expect(200);
  }

  @Test
  void aTickMakesItDueAndIsAnnounced() {
    Http.Reply made = http.post("/v1/resources/server", server("ticked")).expect(201);
    rig.announced.clear();
    http.post(made.header("Location") + ":tick").expect(202);
    assertThat(rig.announced).anyMatch(w -> w.key().uuid().toString().equals(made.uuid()));
  }

  @Test
  void validateOnlyChangesNothing() {
    JsonObject body = server("only-looked-at");
    http.post("/v1/resources/server?validate_only=true", body).expect(200);
    assertThat(
            http.get("/v1/resources/server?filter=label%3Donly-looked-at")
                .body()
                .getJsonArray("items"))
        .isEmpty();
    body.getJsonObject("fields").put("port", "many");
    http.post("/v1/resources/server?validate_only=true", body).problem(422, "invalid", "port");
  }

  @Test
  void aTypeIsShownAsItWasPublished() {
    JsonObject type = http.get("/v1/types/server").expect(200).body();
    assertThat(type.getJsonArray("builds")).containsExactly("build-1");
    assertThat(type.getJsonArray("edges"))
        .contains(new JsonObject().put("from", "watched").put("to", "broken"));
    assertThat(type.getJsonArray("alarms")).contains("panic", "hot");
    assertThat(type.getJsonArray("alarm_types").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("name", "hot")
                .put("severity", "critical")
                .put("judged", true)
                .put("for_at_least", 60)
                .put("escalate_after", 900)
                .put("repair", JsonObject.of("task", "wipe", "most", 3, "within", 3600))
                .put("suggested", JsonArray.of("monitor"))
                .put("runbook", "ask the host"));
    assertThat(http.get("/v1/types").expect(200).body().getJsonArray("items")).hasSize(1);
    http.get("/v1/types/server?version=1").expect(200);
    http.get("/v1/types/server?version=9").problem(404, "unknown_type", "version 9");
  }
}

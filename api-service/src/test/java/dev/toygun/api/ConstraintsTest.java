package dev.toygun.api;

import static dev.toygun.StateDef.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.Field;
import dev.toygun.ResourceType;
import dev.toygun.SignalType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.worker.Definitions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a field's constraints forbid is refused where it comes in, by the published type alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConstraintsTest {
  private static final String SHELVES = "/v1/resources/shelf";
  private static final Field<Long> COUNT = Field.integer("count").min(1L).max(9L);

  private ApiRig rig;
  private Http http;

  enum State {
    KEPT
  }

  private static ResourceType<State> shelf() {
    return ResourceType.of(
            "shelf", state(State.KEPT).decide(t -> t.stay()).waits(SignalType.of("counted", COUNT)))
        .fields(
            Field.text("size").oneOf("small", "large").initially("small"),
            Field.text("name").length(2, 10).matching("[a-z]*"),
            Field.decimal("share").max(new BigDecimal("1.0")),
            Field.duration("pause").min(Duration.ofSeconds(1)),
            Field.instant("since").min(Instant.EPOCH),
            Field.set("tags", String.class).length(2).each(Field.text("tag").oneOf("a", "b")),
            Field.list("keys", dev.toygun.Secret.class).length(1),
            Field.map("shares", String.class, Long.class).each(Field.integer("share").max(100L)))
        .tasks(
            TaskType.of(TaskName.of("sort"), state(State.KEPT).decide(t -> t.stay()).waits())
                .fields(
                    Field.text("order").oneOf("up", "down").required(),
                    Field.list("names", String.class).required()),
            TaskType.of(TaskName.of("count"), state(State.KEPT).decide(t -> t.stay()).waits())
                .fields(COUNT));
  }

  @BeforeAll
  void start() {
    rig = new ApiRig();
    ApiRig.await(rig.store.publish(List.of(Definitions.of(shelf())), "build-1"));
    http = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static JsonObject fields(Object... pairs) {
    JsonObject fields = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1]);
    }
    return new JsonObject().put("fields", fields);
  }

  private String shelf(String label) {
    return http.post(SHELVES, new JsonObject().put("label", label)).expect(201).header("Location");
  }

  @Test
  void aNewResourceKeepsThem() {
    JsonObject wrong =
        fields(
                "size",
                "huge",
                "name",
                "A",
                "share",
                1.01,
                "pause",
                0,
                "tags",
                new JsonArray("[\"c\"]"))
            .mergeIn(
                fields(
                    "since", "1969-01-01T00:00:00Z", "keys", new JsonArray("[\"canary\",\"x\"]")),
                true);
    Http.Reply reply = http.post(SHELVES, wrong).problem(422, "invalid");
    reply
        .pointsAt("/fields/size", "one of small, large is expected, not 'huge'")
        .pointsAt("/fields/name", "2 to 10 characters are expected, not 1")
        .pointsAt("/fields/share", "at most 1.0 is expected, not 1.01")
        .pointsAt("/fields/pause", "at least PT1S is expected, not PT0S")
        .pointsAt("/fields/since", "at least 1970-01-01T00:00:00Z is expected")
        .pointsAt("/fields/tags/0", "one of a, b is expected, not 'c'")
        .pointsAt("/fields/keys", "at most 1 elements are expected, not 2");
    assertThat(reply.text()).doesNotContain("canary");
    http.post(SHELVES, fields("size", "large", "name", "abc", "share", 1, "pause", 1)).expect(201);
    http.post(SHELVES, fields("name", "ABC").put("adopt", true).put("state", "kept"))
        .problem(422, "invalid")
        .pointsAt("/fields/name", "text that matches [a-z]* is expected, not 'ABC'");
    http.send(
            "POST",
            SHELVES,
            fields("pause", new JsonObject().put("Duration", "PT0S")).encode(),
            "Content-Type",
            "application/decorated-json")
        .problem(422, "invalid")
        .pointsAt("/fields/pause", "at least PT1S is expected");
  }

  @Test
  void whatIsWrongInACollectionIsPointedAt() {
    JsonArray tags = new JsonArray("[\"a\", \"c\"]");
    http.post(SHELVES, fields("tags", tags).put("label", "t"))
        .problem(422, "invalid")
        .pointsAt("/fields/tags/1", "one of a, b is expected, not 'c'");
    JsonObject shares = new JsonObject("{\"a\": 1, \"y~/\": true}");
    http.post(SHELVES, fields("shares", shares).put("label", "t"))
        .problem(422, "invalid")
        .pointsAt("/fields/shares/y~0~1", "a whole number");
    http.post(SHELVES, fields("shares", new JsonObject("{\"a\": 1, \"b\": 101}")).put("label", "t"))
        .problem(422, "invalid")
        .pointsAt("/fields/shares/b", "at most 100 is expected, not 101");
  }

  @Test
  void whatIsMissingSaysWhatItMayBe() {
    http.post(shelf("missing") + "/tasks/sort", new JsonObject())
        .problem(422, "invalid")
        .pointsAt("/args/order", "it is required: one of up, down is expected");
    Http.Reply reply =
        http.post(
            shelf("wrong") + "/tasks/sort",
            new JsonObject("{\"args\": {\"order\": \"up\", \"names\": [1]}}"));
    reply.problem(422, "invalid").pointsAt("/args/names/0", "text is expected");
    assertThat(reply.text()).as("it is there, but wrong").doesNotContain("required");
  }

  @Test
  void aChangeKeepsThemAndLeavesWhatIsOlderAlone() {
    String at = shelf("changed");
    http.patch(at, fields("size", "huge")).problem(422, "invalid").pointsAt("/fields/size");
    rig.execute("update resources set attrs = '{\"size\":\"huge\"}' where label = 'changed'");
    JsonObject shown = http.patch(at, fields("name", "abc")).expect(200).body();
    assertThat(shown.getJsonObject("fields").getString("size")).isEqualTo("huge");
    http.patch(at, fields("size", "large")).expect(200);
  }

  @Test
  void whatATaskIsStartedWithAndASignalCarriesKeepsThem() {
    String at = shelf("started");
    JsonObject args = new JsonObject().put("args", new JsonObject().put("count", 10));
    http.post(at + "/tasks/count", args)
        .problem(422, "invalid")
        .pointsAt("/args/count", "1 to 9 is expected, not 10");
    http.post(at + ":signal", fields("count", 0).put("type", "counted"))
        .problem(422, "invalid")
        .pointsAt("/fields/count", "1 to 9 is expected, not 0");
    http.post(at + ":signal", fields("count", 9).put("type", "counted")).expect(202);
  }

  @Test
  void aBulkRunKeepsThem() {
    JsonObject bulk = new JsonObject().put("type", "shelf").put("filter", new JsonArray());
    http.post("/v1/bulk", bulk.copy().put("action", "set").mergeIn(fields("size", "huge")))
        .problem(422, "invalid")
        .pointsAt("/fields/size", "one of small, large");
    JsonObject args = new JsonObject().put("count", 10);
    http.post("/v1/bulk", bulk.copy().put("action", "start").put("task", "count").put("args", args))
        .problem(422, "invalid")
        .pointsAt("/args/count", "1 to 9");
  }

  @Test
  void aFilterByAValueThatIsNotTakenFindsWhatWasStoredBeforeAndNamesThoseThatAre() {
    String at = shelf("old");
    String shelf = at.substring(at.lastIndexOf('/') + 1);
    String huge = SHELVES + "?filter=fields.size%3Dhuge";
    String note = "field 'size': one of small, large is expected, not 'huge'";
    JsonObject none = http.get(huge).expect(200).body();
    assertThat(none.getJsonArray("items")).isEmpty();
    assertThat(none.getString("note")).isEqualTo(note);
    rig.execute(
        "update resources set attrs = attrs || '{\"size\": \"huge\"}' where uuid = '"
            + shelf
            + "'");
    JsonObject found = http.get(huge).expect(200).body();
    assertThat(found.getJsonArray("items"))
        .extracting(one -> ((JsonObject) one).getString("uuid"))
        .containsExactly(shelf);
    assertThat(found.getString("note")).isEqualTo(note);
    for (String usual : List.of("fields.size%3Dlarge", "fields.share%3D7", "state%3D__panic__")) {
      JsonObject page = http.get(SHELVES + "?filter=" + usual).expect(200).body();
      assertThat(page.containsKey("note")).isFalse();
    }
  }

  @Test
  void aFilterByAStateThatThereIsNotNamesThoseThereAre() {
    assertThat(http.get(SHELVES + "?filter=state%3Dnowhere").expect(200).body().getString("note"))
        .startsWith("state: one of [")
        .endsWith("is expected, not 'nowhere'");
  }

  @Test
  void aFieldWithoutItsPrefixIsNoFilterAndSaysHowItIsOne() {
    http.get(SHELVES + "?filter=size%3Dlarge")
        .problem(400, "bad_parameter", "'size' is a field: write fields.size=large");
  }

  @Test
  void aTypeSaysWhatItsFieldsTake() {
    JsonArray all = http.get("/v1/types/shelf").expect(200).body().getJsonArray("fields");
    JsonObject size = all.getJsonObject(0);
    assertThat(size.getString("takes")).isEqualTo("one of small, large");
    assertThat(size.getJsonObject("constraints"))
        .isEqualTo(
            new JsonObject(
                "{\"one_of\":[\"small\",\"large\"],\"min\":null,\"max\":null,\"min_length\":null,\"max_length\":null,\"pattern\":null,\"each\":null}"));
    assertThat(all.getJsonObject(1).getJsonObject("constraints").getInteger("max_length"))
        .isEqualTo(10);
    assertThat(all.getJsonObject(3).getJsonObject("constraints").getString("min"))
        .isEqualTo("PT1S");
    JsonObject each = all.getJsonObject(5).getJsonObject("constraints").getJsonObject("each");
    assertThat(each.getJsonArray("one_of")).isEqualTo(new JsonArray("[\"a\",\"b\"]"));
    assertThat(all.getJsonObject(5).getString("takes"))
        .isEqualTo("at most 2 elements, each one of a, b");
    new Browser(rig.api.port())
        .signIn(rig.as(Role.VIEWER))
        .get("/v1/types/shelf")
        .says(200, "one of small, large", "2 to 10 characters, text that matches [a-z]*");
  }

  @Test
  void whatAnOlderWorkerHasPublishedTakesAnything() {
    ResourceType<State> older =
        ResourceType.of("older", state(State.KEPT).decide(t -> t.stay()).rests())
            .fields(Field.text("size").oneOf("small"));
    ApiRig.await(rig.store.publish(List.of(Definitions.of(older)), "build-1"));
    rig.execute(
        "update resource_types set definition = definition #- '{fields,0,constraints}'"
            + " where name = 'older'");
    JsonObject size =
        http.get("/v1/types/older").expect(200).body().getJsonArray("fields").getJsonObject(0);
    assertThat(size.getValue("constraints")).isNull();
    assertThat(size.getValue("takes")).isNull();
    http.post("/v1/resources/older", fields("size", "huge")).expect(201);
  }
}

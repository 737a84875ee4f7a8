package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String NOBODY = "01900000-0000-7000-8000-00000000ffff";
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

  private String server(String label) {
    return http.post("/v1/resources/server", ResourcesTest.server(label))
        .expect(201)
        .header("Location");
  }

  private static JsonObject fields(String name, Object value) {
    JsonObject fields = new JsonObject().put("address", "http://a/").put(name, value);
    return new JsonObject().put("fields", fields);
  }

  @Test
  void anUnknownTypeIsNamed() {
    http.get("/v1/types/nope").problem(404, "unknown_type", "'nope'", "GET /v1/types");
    http.get("/v1/resources/nope").problem(404, "unknown_type", "'nope'");
    http.get("/v1/resources/nope/" + NOBODY).problem(404, "unknown_type", "'nope'");
    http.post("/v1/resources/nope", new JsonObject()).problem(404, "unknown_type", "'nope'");
  }

  @Test
  void anUnknownFieldIsNamedWithThoseThereAre() {
    http.post("/v1/resources/server", fields("adress", "x"))
        .problem(422, "invalid", "adress")
        .pointsAt("/fields/adress", "there is no field 'adress'", "address", "port");
    http.patch(
            server("unknown-field"), new JsonObject().put("fields", new JsonObject().put("p", 1)))
        .problem(422, "invalid")
        .pointsAt("/fields/p", "there is no field 'p'");
  }

  @Test
  void aFieldOfAnotherTypeIsToldWhatIsExpected() {
    http.post("/v1/resources/server", fields("port", "many"))
        .problem(422, "invalid")
        .pointsAt("/fields/port", "a whole number");
    http.post("/v1/resources/server", fields("port", 1.5)).pointsAt("/fields/port", "whole number");
    http.post("/v1/resources/server", fields("tags", "a"))
        .pointsAt("/fields/tags", "array of text");
    http.post("/v1/resources/server", fields("tags", new JsonArray().add(1)))
        .pointsAt("/fields/tags/0", "text is expected");
    http.post("/v1/resources/server", fields("since", "yesterday"))
        .pointsAt("/fields/since", "2026-03-01T12:00:00Z");
    http.post("/v1/resources/server", fields("address", "http://["))
        .pointsAt("/fields/address", "URI");
    Http.Reply reply = http.post("/v1/resources/server", fields("token", 7));
    reply.pointsAt("/fields/token", "kept secret");
  }

  @Test
  void aNameThatEndsWithALineIsNone() {
    http.post("/v1/resources/server", fields("port", 1).put("label", "ends\n"))
        .problem(422, "invalid")
        .pointsAt("/label");
    JsonObject sink = new JsonObject().put("name", "ops\n").put("kind", "log");
    rig.as(Role.ADMIN).post("/v1/sinks", sink).problem(422, "invalid").pointsAt("/name");
    rig.as(Role.ADMIN)
        .post("/v1/keys", new JsonObject().put("name", "ci\n").put("role", "viewer"))
        .problem(422, "invalid")
        .pointsAt("/name");
  }

  @Test
  void aPageTokenWithHolesIsNoneThatWasGivenOut() {
    server("page-1");
    server("page-2");
    String list = "/v1/resources/server?page_size=1";
    String token = http.get(list).expect(200).body().getString("next_page_token");
    JsonArray parts =
        new JsonArray(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
    parts.set(1, null).set(2, null);
    String holes =
        Base64.getUrlEncoder().encodeToString(parts.encode().getBytes(StandardCharsets.UTF_8));
    http.get(list + "&page_token=" + holes.replace("=", "")).problem(400, "bad_page_token");
  }

  @Test
  void ofVeryMuchThatIsWrongTheFirstHundredAreSaid() {
    JsonObject body = new JsonObject();
    for (int i = 0; i < 50_000; i++) {
      body.put("p" + i, 0);
    }
    JsonArray said =
        http.post("/v1/resources/server", body)
            .problem(422, "invalid", "p0")
            .body()
            .getJsonArray("errors");
    assertThat(said).hasSizeBetween(90, 101);
    assertThat(said.getJsonObject(said.size() - 1).getString("detail")).contains("there is more");
    http.post("/v1/resources/server", new JsonObject().put("fields", body)).problem(422, "invalid");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    JsonObject body =
        new JsonObject().put("fields", new JsonObject().put("port", "x").put("nope", 1));
    assertThat(
            http.post("/v1/resources/server", body)
                .problem(422, "invalid")
                .pointsAt("/fields/port")
                .pointsAt("/fields/nope")
                .pointsAt("/fields/address", "required", "uri")
                .body()
                .getJsonArray("errors"))
        .hasSize(3);
  }

  @Test
  void aRequiredFieldCannotBeTakenAway() {
    JsonObject change =
        new JsonObject().put("fields", new JsonObject().put("address", (Object) null));
    http.patch(server("required"), change).problem(422, "invalid").pointsAt("/fields/address");
  }

  @Test
  void anUnknownTaskIsNamedWithThoseThereAre() {
    http.post(server("unknown-task") + "/tasks/nope")
        .problem(404, "unknown_task", "'nope'", "monitor");
  }

  @Test
  void anUnknownStateIsNamedWithThoseThereAre() {
    http.post("/v1/resources/server", fields("port", 1).put("adopt", true).put("state", "nope"))
        .problem(422, "invalid")
        .pointsAt("/state", "nope", "watched", "broken");
    http.post("/v1/resources/server", fields("port", 1).put("adopt", true)).pointsAt("/state");
    http.post("/v1/resources/server", fields("port", 1).put("state", "watched"))
        .pointsAt("/state", "adopt");
    http.post(server("unknown-state") + ":rewind", new JsonObject().put("state", "nope"))
        .problem(422, "invalid", "nope");
  }

  @Test
  void reservedNamesAreRefused() {
    http.post("/v1/resources/server", fields("__lost_found__", 1))
        .pointsAt("/fields/__lost_found__", "reserved");
    http.post("/v1/resources/server", fields("port", 1).put("label", "__system__"))
        .pointsAt("/label", "reserved");
    http.post("/v1/resources/server", fields("port", 1).put("adopt", true).put("state", "__stop__"))
        .pointsAt("/state", "built-in");
    http.post(server("reserved") + "/tasks/__start__").problem(409, "reserved", "__start__");
  }

  @Test
  void aLabelIsTakenOnceAmongItsSiblings() {
    server("twice");
    http.post("/v1/resources/server", ResourcesTest.server("twice"))
        .problem(409, "exists", "server", "twice");
  }

  @Test
  void aStaleVersionIsRefused() {
    String at = server("stale");
    String known = http.get(at).header("ETag");
    JsonObject change = new JsonObject().put("fields", new JsonObject().put("port", 1));
    http.patch(at, change, "If-Match", known).expect(200);
    http.patch(at, change, "If-Match", known).problem(412, "stale", "version 2", "read it again");
    http.delete(at, "If-Match", known).problem(412, "stale");
    http.delete(at, "If-Match", "nonsense").problem(400, "bad_etag");
    http.post(at + "/tasks/monitor", new JsonObject(), "If-Match", known)
        .problem(400, "header_unexpected", "If-Match");
  }

  @Test
  void nothingIsStartedOrMadeUnderAnOwnerThatIsEnding() {
    String at = server("ending");
    http.delete(at).expect(202);
    http.post(at + "/tasks/monitor").problem(409, "deleting");
    JsonObject child = ResourcesTest.server("orphan").put("parent", at.substring(21));
    http.post("/v1/resources/server", child).problem(409, "deleting");
    http.post("/v1/resources/server?validate_only=true", child).problem(409, "deleting");
  }

  @Test
  void nothingIsAskedOfWhatHasEnded() {
    String at = server("ended");
    rig.execute(
        "update resources set state = '__stop__', active = false, ended_at = now(), due_at = null"
            + " where label = 'ended'");
    http.post(at + "/tasks/monitor").problem(409, "ended");
    http.post(at + ":tick").problem(409, "ended");
    http.delete(at).problem(409, "ended");
    http.get(at).expect(200);
    assertThat(http.get("/v1/resources/server?filter=label%3Dended").body().getJsonArray("items"))
        .isEmpty();
    assertThat(
            http.get("/v1/resources/server?filter=label%3Dended&ended=true")
                .body()
                .getJsonArray("items"))
        .hasSize(1);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    http.get("/v1/resources/server/" + NOBODY).problem(404, "not_found", NOBODY);
    http.get("/v1/tasks/" + NOBODY).problem(404, "not_found", NOBODY);
    http.post("/v1/tasks/" + NOBODY + ":stop").problem(404, "not_found", NOBODY);
    http.get("/v1/errors/" + NOBODY).problem(404, "not_found", NOBODY);
    http.get("/v1/resources/server/abc").problem(400, "bad_parameter", "uuid");
    http.get("/v1/nothing").problem(404, "no_such_path", "/v1/nothing");
    http.send("PUT", "/v1/types", null).problem(405, "method_not_allowed", "PUT");
    JsonObject child = ResourcesTest.server("orphan").put("parent", NOBODY);
    http.post("/v1/resources/server", child).problem(404, "not_found");
  }

  @Test
  void aBodyThatIsTooLargeIsNotRead() {
    String big = "{\"label\":\"" + "x".repeat(ApiSettings.MAX_BODY) + "\"}";
    http.send("POST", "/v1/resources/server", big).problem(413, "body_too_large", "1048576");
  }

  @Test
  void onlyJsonIsRead() {
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
      http.send("POST", "/v1/resources/server", "a=b", "Content-Type", type)
          .problem(415, "unsupported_media_type", "application/json");
    }
    http.get("/v1/types", "Accept", "text/csv").problem(406, "not_acceptable");
  }

  @Test
  void aBodyThatIsNoJsonIsNotQuoted() {
    Http.Reply reply =
        http.send("POST", "/v1/resources/server", "{\"fields\":{\"token\":\"canary\" oops}}");
    reply.problem(400, "bad_json", "line 1");
    assertThat(reply.text()).doesNotContain("canary").doesNotContain("oops");
    http.send("POST", "/v1/resources/server", "[]").problem(400, "bad_json", "object");
    http.send("POST", "/v1/resources/server", null).problem(400, "no_body");
    http.send("POST", "/v1/resources/server", "{\"labell\":1}")
        .problem(422, "invalid")
        .pointsAt("/labell");
  }

  @Test
  void aParameterIsWhatTheContractSays() {
    http.get("/v1/resources/server?page_size=0").problem(400, "bad_parameter", "1 to 500");
    http.get("/v1/resources/server?page_size=501").problem(400, "bad_parameter", "1 to 500");
    http.get("/v1/resources/server?order_by=state").problem(400, "bad_parameter", "created_at");
    http.get("/v1/resources/server?ended=maybe").problem(400, "bad_parameter", "true or false");
    http.get("/v1/resources/server?page=2").problem(400, "bad_parameter", "page_size");
  }

  @Test
  void whatNobodyExpectedIsToldWithoutItsCause() {
    rig.execute("alter table alarms rename to alarms_gone");
    try {
      String at = http.get("/v1/alarms").problem(500, "internal", "trace_id").text();
      assertThat(at).doesNotContain("alarms").doesNotContain("SELECT");
    } finally {
      rig.execute("alter table alarms_gone rename to alarms");
    }
  }

  @Test
  void nothingThatIsSentIsAFaultOfOurs() {
    String deep = "[".repeat(400) + "]".repeat(400);
    String address = "{\"fields\":{\"address\":\"http://a/\",";
    for (String body :
        List.of(
            "{\"label\":\"a\\u0000b\"}",
            "{\"reason\":\"a\\u0000b\"}",
            "{\"parent\":\"urn:uuid:01900000-0000-7000-8000-00000000ffff\"}",
            "{\"fields\":" + deep + "}",
            address + "\"tags\":" + deep + "}}",
            address + "\"port\":1e400}}",
            address + "\"port\":" + "9".repeat(2000) + "}}",
            address + "\"since\":\"+999999999-12-31T23:59:59Z\"}}",
            address + "\"tags\":[null]}}",
            "{\"fields\":{\"address\":{\"Secret\":[0,\"x\"]}}}",
            "{\"fields\":null}",
            "\u0000",
            "null")) {
      assertThat(http.send("POST", "/v1/resources/server", body).status())
          .as(body)
          .isBetween(400, 422);
      assertThat(
              http.send(
                      "POST",
                      "/v1/resources/server",
                      body,
                      "Content-Type",
                      "application/decorated-json")
                  .status())
          .as(body)
          .isBetween(400, 422);
    }
    for (String path :
        List.of(
            "/v1/types/%00",
            "/v1/types/" + "x".repeat(300),
            "/v1/resources/server?filter=label%3D%00",
            "/v1/resources/server?filter=fields.port%3D%22",
            "/v1/resources/server?filter=fields.since%3Dx",
            "/v1/resources/server?page_token=WyJhIiwiYiIsImMiXQ")) {
      assertThat(http.raw(path).status()).as(path).isBetween(400, 422);
    }
  }

  @Test
  void aPathThatIsNoneIsRefused() {
    assertThat(http.wire("GET /v1/resources/server?ended=%zz HTTP/1.1")).isEqualTo(400);
    assertThat(http.wire("GET /v1/types/%zz HTTP/1.1")).isBetween(400, 404);
    assertThat(http.wire("GET /v1/types/" + "x".repeat(20_000) + " HTTP/1.1")).isEqualTo(414);
    assertThat(http.wire("GET /v1/types HTTP/1.1\r\nX: " + "x".repeat(20_000))).isEqualTo(431);
  }

  @Test
  void aMethodThatIsNotThereIsToldWhichAre() {
    assertThat(http.send("PUT", "/v1/resources/server", null).header("Allow"))
        .isEqualTo("GET, POST");
  }
}

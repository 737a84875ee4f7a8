package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Secrets among the fields of a resource, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretFieldsTest {
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

  @Test
  void aSecretIsSealedAtOnceAndShownAsStars() {
    JsonObject body = ResourcesTest.server("secretive");
    body.getJsonObject("fields").put("token", "canary-51c3");
    Http.Reply made = http.post("/v1/resources/server", body, "Idempotency-Key", "s1").expect(201);
    assertThat(made.body().getJsonObject("fields").getString("token")).isEqualTo("••••");
    assertThat(made.text()).doesNotContain("canary");
    for (String table :
        List.of("resources", "audit", "idempotency_keys", "transitions", "changes", "errors")) {
      assertThat(rig.rows("select t::text from " + table + " t"))
          .as(table)
          .noneMatch(row -> row.contains("canary"));
    }
    assertThat(rig.rows("select attrs::text from resources where uuid = '" + made.uuid() + "'"))
        .allMatch(row -> row.contains("\"Secret\""));
  }

  @Test
  void whoSendsBackWhatWasShownOfASecretDoesNotReplaceIt() {
    JsonObject body = ResourcesTest.server("sent-back");
    body.getJsonObject("fields").put("token", "canary-7a20");
    Http.Reply made = http.post("/v1/resources/server", body).expect(201);
    String path = "/v1/resources/server/" + made.uuid();
    String stored = "select attrs::text from resources where uuid = '" + made.uuid() + "'";
    List<String> before = rig.rows(stored);
    JsonObject shown = http.get(path).expect(200).body().getJsonObject("fields");
    http.patch(path, new JsonObject().put("fields", shown))
        .problem(422, "invalid")
        .pointsAt("/fields/token", "leave it out");
    assertThat(rig.rows(stored)).isEqualTo(before);
  }
}

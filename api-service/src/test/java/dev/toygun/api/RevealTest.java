package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who is given what is secret, and what is left of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevealTest {
  private static final String TABLES =
      """
      select table_name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'
      """;

  private ApiRig rig;
  private Http operator;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private String made(String label, String token) {
    JsonObject body = ResourcesTest.server(label);
    body.getJsonObject("fields").put("token", token);
    return operator.post("/v1/resources/server", body).expect(201).header("Location");
  }

  private static JsonObject field(String name) {
    return new JsonObject().put("field", name).put("reason", "an audit of ours");
  }

  @Test
  void aSecretReaderIsGivenWhatItHoldsAndTheAuditSaysWhoAndWhy() {
    String path = made("revealed", "canary-90aa \"é\"");
    Http reader = rig.as(Role.SECRET_READER);
    Http.Reply reply = reader.post(path + ":reveal", field("token")).expect(200);
    assertThat(reply.body().getString("value")).isEqualTo("canary-90aa \"é\"");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    JsonObject row =
        rig.as(Role.AUDITOR)
            .get("/v1/audit?action=revealResource&page_size=1")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(row.getString("role")).isEqualTo("secret-reader");
    assertThat(row.getString("reason")).isEqualTo("an audit of ours");
    assertThat(row.getInteger("status")).isEqualTo(200);
    assertThat(path).endsWith(row.getString("resource"));
    assertThat(row.getJsonObject("details")).isEqualTo(new JsonObject().put("field", "token"));
  }

  @Test
  void whatWasGivenOutIsKeptNowhere() {
    String path = made("kept-nowhere", "canary-77d1");
    Http reader = rig.as(Role.SECRET_READER);
    reader
        .post(path + ":reveal", field("token"), "Idempotency-Key", "again")
        .problem(400, "header_unexpected", "Idempotency-Key");
    reader.post(path + ":reveal", field("token")).expect(200);
    assertThat(rig.rows(TABLES)).contains("audit", "idempotency_keys");
    for (String table : rig.rows(TABLES)) {
      assertThat(rig.rows("select t::text from " + table + " t"))
          .as(table)
          .noneMatch(row -> row.contains("canary"));
    }
    assertThat(new Http(rig.api.metricsPort(), null).raw("/metrics").text())
        .contains("revealResource")
        .doesNotContain("canary");
  }

  @Test
  void aRunsSecretIsGivenOutToo() {
    String path = made("runs", "canary-0f0f");
    JsonObject args = new JsonObject().put("password", "canary-of-a-run");
    String task =
        operator
            .post(path + "/tasks/monitor", new JsonObject().put("args", args))
            .expect(202)
            .uuid();
    Http reader = rig.as(Role.SECRET_READER);
    JsonObject revealed =
        reader.post("/v1/tasks/" + task + ":reveal", field("password")).expect(200).body();
    assertThat(revealed.getString("value")).isEqualTo("canary-of-a-run");
  }

  @Test
  void nobodyElseIsNotEvenAnAdmin() {
    String path = made("guarded", "canary-1b1b");
    for (Role role : Role.values()) {
      if (role != Role.SECRET_READER) {
        rig.as(role)
            .post(path + ":reveal", field("token"))
            .problem(403, "denied", "secret-reader", role.stored());
      }
    }
    Browser browser = new Browser(rig.api.port()).signIn(rig.as(Role.SECRET_READER));
    browser.get(path + ":reveal").expect(405);
    assertThat(browser.post(path + ":reveal", Map.of("field", "token", "reason", "x")).status())
        .isNotEqualTo(200);
  }

  @Test
  void whoDoesNotSayWhyOrAsksForNoSecretHearsWhatIsExpected() {
    String path = made("asked-wrongly", "canary-2c2c");
    Http reader = rig.as(Role.SECRET_READER);
    JsonObject silent = new JsonObject().put("field", "token");
    reader.post(path + ":reveal", silent).problem(422, "invalid").pointsAt("/reason");
    reader
        .post(path + ":reveal", silent.copy().put("reason", " "))
        .problem(422, "invalid")
        .pointsAt("/reason");
    reader
        .post(path + ":reveal", field("port"))
        .problem(422, "invalid")
        .pointsAt("/field", "'port' is not secret");
    reader
        .post(path + ":reveal", field("tokn"))
        .problem(422, "invalid")
        .pointsAt("/field", "tokn", "token");
    String bare =
        operator
            .post("/v1/resources/server", ResourcesTest.server("bare"))
            .expect(201)
            .header("Location");
    reader.post(bare + ":reveal", field("token")).problem(404, "not_set", "token");
    String uuid = bare.substring(bare.lastIndexOf('/') + 1);
    rig.execute(
        "update resources set attrs = attrs || (select jsonb_build_object('token', attrs -> 'token')"
            + " from resources where label = 'asked-wrongly') where uuid = '"
            + uuid
            + "'");
    reader
        .post(bare + ":reveal", field("token"))
        .problem(409, "cannot_open", uuid, "another type, row or field");
  }

  @Test
  void whoTakesManyHasToWaitAndIsInTheAuditAllTheSame() {
    String path = made("many", "canary-3d3d");
    Http reader = rig.as(Role.SECRET_READER);
    for (int i = 0; i < Reveal.AT_ONCE; i++) {
      reader.post(path + ":reveal", field("token")).expect(200);
    }
    assertThat(
            reader
                .post(path + ":reveal", field("token"))
                .problem(429, "too_many_requests")
                .header("Retry-After"))
        .matches("[1-6]");
    assertThat(
            rig.rows(
                "select status from audit where action = 'revealResource' and target = '%s:reveal' order by seq desc limit 1"
                    .formatted(path)))
        .containsExactly("429");
    rig.as(Role.SECRET_READER).post(path + ":reveal", field("token")).expect(200);
  }

  @Test
  void withoutItsRowOfTheAuditNothingIsGivenOut() {
    String path = made("unwritten", "canary-4e4e");
    Http reader = rig.as(Role.SECRET_READER);
    reader.get(path).expect(200);
    rig.execute(
        """
        create function refuse() returns trigger language plpgsql as $$
          begin raise exception 'no room'; end $$;
        create trigger refuse before insert on audit for each row execute function refuse();
        """);
    try {
      Http.Reply reply = reader.post(path + ":reveal", field("token"));
      assertThat(reply.status()).isGreaterThanOrEqualTo(500);
      assertThat(reply.text()).doesNotContain("canary");
    } finally {
      rig.execute("drop trigger refuse on audit; drop function refuse;");
    }
  }
}

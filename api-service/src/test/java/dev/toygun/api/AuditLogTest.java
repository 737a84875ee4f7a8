package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The audit, as it is read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditLogTest {
  private ApiRig rig;
  private Http auditor;
  private Http operator;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    auditor = rig.as(Role.AUDITOR);
    operator = rig.as(Role.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private List<JsonObject> read(String query) {
    JsonArray items = auditor.get("/v1/audit?" + query).expect(200).body().getJsonArray("items");
    return items.stream().map(JsonObject.class::cast).toList();
  }

  private String made(String label) {
    return operator
        .post("/v1/resources/server", ResourcesTest.server(label).put("reason", "for " + label))
        .expect(201)
        .uuid();
  }

  @Test
  void anAuditorReadsTheAuditAndListsAndChangesNothing() {
    String uuid = made("unchanged");
    auditor.get("/v1/audit").expect(200);
    auditor.get("/v1/resources/server").expect(200);
    auditor.get("/v1/keys").expect(200);
    auditor.delete("/v1/resources/server/" + uuid).problem(403, "denied", "auditor");
    auditor.post("/v1/keys", KeysTest.key("own", Role.ADMIN)).problem(403, "denied");
    rig.as(Role.ADMIN).get("/v1/audit").expect(200);
    operator.get("/v1/audit").problem(403, "denied", "auditor", "operator");
    rig.as(Role.SECRET_READER).get("/v1/audit").problem(403, "denied");
  }

  @Test
  void whatWasAskedOfOneThingIsFoundAllowedAndDenied() {
    String uuid = made("traced");
    String path = "/v1/resources/server/" + uuid;
    rig.as(Role.VIEWER).delete(path + "?reason=mine").expect(403);
    operator.delete(path + "?reason=old").expect(202);
    List<JsonObject> rows = read("subject=" + uuid);
    assertThat(rows)
        .extracting(
            row ->
                "%s %s %s %s"
                    .formatted(
                        row.getString("action"),
                        row.getString("outcome"),
                        row.getInteger("status"),
                        row.getString("reason")))
        .containsExactly(
            "deleteResource allowed 202 old",
            "deleteResource denied 403 ",
            "createResource allowed 201 for traced");
    assertThat(rows).allMatch(row -> uuid.equals(row.getString("resource")));
    assertThat(read("subject=" + uuid + "&outcome=denied")).hasSize(1);
    assertThat(read("subject=" + uuid + "&action=createResource")).hasSize(1);
    String actor = rows.get(0).getString("actor");
    assertThat(read("subject=" + uuid + "&actor=" + actor)).hasSize(2);
    String at = rows.get(1).getString("at");
    assertThat(read("subject=" + uuid + "&since=" + at)).hasSize(2);
    assertThat(read("subject=" + uuid + "&until=" + at)).hasSize(1);
    assertThat(read("until=2020-01-01T00:00:00Z")).isEmpty();
    auditor.get("/v1/audit?since=yesterday").problem(400, "bad_parameter", "since", "2030");
    auditor.get("/v1/audit?outcome=odd").problem(400, "bad_parameter", "denied");
  }

  @Test
  void aPageFollowsAnotherTheNewestFirst() {
    Http busy = rig.as(Role.OPERATOR);
    String label = "paged-";
    for (int i = 0; i < 7; i++) {
      busy.post("/v1/resources/server", ResourcesTest.server(label + i)).expect(201);
    }
    String actor =
        read("action=createResource&outcome=allowed&page_size=1").get(0).getString("actor");
    List<String> seen = new ArrayList<>();
    String token = "";
    while (token != null) {
      JsonObject page =
          auditor
              .get(
                  "/v1/audit?page_size=3&actor="
                      + actor
                      + (token.isEmpty() ? "" : "&page_token=" + token))
              .expect(200)
              .body();
      page.getJsonArray("items").forEach(row -> seen.add(((JsonObject) row).getString("at")));
      token = page.getString("next_page_token");
    }
    assertThat(seen)
        .hasSize(7)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    auditor.get("/v1/audit?page_token=WyJ4Il0").problem(400, "bad_page_token");
  }

  @Test
  void whatKeyWasMadeIsToldAndTheKeyIsNot() {
    Http admin = rig.as(Role.ADMIN);
    String key =
        admin
            .post("/v1/keys", KeysTest.key("told", Role.OPERATOR))
            .expect(201)
            .body()
            .getString("key");
    Http.Reply rows = auditor.get("/v1/audit?action=createKey").expect(200);
    assertThat(rows.text())
        .contains("\"name\":\"told\"", "\"role\":\"operator\"")
        .doesNotContain(key);
    String direct =
        ApiRig.await(ApiService.makeKey(rig.store.database(), rig.time, "directly", "viewer"));
    JsonObject row = read("action=createKey").get(0);
    assertThat(row.getString("actor")).isEqualTo("command line");
    assertThat(row.getInteger("status")).isEqualTo(201);
    assertThat(row.getJsonObject("details").getString("name")).isEqualTo("directly");
    assertThat(row.encode()).doesNotContain(direct);
  }

  @Test
  void itHasAPageForWhoMayReadIt() {
    made("shown");
    Browser allowed = new Browser(rig.api.port()).signIn(auditor);
    Document page = allowed.get("/v1/audit").says(200, "createResource", "for shown", "signIn");
    assertThat(page.select("nav a[href=/v1/audit]")).hasSize(1);
    allowed
        .get("/v1/audit?actor=&action=createResource")
        .says(200, "toygun get audit --filter action=createResource");
    Browser denied = new Browser(rig.api.port()).signIn(operator);
    denied.get("/v1/audit").says(403, "auditor");
    assertThat(denied.get("/v1/types").says(200).select("nav a[href=/v1/audit]")).isEmpty();
  }

  @Test
  void aPageLooksAtSoManyRowsAndTheNextOneGoesOn() {
    rig.execute(
        """
        insert into audit (at, actor, action, allowed, status)
        select now() - make_interval(secs => n * 0.01), 'key:busy',
               case when n in (9999, 10500) then 'rare' else 'usual' end, true, 200
          from generate_series(1, 10500) as n
        """);
    String asked = "/v1/audit?actor=key:busy&action=rare";
    JsonObject first = auditor.get(asked).expect(200).body();
    assertThat(first.getJsonArray("items")).hasSize(1);
    String token = first.getString("next_page_token");
    JsonObject second = auditor.get(asked + "&page_token=" + token).expect(200).body();
    assertThat(second.getJsonArray("items")).hasSize(1);
    assertThat(second.getString("next_page_token")).isNull();
    assertThat(read("actor=key:busy&action=never")).isEmpty();
  }
}

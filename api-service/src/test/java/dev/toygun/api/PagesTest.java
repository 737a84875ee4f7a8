package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the pages show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private static final String SCRIPT = "<script>alert(1)</script>";

  private ApiRig rig;
  private Http operator;
  private Browser browser;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
    browser = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static JsonObject server(String label) {
    return new JsonObject()
        .put("label", label)
        .put("fields", new JsonObject().put("address", "http://127.0.0.1:1/"));
  }

  private String make(JsonObject server) {
    return operator.post("/v1/resources/server", server).expect(201).uuid();
  }

  @Test
  void theFleetCountsEachTypeByStateAndOpenAlarmsBySeverity() {
    make(server("counted").put("adopt", true).put("state", "watched"));
    Document page = browser.get("/v1/types").says(200, "Fleet", "server", "watched", "Open alarms");
    assertThat(page.select("a[href=/v1/types/server]")).hasSize(1);
    String filtered = page.select("a.badge[href$=watched]").attr("href");
    assertThat(filtered).isEqualTo("/v1/resources/server?filter=state%3Dwatched");
    browser.get(filtered).says(200, "counted");
  }

  @Test
  void aTypeShowsItsFieldsStatesTasksAndAlarms() {
    browser
        .get("/v1/types/server")
        .says(
            200,
            "address",
            "uri",
            "token",
            "secret",
            "watched → broken",
            "Task monitor",
            "stuck",
            "signal poke",
            "wipe, 3 times in 3600 s at most",
            "ask the host");
    browser.get("/v1/types/nothing").says(404, "no worker has published a type 'nothing'");
  }

  @Test
  void aListIsCutIntoPagesAndNarrowed() {
    String parent = make(server("parent of many"));
    for (int i = 0; i < 5; i++) {
      make(server("child " + i).put("parent", parent));
    }
    String path = "/v1/resources/server?page_size=3&ended=&filter=parent%3D" + parent;
    Document first = browser.get(path).says(200, "child 0", "child 2");
    assertThat(first.text()).doesNotContain("child 3");
    Document second = browser.get(first.select("a[rel=next]").attr("href")).says(200, "child 4");
    assertThat(second.select("a[rel=next]")).isEmpty();
    assertThat(second.select("input[name=filter]").val()).isEqualTo("parent=" + parent);
    browser.get("/v1/resources/server?filter=colour%3Dred").says(400, "'colour=red' is none");
  }

  @Test
  void aResourceShowsAllThatHangsOffIt() {
    String uuid = make(server("shown").put("adopt", true).put("state", "broken"));
    rig.execute(
        """
        insert into transitions (resource_uuid, subject_uuid, step, from_state, to_state, cause, actor, worker, build, message)
        values ('%1$s', '%1$s', 1, 'watched', 'broken', 'clock', 'system', 'w', 'b', 'it fell over')
        """
            .formatted(uuid));
    make(server("below").put("parent", uuid));
    operator.post("/v1/resources/server/" + uuid + "/tasks/monitor", new JsonObject()).expect(202);
    operator
        .post("/v1/resources/server/" + uuid + ":hold", new JsonObject().put("reason", "moving it"))
        .expect(201);
    Document page =
        browser
            .get("/v1/resources/server/" + uuid)
            .says(
                200,
                "shown",
                "watched",
                "http://127.0.0.1:1/",
                "monitor",
                "running",
                "below",
                "moving it",
                "holds it",
                "watched → broken",
                "it fell over",
                "toygun describe server " + uuid);
    assertThat(page.select(".states .current").text()).startsWith("broken");
    assertThat(page.text()).contains("$TOYGUN_API_KEY").doesNotContain("toygun_");
    String json = page.select("footer a").attr("href");
    assertThat(new JsonObject(browser.get(json).expect(200).text()).getString("uuid"))
        .isEqualTo(uuid);
  }

  @Test
  void aSecretIsDotsAndNothingElse() {
    JsonObject server = server("with a secret");
    server.getJsonObject("fields").put("token", "hunter2-hunter2");
    String uuid = make(server);
    browser.get("/v1/resources/server/" + uuid).says(200, "token ••••");
    assertThat(browser.get("/v1/resources/server/" + uuid).text()).doesNotContain("hunter2");
    assertThat(browser.get("/v1/resources/server").text()).doesNotContain("hunter2");
  }

  @Test
  void whatSomebodyWroteIsTextWhereverItStands() {
    JsonObject server = server(SCRIPT);
    server.getJsonObject("fields").put("spec", new JsonObject().put("\"><img src=x>", SCRIPT));
    String uuid = make(server.put("reason", SCRIPT));
    operator
        .post(
            "/v1/resources/server/" + uuid + ":hold",
            new JsonObject().put("reason", "</title>" + SCRIPT))
        .expect(201);
    for (String path :
        new String[] {
          "/v1/resources/server/" + uuid,
          "/v1/resources/server",
          "/v1/resources/server?filter=" + dev.toygun.api.pages.Url.encoded("label=" + SCRIPT),
          "/v1/resources/server?filter=" + dev.toygun.api.pages.Url.encoded("\"><script>"),
          "/v1/types/" + dev.toygun.api.pages.Url.encoded(SCRIPT),
          "/sign-in?next=" + dev.toygun.api.pages.Url.encoded("/v1/\"><script>")
        }) {
      Browser.Seen seen = browser.get(path);
      assertThat(seen.page().select("script, img").eachAttr("src"))
          .as(path)
          .containsExactly("/pages.js");
      assertThat(seen.text()).as(path).doesNotContain("<script>");
    }
    browser.get("/v1/resources/server/" + uuid).says(200, SCRIPT);
  }

  @Test
  void aPageLetsABrowserDoNothingButShowIt() {
    Browser.Seen seen = browser.get("/v1/types").expect(200);
    assertThat(seen.header("Content-Security-Policy"))
        .contains("default-src 'none'", "style-src 'self'", "form-action 'self'")
        .contains("script-src 'self'", "connect-src 'self'")
        .contains("base-uri 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(seen.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(seen.header("Cache-Control")).isEqualTo("no-store");
    assertThat(seen.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(seen.page().select("link[rel=stylesheet]").attr("href")).isEqualTo("/pages.css");
    assertThat(seen.page().select("script").attr("src")).isEqualTo("/pages.js");
    assertThat(browser.get("/pages.css").expect(200).header("Content-Type")).startsWith("text/css");
    assertThat(browser.get("/pages.js").expect(200).header("Content-Type"))
        .startsWith("text/javascript");
    assertThat(browser.get("/pages.svg").expect(200).header("Content-Type"))
        .isEqualTo("image/svg+xml");
  }

  @Test
  void aProgramWithAKeyGetsJsonThoughItsLibraryAsksForHtml() {
    String accept = "text/html, image/gif, image/jpeg, */*; q=0.2";
    Http.Reply reply = operator.get("/v1/types", "Accept", accept).expect(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    Http.Reply refused =
        operator.as(KeyText.make(rig.time).reveal()).get("/v1/types", "Accept", accept);
    refused.problem(401, "unauthenticated");
    assertThat(refused.header("Location")).isEmpty();
    operator.get("/nowhere", "Accept", accept).problem(404, "no_such_path");
    operator
        .post("/v1/holds", new JsonObject(), "Content-Type", "application/x-www-form-urlencoded")
        .problem(415, "unsupported_media_type");
  }

  @Test
  void whoAsksForJsonGetsJsonAndWhatIsNotThereIsSaidOnAPage() {
    assertThat(operator.get("/v1/types").expect(200).body().getJsonArray("items")).isNotEmpty();
    operator.get("/v1/types", "Accept", "application/json, text/html;q=0.5").expect(200).body();
    browser.get("/nowhere").says(404, "there is nothing at /nowhere");
    browser.get("/v1/resources/server/no-uuid").says(400, "a uuid is expected");
  }
}

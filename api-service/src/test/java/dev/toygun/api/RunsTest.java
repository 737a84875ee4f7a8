package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs of all resources, over HTTP and on a page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {
  private ApiRig rig;
  private Http caller;
  private Sites sites;
  private String site;
  private String db;
  private String waiting;
  private String failed;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    caller = rig.as(Role.VIEWER);
    sites = new Sites(rig);
    site = sites.resource("site", "making", null);
    db = sites.resource("db", "making", site);
    waiting = sites.task(site, "create", "waits = true");
    failed = sites.task(db, "__panic__", "resume = 'create'");
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static List<String> uuids(Http asker, String query) {
    return asker.get("/v1/tasks" + query).expect(200).body().getJsonArray("items").stream()
        .map(run -> ((JsonObject) run).getString("uuid"))
        .toList();
  }

  @Test
  void theNewestIsFirstAndSaysWhatItIsOf() {
    JsonObject run =
        caller.get("/v1/tasks").expect(200).body().getJsonArray("items").getJsonObject(0);
    assertThat(run.getString("uuid")).isEqualTo(failed);
    assertThat(run.getString("label")).isEqualTo(sites.label(db));
    assertThat(run.getString("name")).isEqualTo("provision");
    assertThat(run.getString("status")).isEqualTo("panicked");
    assertThat(uuids(caller, "")).containsExactly(failed, waiting);
  }

  @Test
  void aPageGoesOnWhereTheLastOneEnded() {
    JsonObject first = caller.get("/v1/tasks?page_size=1").expect(200).body();
    String next = "?page_size=1&page_token=" + first.getString("next_page_token");
    assertThat(uuids(caller, next)).containsExactly(waiting);
    assertThat(caller.get("/v1/tasks" + next).body().getString("next_page_token")).isNull();
    caller.get("/v1/tasks" + next + "&type=db").problem(400, "bad_page_token");
  }

  @Test
  void whatIsAskedForIsNarrowed() {
    assertThat(uuids(caller, "?status=running")).containsExactly(waiting);
    assertThat(uuids(caller, "?type=db&task=provision")).containsExactly(failed);
    assertThat(uuids(caller, "?task=none")).isEmpty();
    assertThat(uuids(caller, "?since=2099-01-01T00:00:00Z")).isEmpty();
    assertThat(uuids(caller, "?until=2000-01-01T00:00:00Z")).isEmpty();
    assertThat(uuids(caller, "?since=2026-01-01T00:00:00Z")).containsExactly(failed, waiting);
    caller.get("/v1/tasks?status=absent").problem(400, "bad_parameter", "status");
    caller.get("/v1/tasks?since=yesterday").problem(400, "bad_parameter", "since");
  }

  @Test
  void aLimitedKeySeesWhatItIsFor() {
    assertThat(uuids(rig.as(Role.VIEWER, null, KeyScope.of(List.of("site"))), ""))
        .containsExactly(waiting);
    Http below = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(db)));
    assertThat(uuids(below, "")).containsExactly(failed);
    assertThat(below.get("/v1/tasks").text()).doesNotContain(site, sites.label(site));
  }

  @Test
  void aPageLinksToEachRunAndItsResource() {
    Browser browser = new Browser(rig.api.port()).signIn(caller);
    Document page = browser.get("/v1/tasks?status=panicked").expect(200).page();
    assertThat(page.select("a[href=/v1/tasks/" + failed + "]").text()).isEqualTo("provision");
    assertThat(page.select("a[href=/v1/resources/db/" + db + "]").text())
        .isEqualTo("db " + sites.label(db));
    assertThat(page.select("option[selected]").eachText()).containsExactly("panicked");
    assertThat(page.select("tbody tr")).as("of the site itself none").hasSize(1);
    assertThat(page.text())
        .contains(" of site " + sites.label(site))
        .contains("toygun get tasks --filter status=panicked");
    assertThat(browser.get("/v1/tasks?task=none").expect(200).page().text()).contains("None.");
  }
}

package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.SubjectKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Why does it not go on? From what was asked about down to what keeps it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {
  private ApiRig rig;
  private Http caller;
  private Sites sites;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    sites = new Sites(rig);
    caller = rig.as(Role.VIEWER);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void answer() {
    rig.leases.areSilent = false;
  }

  private JsonObject explain(Http asker, String type, String resource) {
    return asker.get("/v1/resources/%s/%s/explain".formatted(type, resource)).expect(200).body();
  }

  private static JsonObject item(JsonObject explanation, int nth) {
    return explanation.getJsonArray("items").getJsonObject(nth);
  }

  /** Of each level what leads on, and how many there are besides. */
  private static List<String> chain(JsonObject explanation) {
    List<String> chain = new ArrayList<>();
    for (Object each : explanation.getJsonArray("chain")) {
      JsonObject level = (JsonObject) each;
      JsonArray items = level.getJsonArray("items");
      chain.add(
          "%s, %d and %d"
              .formatted(
                  items.getJsonObject(0).getString("uuid"),
                  items.size() - 1,
                  level.getInteger("others")));
    }
    return chain;
  }

  @Test
  void whatIsBeingTickedDoesNotWaitForAWorker() {
    String site = sites.resource("site", "making", null);
    String task = sites.task(site, "create", "due_at = now()");
    JsonObject waiting = item(explain(caller, "site", site), 1);
    assertThat(waiting.getString("because")).contains("and waits for a worker");
    assertThat(waiting.getString("worker")).isNull();
    rig.leases.take("worker-7", new SubjectKey(UUID.fromString(site), UUID.fromString(task)));
    JsonObject ticked = item(explain(caller, "site", site), 1);
    assertThat(ticked.getString("reason")).isEqualTo("due");
    assertThat(ticked.getString("because"))
        .contains("and worker worker-7 has it in hand")
        .doesNotContain("waits for a worker");
    assertThat(ticked.getString("worker")).isEqualTo("worker-7");
  }

  @Test
  void nobodyWaitsForLeasesThatDoNotAnswer() {
    String site = sites.resource("site", "making", null);
    String task = sites.task(site, "create", "due_at = now()");
    rig.leases.take("worker-7", new SubjectKey(UUID.fromString(site), UUID.fromString(task)));
    rig.leases.areSilent = true;
    JsonObject item = item(explain(caller, "site", site), 1);
    assertThat(item.getString("reason")).isEqualTo("due");
    assertThat(item.getString("worker")).isNull();
  }

  @Test
  void whatFailsSaysWhichTryIsNextAndWhyTheLastFailed() {
    String site = sites.resource("site", "making", null);
    sites.failing(site, "'2099-01-01T10:03:11.5Z'");
    JsonObject item = item(explain(caller, "site", site), 1);
    assertThat(item.getString("reason")).isEqualTo("due_later");
    assertThat(item.getString("because"))
        .isEqualTo(
            "it is due at 2099-01-01T10:03:11Z, for try 4 of 6, since the last failed with"
                + " ConnectException: refused");
    assertThat(item.getInteger("attempt")).isEqualTo(4);
    assertThat(item.getInteger("attempts")).isEqualTo(6);
    assertThat(item.getJsonObject("error").getString("kind")).isEqualTo("ConnectException");
    assertThat(item.getString("since")).isEqualTo("2026-11-01T10:02:11Z");
    assertThat(item.getString("said")).isEqualTo("plan small");
  }

  @Test
  void anErrorThatIsOverIsNoReason() {
    String site = sites.resource("site", "making", null);
    String task = sites.failing(site, "'2099-01-01T10:03:11Z'");
    rig.execute("update tasks set tries = 0 where uuid = '" + task + "'");
    JsonObject item = item(explain(caller, "site", site), 1);
    assertThat(item.getJsonObject("error")).isNull();
    assertThat(item.getString("because")).isEqualTo("it is due at 2099-01-01T10:03:11Z");
  }

  @Test
  void aChainLeadsFromWhatIsTakenDownToTheTaskThatFailsBelowIt() {
    String site = sites.resource("site", "making", null);
    rig.execute("update resources set deleting = 'asked' where uuid = '" + site + "'");
    for (int i = 0; i < 7; i++) {
      String other = sites.resource("db", "making", site);
      sites.task(other, "create", "due_at = now()");
    }
    String middle = sites.resource("db", "making", site);
    String db = sites.resource("db", "making", middle);
    String task = sites.failing(db, "'2099-01-01T10:03:11Z'");
    JsonObject explanation = explain(caller, "site", site);
    assertThat(chain(explanation))
        .containsExactly(middle + ", 4 and 3", db + ", 0 and 0", task + ", 0 and 0");
    assertThat(explanation.getString("summary"))
        .isEqualTo(
            ("site/%s is on its way down, and waits for its child db/%s (and 7 others), which is in"
                    + " making, and waits for its child db/%s, which is in making, and waits for its"
                    + " task provision, which is in create since 2026-11-01T10:02:11Z; it is due at"
                    + " 2099-01-01T10:03:11Z, for try 4 of 6, since the last failed with"
                    + " ConnectException: refused")
                .formatted(sites.label(site), sites.label(middle), sites.label(db)));
  }

  @Test
  void whatIsTakenDownWaitsForNoChildBeforeItsTasksHaveEnded() {
    String site = sites.resource("site", "making", null);
    rig.execute("update resources set deleting = 'asked' where uuid = '" + site + "'");
    sites.failing(sites.resource("db", "making", site), "now()");
    String task = sites.task(site, "__exit__", "due_at = now()");
    assertThat(chain(explain(caller, "site", site))).containsExactly(task + ", 0 and 0");
  }

  @Test
  void whatStandsStillBelowWhatRestsIsFound() {
    String site = sites.resource("site", "made", null);
    assertThat(chain(explain(caller, "site", site))).isEmpty();
    String db = sites.resource("db", "made", site);
    sites.task(db, "create", "every_s = 30, bucket = 0");
    assertThat(chain(explain(caller, "site", site))).as("all is well").isEmpty();
    String other = sites.resource("db", "made", site);
    String task = sites.task(other, "__panic__", "resume = 'create'");
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, severity)
        values ('%s', '%s', '%s', 'panic', 'db', 1, 'open', 'error')
        """
            .formatted(other, task, rig.time.uuid()));
    JsonObject explanation = explain(caller, "site", site);
    assertThat(chain(explanation)).containsExactly(other + ", 1 and 0", task + ", 0 and 0");
    assertThat(explanation.getString("summary"))
        .contains(
            " is in made, but its child db/" + sites.label(other), "until somebody handles alarm");
  }

  @Test
  void aPageLeadsDownToWhatKeepsIt() {
    String site = sites.resource("site", "making", null);
    String db = sites.resource("db", "making", site);
    String task = sites.failing(db, "now()");
    Browser browser = new Browser(rig.api.port()).signIn(caller);
    Document page = browser.get("/v1/resources/site/" + site).expect(200).page();
    assertThat(page.select("a[href=/v1/resources/db/" + db + "]").text()).contains(sites.label(db));
    assertThat(page.select("a[href=/v1/tasks/" + task + "]").text()).isEqualTo("provision");
    assertThat(page.text()).contains("and waits for its child db/" + sites.label(db));
    assertThat(browser.get("/v1/tasks/" + task).expect(200).page().text())
        .contains("for try 4 of 6");
  }

  @Test
  void whatWaitsIsFollowedToWhatIsToHappenNext() {
    String site = sites.resource("site", "making", null);
    String db = sites.resource("db", "making", site);
    sites.task(sites.resource("db", "made", site), "create", "every_s = 30, bucket = 0");
    String task = sites.task(db, "create", "due_at = '2099-01-01T10:03:11Z'");
    assertThat(chain(explain(caller, "site", site)))
        .containsExactly(db + ", 1 and 0", task + ", 0 and 0");
  }

  @Test
  void aHoldIsTheEndOfAChain() {
    String site = sites.resource("site", "making", null);
    String db = sites.resource("db", "making", site);
    sites.failing(db, "now()");
    rig.as(Role.OPERATOR)
        .post(
            "/v1/resources/db/" + db + ":hold", new JsonObject().put("reason", "the disk is full"))
        .expect(201);
    JsonObject explanation = explain(caller, "site", site);
    assertThat(chain(explanation)).containsExactly(db + ", 0 and 0");
    assertThat(explanation.getString("summary")).contains(" holds it: the disk is full (hold ");
  }

  @Test
  void aChildThatAPersonsStopKeepsIsTheEndOfAChain() {
    String site = sites.resource("site", "making", null);
    sites.task(sites.resource("db", "making", site), "create", "due_at = now()");
    String kept = sites.resource("db", "making", site);
    sites.stopped(kept);
    String rests = sites.resource("db", "made", site);
    sites.stopped(rests);
    String goesOn = sites.resource("db", "making", site);
    sites.stopped(goesOn);
    sites.task(goesOn, "create", "due_at = now()");
    JsonObject explanation = explain(caller, "site", site);
    assertThat(chain(explanation)).containsExactly(kept + ", 3 and 0");
    assertThat(explanation.getString("summary"))
        .contains("waits for its child db/" + sites.label(kept))
        .endsWith("; a person stopped its task provision");
    rig.execute("update resources set state = 'made' where uuid = '" + site + "'");
    assertThat(chain(explain(caller, "site", site))).containsExactly(kept + ", 3 and 0");
  }

  @Test
  void aChainHasEightLevels() {
    String site = sites.resource("site", "making", null);
    String last = site;
    for (int i = 0; i < 9; i++) {
      last = sites.resource("db", "making", last);
    }
    sites.failing(last, "now()");
    assertThat(chain(explain(caller, "site", site))).hasSize(6);
  }

  @Test
  void aKeyIsShownWhatItIsForAndNothingElse() {
    String site = sites.resource("site", "making", null);
    String db = sites.resource("db", "making", site);
    sites.failing(db, "now()");
    Http ofSite = rig.as(Role.VIEWER, null, KeyScope.of(List.of("site")));
    JsonObject ofSites = explain(ofSite, "site", site);
    assertThat(chain(ofSites)).isEmpty();
    assertThat(ofSites.encode()).doesNotContain(db, sites.label(db));
    Http below = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(db)));
    JsonObject ofDb = explain(below, "db", db);
    assertThat(chain(ofDb)).hasSize(1);
    assertThat(ofDb.encode()).doesNotContain(site, sites.label(site));
  }

  @Test
  void aRunIsExplainedAndWhatItMayWaitFor() {
    String site = sites.resource("site", "making", null);
    String task = sites.task(site, "create", "waits = true");
    String path = "/v1/tasks/" + task + "/explain";
    JsonObject alone = caller.get(path).expect(200).body();
    assertThat(item(alone, 0).getString("uuid")).isEqualTo(task);
    assertThat(chain(alone)).isEmpty();
    assertThat(alone.getString("summary"))
        .isEqualTo(
            ("task provision of site/%s is in create since 2026-11-01T10:02:11Z; it waits for a"
                    + " signal, or for a change of what it sees")
                .formatted(sites.label(site)));
    String db = sites.resource("db", "making", site);
    String failing = sites.failing(db, "now()");
    JsonObject explanation = caller.get(path).expect(200).body();
    assertThat(chain(explanation)).containsExactly(db + ", 0 and 0", failing + ", 0 and 0");
    assertThat(explanation.getString("summary"))
        .contains(
            "and waits: of its resource, child db/" + sites.label(db) + " is in making, and waits");
    rig.execute(
        "update tasks set active = false, state = '__stop__', ended_at = '2026-11-01T10:05:00.5Z', outcome = 'stopped',"
            + " waits = false where uuid = '%s'".formatted(task));
    JsonObject over = caller.get(path).expect(200).body();
    assertThat(over.getJsonArray("items")).isEmpty();
    assertThat(over.getString("summary")).isEqualTo("it has ended: stopped, 2026-11-01T10:05:00Z");
  }

  @Test
  void whatHasEndedSaysWhen() {
    String site = sites.resource("site", "making", null);
    rig.execute(
        "update resources set active = false, ended_at = '2026-11-01T10:05:00.5Z' where uuid = '%s'"
            .formatted(site));
    JsonObject over = explain(caller, "site", site);
    assertThat(over.getJsonArray("items")).isEmpty();
    assertThat(over.getString("summary")).isEqualTo("it has ended, 2026-11-01T10:05:00Z");
  }
}

package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is to end at some time: the engine makes it due then, and it is not what it waits for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainDeadlinesTest {
  private static final String DUE =
      "due_at = '2099-01-01T10:00:00Z', deadline_at = '2099-01-01T10:00:00Z'";

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

  private JsonObject explain(String site) {
    return caller.get("/v1/resources/site/%s/explain".formatted(site)).expect(200).body();
  }

  private static JsonObject item(JsonObject explanation, int nth) {
    return explanation.getJsonArray("items").getJsonObject(nth);
  }

  @Test
  void whatPollsSaysHowOftenAndWhenItEnds() {
    String site = sites.resource("site", "making", null);
    String polls = DUE + ", every_s = 30, bucket = 7";
    String run = sites.task(site, "create", polls);
    JsonObject item = item(explain(site), 1);
    assertThat(item.getString("reason")).isEqualTo("polling");
    assertThat(item.getString("because"))
        .isEqualTo("it is looked at every 30 s, and times out at 2099-01-01T10:00:00Z");
    rig.execute("update tasks set run_deadline_at = deadline_at where uuid = '%s'".formatted(run));
    assertThat(item(explain(site), 1).getString("because"))
        .isEqualTo("it is looked at every 30 s, and its run times out at 2099-01-01T10:00:00Z");
    rig.execute("update tasks set due_at = now() where uuid = '%s'".formatted(run));
    assertThat(item(explain(site), 1).getString("reason")).isEqualTo("due");
  }

  @Test
  void aResourceThatMayNotTakeForeverWaitsForItsTasks() {
    String site = sites.resource("site", "making", null);
    String task = sites.task(site, "create", "every_s = 30, bucket = 7");
    rig.execute("update resources set %s where uuid = '%s'".formatted(DUE, site));
    JsonObject explanation = explain(site);
    assertThat(item(explanation, 0).getString("reason")).isEqualTo("waiting");
    assertThat(item(explanation, 0).getString("because"))
        .isEqualTo(
            "it waits for 1 active task and 0 active children of it, until 2099-01-01T10:00:00Z at"
                + " most");
    assertThat(explanation.getJsonArray("chain").encode()).contains(task);
    rig.execute("update resources set tries = 1 where uuid = '%s'".formatted(site));
    assertThat(item(explain(site), 0).getString("reason")).isEqualTo("due_later");
  }

  @Test
  void whatWaitsUntilItsRunTimesOutSaysSo() {
    String site = sites.resource("site", "making", null);
    String set = DUE + ", run_deadline_at = '%s', waits = true";
    String run = sites.task(site, "create", set.formatted("2099-01-01T10:00:00Z"));
    JsonObject item = item(explain(site), 1);
    assertThat(item.getString("because"))
        .isEqualTo("it waits, until its run times out at 2099-01-01T10:00:00Z");
    assertThat(item.getString("run_deadline_at")).isEqualTo("2099-01-01T10:00:00Z");
    rig.execute(
        "update tasks set run_deadline_at = '2099-01-02T10:00:00Z' where uuid = '" + run + "'");
    assertThat(item(explain(site), 1).getString("because"))
        .isEqualTo("it waits, until 2099-01-01T10:00:00Z at most");
    assertThat(caller.get("/v1/tasks/" + run).expect(200).body().getString("run_deadline_at"))
        .isEqualTo("2099-01-02T10:00:00Z");
  }

  @Test
  void ofARunThatStandsPanickedNoPageSaysThatItTimesOut() {
    String site = sites.resource("site", "making", null);
    String set = "deadline_at = '2099-01-01T10:00:00Z', run_deadline_at = '2099-01-01T10:00:00Z'";
    String run = sites.task(site, "create", set);
    Browser browser = new Browser(rig.api.port()).signIn(caller);
    String told = "the run times out at";
    browser.get("/v1/tasks/" + run).says(200, told);
    rig.execute(
        "update tasks set deadline_at = null, state = '__panic__' where uuid = '%s'"
            .formatted(run));
    assertThat(browser.get("/v1/tasks/" + run).says(200, "panicked").text()).doesNotContain(told);
  }
}

package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairsTest {
  private static final JsonObject WHY = new JsonObject().put("reason", "its disk is new");
  private static final String PROMOTE = "/v1/repairs/server/monitor:promote";

  /**
   * Has the alarm {@code down} of a type suggest its task {@code monitor}, which may be demoted.
   */
  static final String REPAIRED =
      """
      update resource_types
         set definition = jsonb_set(jsonb_set(definition,
               '{tasks,0,limits}', '{"approval": false, "demoteBelow": {"percent": 50, "runs": 4}}'),
               '{alarms}', '[{"name": "down", "severity": "error", "judged": true, "forAtLeast": 0,
                              "repairMost": 0, "repairWindow": 0, "suggested": ["monitor"]}]')
       where name = '%s'
      """;

  private ApiRig rig;
  private Http operator;

  /** The task {@code monitor} cleared 2 of 3. */
  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
    rig.execute(REPAIRED.formatted("server"));
    rig.execute(
        """
        insert into repairs (resource_uuid, task_uuid, alarm_uuid, type, alarm, task, automatic, aborted,
                             began_at, ended_at, cleared_at, relapsed_at)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'server', 'down', 'monitor', n > 1,
               false, now() - interval '3 min', now() - interval '2 min',
               case when n < 3 then now() - interval '1 min' end, case when n = 1 then now() end
          from generate_series(1, 3) n;
        """);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private JsonObject repair(Http caller) {
    JsonArray items = caller.get("/v1/repairs").expect(200).body().getJsonArray("items");
    assertThat(items).hasSize(1);
    return items.getJsonObject(0);
  }

  private void demote() {
    rig.execute(
        """
        insert into demotions values ('server', 'monitor', true, 1, now(), 'system', 'it did not work')
            on conflict (type, task) do update set demoted = true, reason = excluded.reason
        """);
  }

  @Test
  void aRepairSaysHowOftenItClearedItsAlarm() {
    JsonObject repair = repair(rig.as(Role.VIEWER));
    assertThat(repair.getString("summary")).isEqualTo("cleared 2 of 3, 2m median, 1 relapse");
    assertThat(repair.getString("starts")).isEqualTo("by_people");
    assertThat(repair.getInteger("automatic")).isEqualTo(2);
    assertThat(repair.getInteger("by_people")).isOne();
    assertThat(repair.getJsonObject("demotion").getJsonObject("below").getInteger("runs"))
        .isEqualTo(4);
  }

  /** An alarm of it that is open. */
  private String alarm(String resource, String name) {
    String alarm = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', '%2$s', '%3$s', 'server', 1, 'open', 1, true, 'error', 'it is down', now())
        """
            .formatted(resource, alarm, name));
    return alarm;
  }

  @Test
  void anAlarmSaysWhatPutsItRight() {
    String resource =
        rig.as(Role.ADMIN)
            .post("/v1/resources/server", ResourcesTest.server("repaired"))
            .expect(201)
            .uuid();
    JsonArray repairs =
        operator
            .get("/v1/alarms/" + alarm(resource, "down"))
            .expect(200)
            .body()
            .getJsonArray("repairs");
    assertThat(repairs).hasSize(1);
    assertThat(repairs.getJsonObject(0).getString("task")).isEqualTo("monitor");
  }

  @Test
  void theAlarmOfADemotionIsOverByAPromotionAlone() {
    String told = alarm(new UUID(0, 0).toString(), "demoted:server:other");
    operator
        .post("/v1/alarms/" + told + ":close", WHY)
        .problem(409, "wrong_state", "promote it, or ignore");
    operator.post("/v1/alarms/" + told + ":ignore", WHY).expect(200);
  }

  @Test
  void aPersonPromotesWhatWasDemotedWithAReasonAndTheAuditSaysSo() {
    demote();
    JsonObject demotion = repair(rig.as(Role.VIEWER)).getJsonObject("demotion");
    assertThat(demotion.getBoolean("demoted")).isTrue();
    assertThat(demotion.getString("reason")).isEqualTo("it did not work");
    rig.as(Role.VIEWER).post(PROMOTE, WHY).problem(403, "denied", "operator");
    operator.post(PROMOTE, new JsonObject()).problem(422, "invalid", "reason");

    JsonObject promoted = operator.post(PROMOTE, WHY).expect(200).body();
    assertThat(promoted.getBoolean("demoted")).isFalse();
    assertThat(promoted.getString("actor")).startsWith("key:operator");
    assertThat(promoted.getString("reason")).isEqualTo("its disk is new");
    operator.post(PROMOTE, WHY).problem(409, "wrong_state", "is not demoted");
    operator
        .post("/v1/repairs/server/none:promote", WHY)
        .problem(404, "not_found", "does not say demoteBelow");
    assertThat(rig.as(Role.AUDITOR).get("/v1/audit").expect(200).text())
        .contains("promoteRepair", "its disk is new");
  }

  @Test
  void aPageShowsHowWellItWorksAndPromotesIt() {
    demote();
    Browser browser = new Browser(rig.api.port()).signIn(operator);
    Document page = browser.get("/v1/repairs").says(200, "cleared 2 of 3", "once approved");
    assertThat(page.select("a[href=" + PROMOTE + "]")).hasSize(1);
    Document form = browser.get(PROMOTE).says(200, "Promote monitor of server", "counted anew");
    browser.submit(form.selectFirst("main form"), Map.of("reason", "its disk is new")).expect(303);
    assertThat(browser.get("/v1/repairs").page().select("a[href=" + PROMOTE + "]")).isEmpty();
    browser.get("/v1/repairs/server/none:promote").says(404, "does not say demoteBelow");
  }

  @Test
  void thePageOfAnAlarmOffersWhatItSuggests() {
    String resource =
        rig.as(Role.ADMIN)
            .post("/v1/resources/server", ResourcesTest.server("offered"))
            .expect(201)
            .uuid();
    Browser browser = new Browser(rig.api.port()).signIn(operator);
    Document page =
        browser
            .get("/v1/alarms/" + alarm(resource, "down"))
            .says(200, "What puts it right", "monitor", "cleared 2 of 3");
    assertThat(page.select("a[href=/v1/resources/server/" + resource + "/tasks/monitor]"))
        .hasSize(1);
  }
}

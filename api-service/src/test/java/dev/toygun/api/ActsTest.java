package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.api.pages.Act;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people do from pages, without a script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActsTest {
  private ApiRig rig;
  private Http operator;
  private Browser browser;
  private Browser reader;
  private String server;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    operator = rig.as(Role.OPERATOR);
    browser = new Browser(rig.api.port()).signIn(operator);
    reader = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void make() {
    rig.execute("delete from holds");
    JsonObject fields = new JsonObject().put("address", "http://127.0.0.1:1/");
    String uuid =
        operator
            .post(
                "/v1/resources/server",
                new JsonObject().put("label", "s-" + UUID.randomUUID()).put("fields", fields))
            .expect(201)
            .uuid();
    server = "/v1/resources/server/" + uuid;
  }

  /** The form that a link with this text leads to. */
  private @Nullable Element form(String path, String link) {
    Element found = browser.get(path).says(200).select("a.act:containsOwn(" + link + ")").first();
    return browser
        .get(Objects.requireNonNull(found, link + " on " + path).attr("href"))
        .says(200, link)
        .select("main form")
        .first();
  }

  private JsonObject resource() {
    return operator.get(server).expect(200).body();
  }

  @Test
  void whatIsWrongWithAFormIsSaidOnAPage() {
    Element hold = form(server, "Hold");
    browser.submit(hold, Map.of()).says(422, "/reason", "it is needed");
    browser
        .submit(hold, Map.of("reason", "late", "until", "2020-01-01T10:00"))
        .says(422, "/until", "past");
    assertThat(resource().getValue("held")).isNull();
    browser.submit(hold, Map.of("reason", "late", "until", "2100-01-01T10:00")).expect(303);
    assertThat(resource().getJsonObject("held").getString("reason")).isEqualTo("late");
  }

  @Test
  void whatWasRefusedIsJudgedAnewWhenTheFormIsSentAgain() {
    Element release = Objects.requireNonNull(form(server, "Hold"));
    release.attr("action", server + ":release");
    browser.submit(release, Map.of()).says(409, "nobody holds resource");
    browser.submit(form(server, "Hold"), Map.of("reason", "moving it")).expect(303);
    browser.submit(release, Map.of()).expect(303);
  }

  @Test
  void aSecondClickLeadsWhereTheFirstOneWillWhichIsUnderWay() {
    Element hold = form(server, "Hold");
    Map<String, String> why = Map.of("reason", "moving it");
    browser.submit(hold, why).expect(303);
    rig.execute(
        "update idempotency_keys set status = null, headers = null, body = null where key = '%s'"
            .formatted(Objects.requireNonNull(hold).select("[name=once]").val()));
    assertThat(browser.submit(hold, why).expect(303).header("Location")).isEqualTo(server);
    assertThat(rig.rows("select 1 from holds")).hasSize(1);
  }

  @Test
  void aFormThatIsSentTwiceIsCarriedOutOnce() {
    Element hold = form(server, "Hold");
    Map<String, String> why = Map.of("reason", "moving it", "until", "2100-01-01T10:00");
    assertThat(browser.submit(hold, why).expect(303).header("Location")).isEqualTo(server);
    browser.submit(hold, why).expect(303);
    assertThat(rig.rows("select reason || ' ' || (until = '2100-01-01T10:00Z')::text from holds"))
        .containsExactly("moving it true");
    browser.get(server).says(200, "moving it");
    browser.get("/v1/holds").says(200, "moving it", "subtree");
    assertThat(
            rig.rows(
                "select actor || ' ' || reason from audit where action = 'holdResource' and allowed and status = 201"))
        .anyMatch(row -> row.matches("key:operator-.* moving it"));
    browser.submit(form(server, "Release"), Map.of("reason", "moved")).expect(303);
    assertThat(rig.rows("select released_by from holds where released_at is not null"))
        .singleElement()
        .asString()
        .startsWith("key:operator-");
  }

  @Test
  void theFormThatEndsAHoldSaysWhichAndWhy() {
    for (String type : List.of("server", "other")) {
      rig.execute(
          """
          insert into holds (uuid, scope, name, reason, actor, created_at, effective_at)
          values (gen_random_uuid(), 'type', '%1$s', 'why %1$s', 'key:ann', now(), now())
          """
              .formatted(type));
    }
    String uuid = rig.rows("select uuid from holds where name = 'server'").get(0);
    String page =
        browser
            .get("/v1/holds/" + uuid + ":release")
            .says(200, "Release type server", "why server", "key:ann")
            .text();
    assertThat(page).doesNotContain("why other");
    String none = UUID.randomUUID().toString();
    browser.get("/v1/holds/" + none + ":release").says(404, none);
  }

  @Test
  void aTaskIsStartedStoppedAndRewound() {
    browser.submit(form(server, "Start"), Map.of("reason", "now")).expect(303);
    JsonObject task = resource().getJsonArray("tasks").getJsonObject(0);
    assertThat(task.getString("status")).isEqualTo("running");
    String run = "/v1/tasks/" + task.getString("uuid");
    assertThat(browser.get(server).says(200).select("a[href=" + run + "]")).hasSize(1);
    browser.get(run).says(200, "monitor", "running", "run 1");
    browser.submit(form(run, "Rewind"), Map.of("state", "nowhere")).says(422, "nowhere");
    browser.submit(form(run, "Stop"), Map.of("reason", "enough")).expect(303);
    assertThat(rig.rows("select reason from audit where action = 'stopTask' and status = 202"))
        .containsExactly("enough");
  }

  private List<String> offered(String path) {
    return browser.get(path).says(200).select("a.act").eachText();
  }

  @Test
  void onlyWhatCanBeDoneIsOffered() {
    assertThat(offered(server))
        .contains("Hold", "Rewind", "Take down")
        .doesNotContain("Retry", "Release", "Restart");
    browser.submit(form(server, "Start"), Map.of()).expect(303);
    String run = "/v1/tasks/" + resource().getJsonArray("tasks").getJsonObject(0).getString("uuid");
    assertThat(offered(run)).containsExactly("Stop", "Rewind", "Abort");
    for (String table : List.of("resources", "tasks")) {
      rig.execute("update %s set state = '__panic__' where active".formatted(table));
    }
    assertThat(offered(server)).contains("Retry");
    assertThat(offered(run)).containsExactly("Stop", "Retry", "Rewind", "Abort");
  }

  @Test
  void whatNoStateTakesSignalsOfIsSentNone() {
    Sites sites = new Sites(rig);
    String site = sites.resource("site", "making", null);
    String run = sites.task(site, "create", "waits = true");
    for (String at : List.of("/v1/resources/site/" + site, "/v1/tasks/" + run)) {
      JsonObject signal = ResourcesTest.action(operator.get(at).expect(200).body(), "signal");
      assertThat(signal.getBoolean("allowed")).as(at).isFalse();
      assertThat(signal.getString("why_not")).isEqualTo("no state of it takes a signal");
    }
    assertThat(ResourcesTest.action(resource(), "signal").getBoolean("allowed")).isTrue();
  }

  @Test
  void aHoldAboveItIsNotReleasedHere() {
    rig.execute(
        """
        insert into holds (uuid, scope, name, reason, actor, created_at, effective_at)
        values (gen_random_uuid(), 'type', 'server', 'why', 'key:ann', now(), now())
        """);
    browser.get(server).says(200, "On hold");
    assertThat(offered(server)).contains("Hold").doesNotContain("Release");
  }

  @Test
  void aResourceIsTakenDownOnceThatIsConfirmed() {
    Element form = form(server, "Take down");
    assertThat(resource().getBoolean("deleting")).isFalse();
    browser.submit(form, Map.of("reason", "no longer needed")).expect(303);
    assertThat(resource().getBoolean("deleting")).isTrue();
    browser.get(server).says(200, "on its way down");
    assertThat(rig.rows("select reason from audit where action = 'deleteResource'"))
        .contains("no longer needed");
  }

  @Test
  void whoOnlyReadsSeesNoFormAndIsRefused() {
    assertThat(reader.get(server).says(200).select("a.act")).isEmpty();
    reader.get(server + ":hold").says(403, "holdResource needs the role operator");
    Element own = reader.get("/v1/types").page().select("form[action=/sign-out]").first();
    String token = own == null ? "" : own.select("[name=form]").val();
    reader.post(server + ":hold", Map.of("form", token, "reason", "x")).says(403, "operator");
    reader.post(server + ":delete", Map.of("form", token)).says(403, "operator");
    assertThat(resource().getValue("held")).isNull();
    assertThat(resource().getBoolean("deleting")).isFalse();
    assertThat(browser.get(server).says(200).select("a.act:containsOwn(Abandon)")).isEmpty();
    assertThat(rig.rows("select status from audit where action = 'deleteResource' and not allowed"))
        .contains("403");
  }

  @Test
  void aFormWithoutItsTokenOrWithThatOfAnotherChangesNothing() {
    String foreign = reader.get("/v1/types").page().select("[name=form]").val();
    for (Map<String, String> sent :
        List.of(
            Map.of("reason", "x"),
            Map.of("reason", "x", "form", ""),
            Map.of("reason", "x", "form", foreign))) {
      browser.post(server + ":hold", sent).says(403, "not given to this browser");
      browser.post(server + ":delete", sent).says(403, "not given to this browser");
      browser.post(server + "/tasks/monitor", sent).says(403, "not given to this browser");
    }
    new Browser(rig.api.port()).post(server + ":hold", Map.of("reason", "x")).says(403);
    assertThat(
            rig.rows(
                "select actor || ' ' || status || ' ' || count(*) from audit where action = 'holdResource' and not allowed and target = '%s:hold' group by actor, status"
                    .formatted(server)))
        .containsExactly("nobody 403 4");
    assertThat(resource().getValue("held")).isNull();
    assertThat(resource().getBoolean("deleting")).isFalse();
    assertThat(resource().getJsonArray("tasks").getJsonObject(0).getString("status"))
        .isEqualTo("absent");
  }

  @Test
  void anAlarmIsTakenUpQuietedAndClosed() {
    String uuid = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message, opened_at)
        values ('%1$s', '%1$s', '%2$s', 'down', 'server', 1, 'open', 1, true, 'critical', 'it is <b>down</b>', now())
        """
            .formatted(server.substring(server.lastIndexOf('/') + 1), uuid));
    String alarm = "/v1/alarms/" + uuid;
    assertThat(
            browser
                .get("/v1/alarms")
                .says(200, "critical", "it is <b>down</b>")
                .select("a[href=" + alarm + "]"))
        .hasSize(1);
    assertThat(browser.get(alarm).page().select("main a[href=" + server + "]")).hasSize(1);
    browser.get("/v1/types").says(200, "critical");
    browser.get(server).says(200, "it is <b>down</b>");
    browser.submit(form(alarm, "Acknowledge"), Map.of("reason", "on it")).expect(303);
    browser.get(alarm).says(200, "acknowledged", "looks after it", "on it");
    Element snooze = form(alarm, "Snooze");
    browser.submit(snooze, Map.of("until", "2100-01-01T10:00")).expect(303);
    browser.get(alarm).says(200, "snoozed", "2100-01-01 10:00:00 UTC");
    browser.submit(form(alarm, "Ignore"), Map.of()).expect(303);
    browser.submit(form(alarm, "Take notice"), Map.of()).expect(303);
    browser.submit(form(alarm, "Close"), Map.of("reason", "done")).expect(303);
    assertThat(browser.get(alarm).says(200, "closed", "done").select("a.act")).isEmpty();
  }

  @Test
  void everyActHasAPageThatSaysWhatItMeans() {
    for (Act act : Act.values()) {
      assertThat(act.meaning()).endsWith(".");
    }
    browser.get(server + ":hold").says(200, "curl -sS -X POST");
    browser.get(server + ":delete").says(200, "curl -sS -X DELETE").select("button.grave").first();
    operator.get(server + ":hold").problem(405, "method_not_allowed");
  }
}

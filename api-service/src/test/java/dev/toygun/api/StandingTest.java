package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever asks why something waits also hears whether it answers, and of its alarms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandingTest {
  private ApiRig rig;
  private Sites sites;
  private Http caller;

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

  private static JsonObject explain(Http asker, String resource) {
    return asker.get("/v1/resources/site/%s/explain".formatted(resource)).expect(200).body();
  }

  /** One that is observed to be so by its task since ten o'clock. */
  private String observed(String availability, String observers) {
    String site = sites.resource("site", "made", null);
    rig.execute(
        """
        update resources set availability = '%2$s', observers = '{%3$s}', misses = 2,
               planned_until = '2099-01-01T00:00:00Z' where uuid = '%1$s';
        insert into observations (resource_uuid, at, version, availability)
        values ('%1$s', '2026-11-01T09:00:00Z', 1, 'online'), ('%1$s', '2026-11-01T10:00:00.5Z', 2, '%2$s')
        """
            .formatted(site, availability, observers));
    return site;
  }

  private String alarm(String resource, String subject, String name, String set) {
    String uuid = rig.time.uuid().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, severity,
                            message, created_at)
        values ('%1$s', '%2$s', '%3$s', '%4$s', 'site', 1, 'open', 'error', 'no route', '2026-11-01T10:00:00Z');
        update alarms set %5$s where uuid = '%3$s'
        """
            .formatted(resource, subject, uuid, name, set.isEmpty() ? "step = step" : set));
    return uuid;
  }

  @Test
  void whatIsOfflineSaysSinceWhenAndWhatSaysSo() {
    String site = observed("offline", "provision");
    sites.task(site, "create", "every_s = 30, bucket = 0");
    JsonObject explanation = explain(caller, site);
    JsonObject availability = explanation.getJsonObject("availability");
    assertThat(availability.getString("because"))
        .isEqualTo("it is offline since 2026-11-01T10:00:00Z: so says provision (plan small)");
    assertThat(availability.getString("since")).startsWith("2026-11-01T10:00:00.5");
    assertThat(availability.getJsonArray("observers")).containsExactly("provision");
    assertThat(explanation.getString("summary")).endsWith("; " + availability.getString("because"));
  }

  @Test
  void whatIsUncertainSaysHowOftenItDidNotAnswer() {
    assertThat(because(observed("uncertain", "provision")))
        .isEqualTo(
            "it is uncertain since 2026-11-01T10:00:00Z whether it answers, after 2 bad looks in a"
                + " row: so says provision");
  }

  @Test
  void whatNothingObservesAnyMoreIsUnknown() {
    assertThat(because(observed("unknown", "")))
        .isEqualTo(
            "it is unknown since 2026-11-01T10:00:00Z whether it answers: nothing observes it any more");
  }

  @Test
  void whatIsDownOnPurposeSaysForHowLong() {
    assertThat(because(observed("known_offline", "")))
        .isEqualTo(
            "it is down on purpose since 2026-11-01T10:00:00Z, until 2099-01-01T00:00:00Z at most");
  }

  private String because(String site) {
    return explain(caller, site).getJsonObject("availability").getString("because");
  }

  @Test
  void ofWhatAnswersOrWasNeverObservedNothingIsSaid() {
    String never = sites.resource("site", "made", null);
    for (String site : new String[] {observed("online", "provision"), never}) {
      JsonObject explanation = explain(caller, site);
      assertThat(explanation.getValue("availability")).isNull();
      assertThat(explanation.getJsonArray("alarms")).isEmpty();
      assertThat(explanation.getString("summary")).doesNotContain("; it is o", "; its");
    }
  }

  @Test
  void anAlarmSaysHowItStands() {
    String site = sites.resource("site", "made", null);
    alarm(site, site, "down", "");
    alarm(site, site, "slow", "state = 'acknowledged', acknowledged = 'key:eve'");
    alarm(site, site, "full", "state = 'snoozed', snoozed_until = '2099-01-01T00:00:00Z'");
    JsonObject explanation = explain(caller, site);
    assertThat(explanation.getJsonArray("alarms"))
        .extracting(alarm -> ((JsonObject) alarm).getString("because"))
        .containsExactlyInAnyOrder(
            "its alarm down (no route) is open since 2026-11-01T10:00:00Z",
            "its alarm slow (no route) is acknowledged by key:eve",
            "its alarm full (no route) is snoozed until 2099-01-01T00:00:00Z");
    assertThat(explanation.getString("summary")).contains("; its alarm down (no route) is open");
  }

  @Test
  void aFoldedOneNamesWhatItIsFoldedUnder() {
    String host = sites.resource("site", "made", null);
    String above = alarm(host, host, "host-down", "");
    String site = sites.resource("site", "made", host);
    alarm(site, site, "down", "state = 'folded', under = '%s'".formatted(above));
    JsonObject alarm = explain(caller, site).getJsonArray("alarms").getJsonObject(0);
    String words =
        "its alarm down (no route) is folded since 2026-11-01T10:00:00Z under alarm host-down of"
            + " site/"
            + sites.label(host);
    assertThat(alarm.getString("because")).isEqualTo(words);
    assertThat(alarm.getString("under")).isEqualTo(above);
    Browser browser = new Browser(rig.api.port()).signIn(caller);
    assertThat(
            browser
                .get("/v1/resources/site/" + site)
                .says(200, words)
                .select("section a[href=/v1/alarms/" + above + "]")
                .text())
        .isEqualTo("that one");
    Http within = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(site)));
    JsonObject seen = explain(within, site);
    assertThat(seen.encode()).doesNotContain(above, "host-down", sites.label(host));
    assertThat(seen.getString("summary")).contains("under one of what is above it");
  }

  @Test
  void aRunHasItsOwnAlarms() {
    String site = observed("offline", "provision");
    String run = sites.task(site, "create", "every_s = 30, bucket = 0");
    alarm(site, site, "down", "");
    alarm(site, run, "panic", "task = 'provision'");
    JsonObject explanation = caller.get("/v1/tasks/" + run + "/explain").expect(200).body();
    assertThat(explanation.getValue("availability")).isNull();
    assertThat(explanation.getJsonArray("alarms"))
        .extracting(alarm -> ((JsonObject) alarm).getString("because"))
        .containsExactly("its alarm provision:panic (no route) is open since 2026-11-01T10:00:00Z");
  }

  @Test
  void aRunHasItsOwnAlarmsHoweverManyNewerOnesItsResourceHas() {
    String site = sites.resource("site", "made", null);
    String run = sites.task(site, "create", "every_s = 30, bucket = 0");
    alarm(site, run, "panic", "task = 'provision'");
    for (int n = 0; n < 20; n++) {
      alarm(site, site, "down-" + n, "created_at = '2026-11-01T11:00:00Z'");
    }
    assertThat(
            caller.get("/v1/tasks/" + run + "/explain").expect(200).body().getJsonArray("alarms"))
        .extracting(alarm -> ((JsonObject) alarm).getString("name"))
        .containsExactly("panic");
  }
}

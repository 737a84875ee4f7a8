package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is listed says what it is of, as people call it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesTest {
  private ApiRig rig;
  private Http operator;
  private Sites sites;

  @BeforeAll
  void start() {
    rig = new ApiRig();
    operator = rig.as(Role.OPERATOR);
    sites = new Sites(rig);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private static List<String> names(JsonObject list) {
    return list.getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .map(i -> i.getString("type") + "/" + i.getString("label") + " " + i.getString("task"))
        .toList();
  }

  private JsonObject get(String path) {
    return operator.get(path).expect(200).body();
  }

  private String alarm(String resource, String subject, String task) {
    String uuid = rig.time.uuid().toString();
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, task, schema_version, state, severity)
        values ('%s', '%s', '%s', 'panic', 'site', '%s', 1, 'open', 'error')
        """
            .formatted(resource, subject, uuid, task));
    return uuid;
  }

  @Test
  void anAlarmSaysWhoseItIs() {
    String site = sites.resource("site", "making", null);
    String name = "site/" + sites.label(site) + " provision";
    String alarm = alarm(site, sites.task(site, "__panic__", "resume = 'create'"), "provision");
    assertThat(names(get("/v1/alarms?resource=" + site))).containsExactly(name);
    assertThat(get("/v1/alarms/" + alarm).getString("label")).isEqualTo(sites.label(site));
    JsonObject of = get("/v1/resources/site/" + site).getJsonArray("alarms").getJsonObject(0);
    assertThat(of.getString("label")).isEqualTo(sites.label(site));
    Http limited = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(site)));
    assertThat(names(limited.get("/v1/alarms").expect(200).body())).containsExactly(name);
    Browser browser = new Browser(rig.api.port()).signIn(operator);
    for (String path : List.of("/v1/alarms", "/v1/alarms/" + alarm, "/v1/resources/site/" + site)) {
      assertThat(
              browser
                  .get(path)
                  .expect(200)
                  .page()
                  .select("a[href=/v1/resources/site/" + site + "]"))
          .as(path)
          .anySatisfy(link -> assertThat(link.text()).isEqualTo("site " + sites.label(site)));
    }
  }

  @Test
  void anErrorSaysWhoseItIsAndNothingOfWhatWasRemoved() {
    String site = sites.resource("site", "making", null);
    sites.failing(site, "now()");
    JsonObject list = get("/v1/errors?resource=" + site);
    assertThat(names(list)).containsExactly("site/" + sites.label(site) + " provision");
    JsonObject error = list.getJsonArray("items").getJsonObject(0);
    String path = "/v1/errors/" + error.getString("uuid");
    assertThat(get(path).getString("label")).isEqualTo(sites.label(site));
    rig.execute(
        "update errors set resource_uuid = gen_random_uuid() where resource_uuid = '" + site + "'");
    assertThat(get(path).getString("label")).isNull();
    assertThat(get(path).getString("task")).isNull();
  }

  @Test
  void aResourceIsFoundByWhatItsUuidBeginsWith() {
    String site = sites.resource("site", "making", null);
    String db = sites.resource("db", "making", site);
    String begin = site.substring(0, 13);
    Http limited = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(site)));
    Http other = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(db)));
    for (Http caller : List.of(operator, limited)) {
      assertThat(names(caller.get("/v1/resources/site?uuid_prefix=" + site).expect(200).body()))
          .containsExactly("site/" + sites.label(site) + " null");
      assertThat(caller.get("/v1/resources/site?uuid_prefix=" + begin).expect(200).text())
          .contains(site);
      assertThat(caller.get("/v1/resources/db?uuid_prefix=" + site).expect(200).text())
          .doesNotContain(site);
    }
    assertThat(other.get("/v1/resources/site?uuid_prefix=" + site).expect(200).text())
        .doesNotContain(site);
    operator
        .get("/v1/resources/site?uuid_prefix=0190-f3")
        .problem(400, "bad_parameter", "uuid_prefix", "6 hexadecimal digits or more");
    operator.get("/v1/resources/site?uuid_prefix=0190f").problem(400, "bad_parameter");
  }

  @Test
  void whatWasSentAndIsNotConsumedIsListedWithoutWhatItCarries() {
    String site = sites.resource("site", "making", null);
    String task = sites.task(site, "create", "waits = true");
    rig.execute(
        """
        insert into signals (resource_uuid, subject_uuid, uuid, type, attrs, sender, sent_at)
        values ('%1$s', '%1$s', gen_random_uuid(), 'paid', '{"code": "a code"}', 'key:ann', '2026-11-01T10:00:00Z'),
               ('%1$s', '%2$s', gen_random_uuid(), 'go', '{}', 'city ''above''', '2026-11-01T10:00:00Z')
        """
            .formatted(site, task));
    String path = "/v1/resources/site/" + site;
    List<String> signals =
        get(path).getJsonArray("signals").stream()
            .map(JsonObject.class::cast)
            .map(s -> s.getString("type") + " " + s.getString("task") + " " + s.getString("from"))
            .toList();
    assertThat(signals).containsExactlyInAnyOrder("paid null key:ann", "go provision city 'above'");
    assertThat(operator.get(path).text()).doesNotContain("a code");
    Http limited = rig.as(Role.VIEWER, null, KeyScope.of(List.of("site")));
    assertThat(limited.get(path).expect(200).text())
        .contains("key:ann", "\"go\"")
        .doesNotContain("above");
    Browser browser = new Browser(rig.api.port()).signIn(operator);
    assertThat(browser.get(path).expect(200).page().text())
        .contains("go to provision from city 'above' since 2026-11-01 10:00:00 UTC");
  }

  @Test
  void aHoldSaysWhatItHolds() {
    String site = sites.resource("site", "making", null);
    String db = sites.resource("db", "making", site);
    JsonObject why = new JsonObject().put("reason", "x");
    assertThat(operator.post("/v1/resources/site/" + site + ":hold", why).expect(201).body())
        .contains(java.util.Map.entry("label", sites.label(site)));
    operator.post("/v1/holds", why.copy().put("scope", "queue").put("name", "none")).expect(201);
    assertThat(names(get("/v1/holds")))
        .containsExactlyInAnyOrder("site/" + sites.label(site) + " null", "null/null null");
    assertThat(get("/v1/resources/db/" + db).getJsonObject("held").getString("label"))
        .isEqualTo(sites.label(site));
    Http limited = rig.as(Role.VIEWER, null, KeyScope.ALL.under(UUID.fromString(db)));
    JsonObject held =
        limited.get("/v1/resources/db/" + db).expect(200).body().getJsonObject("held");
    assertThat(held.getString("reason")).isEqualTo("x");
    assertThat(held.getString("type")).isNull();
    assertThat(held.getString("label")).isNull();
    Browser browser = new Browser(rig.api.port()).signIn(operator);
    assertThat(browser.get("/v1/holds").expect(200).page().select("main a").eachText())
        .contains("site " + sites.label(site));
    assertThat(browser.get("/v1/resources/db/" + db).expect(200).page().text())
        .contains("On hold as all below site " + sites.label(site) + " since");
  }
}

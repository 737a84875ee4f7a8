package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pages of errors, of who is told, and of what hangs together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailurePagesTest {
  private ApiRig rig;
  private Http admin;
  private Browser browser;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    admin = rig.as(Role.ADMIN);
    browser = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
  }

  @AfterAll
  void stop() {
    rig.execute("delete from sinks");
    rig.close();
  }

  private String make(String label, @Nullable String parent) {
    JsonObject server = ResourcesTest.server(label).put("parent", parent);
    return admin.post("/v1/resources/server", server).expect(201).uuid();
  }

  private String error(String resource, String kind, String stack) {
    String uuid = UUID.randomUUID().toString();
    rig.execute(
        """
        insert into errors (resource_uuid, subject_uuid, uuid, kind, message, attrs, stack, stack_hash, state, step, try, worker, build)
        values ('%1$s', '%1$s', '%2$s', '%3$s', 'no <b>route</b>', '{"host":"db-7"}', '%4$s', md5('%4$s'), 'watched', 3, 2, 'worker-1', 'b')
        """
            .formatted(resource, uuid, kind, stack));
    return uuid;
  }

  @Test
  void anErrorIsFoundByWhatHappensAgainAndAgain() {
    String uuid = make("failing", null);
    error(uuid, "NoRoute", "at Web.look(Web.java:7)");
    String last = error(uuid, "NoRoute", "at Web.look(Web.java:7)");
    error(uuid, "Elsewhere", "at Other.run(Other.java:9)");
    Document groups = browser.get("/v1/error-groups").says(200, "NoRoute", "Elsewhere");
    String link = groups.select("a:contains(NoRoute)").attr("href");
    Document errors = browser.get(link).says(200, "server failing", "no <b>route</b>");
    assertThat(errors.select("tbody tr")).hasSize(2);
    assertThat(errors.text()).doesNotContain("Elsewhere");
    assertThat(errors.select("a[href=/v1/errors/" + last + "]")).hasSize(1);
    browser
        .get("/v1/errors/" + last)
        .says(200, "NoRoute", "try 2", "db-7", "at Web.look(Web.java:7)", "server failing");
    browser.get("/v1/errors/" + UUID.randomUUID()).says(404, "no error");
  }

  @Test
  void aTreeShowsWhatIsBelowAndAResourceWhatIsAbove() {
    String top = make("top", null);
    String middle = make("middle", top);
    String low = make("low", middle);
    rig.execute(
        """
        insert into alarms (resource_uuid, subject_uuid, uuid, name, type, schema_version, state, step, judged, severity, message)
        values ('%1$s', '%1$s', gen_random_uuid(), 'disk', 'server', 1, 'pending', 1, true, 'warning', 'full');
        """
            .formatted(middle));
    JsonObject why = new JsonObject().put("reason", "a new disk");
    admin.post("/v1/resources/server/" + middle + ":hold", why).expect(201);
    Document tree =
        browser
            .get("/v1/resources/server/" + top + "/tree")
            .says(200, "server middle", "server low");
    assertThat(tree.select("tbody td:first-child").eachText())
        .containsExactly("server top", "· server middle", "· · server low");
    assertThat(tree.select("tr:contains(on hold: a new disk) td:first-child").eachText())
        .containsExactly("· server middle");
    Document list = browser.get("/v1/resources/server").says(200, "(on hold)");
    assertThat(list.select("tr:has(td:first-child a[href$=" + low + "]) td:nth-child(2) a").text())
        .isEqualTo("server middle");
    String alarms = tree.select("a:contains(disk pending)").attr("href");
    browser.get(alarms).says(200, "disk", "full", "server middle");
    Document page = browser.get("/v1/resources/server/" + low).expect(200).page();
    assertThat(page.select("p.quiet a[href$=" + top + "]").text()).isEqualTo("server top");
    assertThat(page.select("p.quiet a[href$=" + middle + "]").text()).isEqualTo("server middle");
    assertThat(
            admin.get("/v1/resources/server/" + low).expect(200).body().getJsonArray("ancestors"))
        .extracting(above -> ((JsonObject) above).getString("label"))
        .containsExactly("top", "middle");
    JsonObject listed =
        admin
            .get("/v1/resources/server?filter=label%3Dlow")
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    assertThat(listed.getString("parent_type")).isEqualTo("server");
    assertThat(listed.getString("parent_label")).isEqualTo("middle");
  }

  /** Nor is it told that there is something above its root. */
  @Test
  void aLimitedKeyIsShownWhatIsAboveFromItsRootOn() {
    String top = make("above a root", null);
    String root = make("a root", top);
    String low = make("below a root", root);
    KeyScope scope = KeyScope.of(List.of()).under(UUID.fromString(root));
    Http limited = rig.as(Role.VIEWER, null, scope);
    assertThat(
            limited.get("/v1/resources/server/" + low).expect(200).body().getJsonArray("ancestors"))
        .isEqualTo(
            JsonArray.of(
                new JsonObject().put("uuid", root).put("type", "server").put("label", "a root")));
    assertThat(limited.get("/v1/resources/server/" + root).expect(200).text())
        .doesNotContain(top, "above a root");
  }

  @Test
  void sinksShowOfWhatTheyAreToldAndWhatWasGivenUp() {
    String home = make("home of a team", null);
    admin
        .post(
            "/v1/sinks",
            new JsonObject()
                .put("name", "team")
                .put("kind", "log")
                .put("types", JsonArray.of("server"))
                .put("under", home)
                .put("min_severity", "error"))
        .expect(201);
    rig.execute(
        """
        insert into deliveries (uuid, resource_uuid, alarm_uuid, sink, event, state, tries, last_error, body)
        values (gen_random_uuid(), '%s', gen_random_uuid(), 'team', 'open', 'failed', 8, 'it answered 500', '{"name":"down"}')
        """
            .formatted(home));
    browser
        .get("/v1/sinks")
        .says(200, "team", "log", "error", "server home of a team", "down", "it answered 500", "8");
  }

  @Test
  void whatAnErrorTrackerWasNotToldLeadsToTheError() {
    String home = make("home of an error", null);
    String error = error(home, "NoGateway", "at Gate.open(Gate.java:3)");
    rig.execute(
        """
        insert into sinks (name, uuid, kind, created_by) values ('tracker', gen_random_uuid(), 'sentry', 'test');
        insert into deliveries (uuid, resource_uuid, error_uuid, sink, event, state, tries, last_error, body)
        values (gen_random_uuid(), '%s', '%s', 'tracker', 'error', 'failed', 8, 'it answered 403', '{"name":"NoGateway"}');
        """
            .formatted(home, error));
    JsonObject shown =
        admin.get("/v1/deliveries").expect(200).body().getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.getString("event").equals("error"))
            .findFirst()
            .orElseThrow();
    assertThat(shown.getString("error")).isEqualTo(error);
    assertThat(shown.getString("alarm")).isNull();
    Document page = browser.get("/v1/sinks").says(200, "tracker", "errors", "it answered 403");
    String link = page.select("a:containsOwn(NoGateway)").attr("href");
    assertThat(link).isEqualTo("/v1/errors/" + error);
    browser.get(link).says(200, "NoGateway");
  }
}

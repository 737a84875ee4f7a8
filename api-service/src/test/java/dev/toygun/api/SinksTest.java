package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.servers.Receiver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SinksTest {
  private static final String SECRET = "canary-0123456789";

  private ApiRig rig;
  private Receiver receiver;
  private Http admin;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    receiver = new Receiver();
    admin = rig.as(Role.ADMIN);
  }

  @AfterAll
  void stop() {
    receiver.close();
    rig.close();
  }

  @AfterEach
  void empty() {
    rig.execute("delete from sinks");
  }

  private JsonObject webhook(String name) {
    return new JsonObject()
        .put("name", name)
        .put("kind", "webhook")
        .put("settings", new JsonObject().put("url", receiver.url("/hook")).put("secret", SECRET));
  }

  @Test
  void aSinkIsMadeShownChangedAndRemoved() {
    Http.Reply made = admin.post("/v1/sinks", webhook("ops")).expect(201);
    assertThat(made.header("Location")).isEqualTo("/v1/sinks/ops");
    assertThat(made.body().getJsonObject("settings").getString("secret")).isEqualTo("••••");
    assertThat(made.body().getString("min_severity")).isEqualTo("info");
    JsonObject change =
        new JsonObject()
            .put("min_severity", "error")
            .put("settings", new JsonObject().put("title", "{{name}} of {{resource_label}}"));
    Http.Reply changed =
        admin.patch("/v1/sinks/ops", change, "If-Match", made.header("ETag")).expect(200);
    assertThat(changed.body().getInteger("version")).isEqualTo(2);
    assertThat(changed.body().getJsonObject("settings").getString("url"))
        .isEqualTo(receiver.url("/hook"));
    admin
        .patch("/v1/sinks/ops", change, "If-Match", made.header("ETag"))
        .problem(412, "stale", "ops");
    assertThat(rig.as(Role.VIEWER).get("/v1/sinks").expect(200).body().getJsonArray("items"))
        .hasSize(1);
    admin.delete("/v1/sinks/ops").expect(204);
    admin.get("/v1/sinks/ops").problem(404, "not_found", "ops");
    admin.delete("/v1/sinks/ops").problem(404, "not_found", "ops");
  }

  @Test
  void anErrorTrackerTakesErrorsWhichHaveNoSeverity() throws InterruptedException {
    String key = "c0ffee00c0ffee00";
    JsonObject settings =
        new JsonObject().put("dsn", "http://" + key + "@127.0.0.1:" + receiver.port() + "/42");
    JsonObject tracker =
        new JsonObject().put("name", "tracker").put("kind", "sentry").put("settings", settings);
    admin
        .post("/v1/sinks", tracker.copy().put("min_severity", "error"))
        .problem(422, "invalid")
        .pointsAt("/min_severity", "errors, which have no severity");
    JsonObject made = admin.post("/v1/sinks", tracker).expect(201).body();
    assertThat(made.getJsonObject("settings").getString("dsn")).isEqualTo("••••");
    assertThat(rig.rows("select t::text from sinks t")).noneMatch(row -> row.contains(key));
    admin
        .patch("/v1/sinks/tracker", new JsonObject().put("min_severity", "warning"))
        .problem(422, "invalid")
        .pointsAt("/min_severity", "leave it out");
    admin.post("/v1/sinks/tracker:test").expect(200);
    assertThat(receiver.take().path()).isEqualTo("/api/42/envelope/");
    assertThat(receiver.rest()).as("an error is not over").isEmpty();
  }

  @Test
  void aSinkIsLimitedToTypesAndToASubtreeAndAgainToNothing() {
    String home =
        admin.post("/v1/resources/server", ResourcesTest.server("sunk")).expect(201).uuid();
    JsonObject limited = webhook("team").put("under", home).put("types", JsonArray.of("server"));
    JsonObject made = admin.post("/v1/sinks", limited).expect(201).body();
    assertThat(made.getJsonArray("types")).containsExactly("server");
    assertThat(made.getJsonObject("under"))
        .isEqualTo(
            new JsonObject()
                .put("uuid", home)
                .put("type", "server")
                .put("label", "sunk")
                .put("state", "active"));
    JsonObject milder = new JsonObject().put("min_severity", "error");
    assertThat(admin.patch("/v1/sinks/team", milder).expect(200).body().getJsonArray("types"))
        .containsExactly("server");
    JsonObject system = new JsonObject().put("types", JsonArray.of("__system__")).putNull("under");
    JsonObject changed = admin.patch("/v1/sinks/team", system).expect(200).body();
    assertThat(changed.getJsonArray("types")).containsExactly("__system__");
    assertThat(changed.getValue("under")).isNull();
    JsonObject all = new JsonObject().putNull("types");
    admin.patch("/v1/sinks/team", all).expect(200);
    JsonObject shown =
        admin.get("/v1/sinks").expect(200).body().getJsonArray("items").getJsonObject(0);
    assertThat(shown.getValue("types")).isNull();
  }

  @Test
  void aSinkWhoseResourceHasEndedIsChangedAllTheSame() {
    String home =
        admin.post("/v1/resources/server", ResourcesTest.server("sunk too")).expect(201).uuid();
    admin.post("/v1/sinks", webhook("team").put("under", home)).expect(201);
    rig.execute(
        "update resources set active = false, ended_at = now() where uuid = '" + home + "'");
    JsonObject off = new JsonObject().put("active", false);
    JsonObject changed = admin.patch("/v1/sinks/team", off).expect(200).body();
    assertThat(changed.getJsonObject("under").getString("state")).isEqualTo("ended");
    admin
        .patch("/v1/sinks/team", new JsonObject().put("under", home))
        .problem(422, "invalid")
        .pointsAt("/under", home);
  }

  /** Nobody would be told of anything, and nobody would know. */
  @Test
  void aTypeThatNobodyPublishesAndAResourceThatIsNotThereAreRefused() {
    admin
        .post("/v1/sinks", webhook("team").put("types", JsonArray.of("server", "servre")))
        .problem(422, "invalid")
        .pointsAt("/types/1", "'servre'");
    String nobody = "0192f0c0-0000-7000-8000-000000000000";
    admin
        .post("/v1/sinks", webhook("team").put("under", nobody))
        .problem(422, "invalid")
        .pointsAt("/under", nobody);
    admin.get("/v1/sinks/team").expect(404);
  }

  @Test
  void aSecretIsNowhereButInItsSeal() throws InterruptedException {
    admin.post("/v1/sinks", webhook("ops"), "Idempotency-Key", "canary-test").expect(201);
    admin.patch("/v1/sinks/ops", new JsonObject().put("active", false)).expect(200);
    for (String table : new String[] {"sinks", "audit", "idempotency_keys"}) {
      assertThat(rig.rows("select t::text from " + table + " t"))
          .as(table)
          .noneMatch(row -> row.contains(SECRET));
    }
    assertThat(admin.get("/v1/sinks/ops").expect(200).text()).doesNotContain(SECRET);
    // It went through being sealed, opened and sealed again.
    admin.post("/v1/sinks/ops:test").expect(200);
    assertThat(receiver.take().header("toygun-signature")).contains("v1=");
    receiver.take();
  }

  @Test
  void aTestIsSentAndTakenBack() throws InterruptedException {
    admin.post("/v1/sinks", webhook("ops")).expect(201);
    rig.as(Role.OPERATOR).post("/v1/sinks/ops:test").expect(200);
    JsonObject open = receiver.take().json();
    JsonObject over = receiver.take().json();
    assertThat(open.getString("text")).contains("This is a test of sink ops");
    assertThat(over.getString("event")).isEqualTo("resolve");
    assertThat(over.getString("dedup_key")).isEqualTo(open.getString("dedup_key"));
  }

  @Test
  void aTestThatDoesNotArriveSaysWhy() throws InterruptedException {
    admin.post("/v1/sinks", webhook("ops")).expect(201);
    receiver.next(Receiver.status(404));
    admin.post("/v1/sinks/ops:test").problem(502, "not_delivered", "it answered 404");
    receiver.take();
  }

  @Test
  void theCharacterOfCodeZeroIsRefusedWhereverItStands() {
    for (String name : new String[] {"title", "text", "url", "secret", "ca"}) {
      JsonObject sink = webhook("ops");
      sink.getJsonObject("settings").put(name, pem("a\u0000b"));
      refused(sink, "/settings/" + name);
    }
  }

  private static String pem(String inside) {
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----".formatted(inside);
  }

  private void refused(JsonObject sink, String pointer, String... named) {
    admin.post("/v1/sinks", sink).problem(422, "invalid").pointsAt(pointer, named);
    assertThat(rig.rows("select name from sinks")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.com/",
        "https://",
        "example.com",
        "https://me:canary@example.com/",
        "http://exa mple.com"
      })
  void aBadUrlIsRefused(String url) {
    JsonObject sink = webhook("ops");
    sink.getJsonObject("settings").put("url", url);
    refused(sink, "/settings/url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://192.168.1.1/"
      })
  void aPrivateAddressIsRefused(String url) {
    JsonObject sink = webhook("ops");
    sink.getJsonObject("settings").put("url", url);
    refused(sink, "/settings/url", "private address", "TOYGUN_SINK_NETWORKS");
  }

  @Test
  void anUnknownVariableIsRefusedByName() {
    JsonObject sink = webhook("ops");
    sink.getJsonObject("settings").put("text", "{{hostname}} is down");
    refused(sink, "/settings/text", "no variable 'hostname'", "resource_label");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    JsonObject sink = webhook("ops");
    sink.getJsonObject("settings")
        .put("secret", "short")
        .put("colour", "red")
        .put("title", "{{x}}");
    refused(sink, "/settings/secret");
    refused(sink, "/settings/colour", "url, secret");
    refused(sink, "/settings/title");
  }

  @Test
  void whereASinkIsSentElsewhereItsSecretsAreNeededAgain() {
    admin.post("/v1/sinks", webhook("ops")).expect(201);
    JsonObject elsewhere = new JsonObject().put("url", receiver.url("/elsewhere"));
    JsonObject change = new JsonObject().put("settings", elsewhere);
    admin
        .patch("/v1/sinks/ops", change)
        .problem(422, "invalid")
        .pointsAt("/settings/secret", "needed again");
    JsonObject same = new JsonObject().put("url", receiver.url("/hook"));
    admin.patch("/v1/sinks/ops", new JsonObject().put("settings", same)).expect(200);
    elsewhere.put("secret", SECRET);
    admin.patch("/v1/sinks/ops", change).expect(200);
  }

  @Test
  void aBadChangeChangesNothing() {
    admin.post("/v1/sinks", webhook("ops")).expect(201);
    String before = rig.rows("select s::text from sinks s").get(0);
    JsonObject change = new JsonObject().put("settings", new JsonObject().putNull("secret"));
    admin
        .patch("/v1/sinks/ops", change)
        .problem(422, "invalid")
        .pointsAt("/settings/secret", "needs it");
    admin
        .patch("/v1/sinks/ops", new JsonObject().put("min_severity", "awful"))
        .problem(422, "invalid");
    assertThat(rig.rows("select s::text from sinks s")).containsExactly(before);
  }

  @Test
  void aNameIsTakenOnce() {
    admin.post("/v1/sinks", webhook("ops")).expect(201);
    admin.post("/v1/sinks", webhook("ops")).problem(409, "exists", "ops");
    admin.post("/v1/sinks", webhook("Ops!")).problem(422, "invalid");
  }

  @Test
  void whatIsOnlyCheckedIsNotMade() {
    assertThat(admin.post("/v1/sinks?validate_only=true", webhook("ops")).expect(200).body())
        .isEqualTo(new JsonObject().put("valid", true));
    assertThat(rig.rows("select name from sinks")).isEmpty();
  }

  @Test
  void onlyAnAdminMakesOnesAndItIsWrittenDown() {
    rig.as(Role.OPERATOR).post("/v1/sinks", webhook("ops")).problem(403, "denied", "admin");
    admin.post("/v1/sinks", webhook("audited").put("reason", "on call")).expect(201);
    assertThat(
            rig.rows(
                "select action || ' ' || allowed || ' ' || status from audit where action = 'createSink' order by seq desc limit 1"))
        .containsExactly("createSink true 201");
    assertThat(
            rig.rows(
                "select reason from audit where action = 'createSink' and allowed order by seq desc limit 1"))
        .containsExactly("on call");
  }

  @Test
  void mailIsASinkToo() {
    JsonObject mail =
        new JsonObject()
            .put("name", "mail")
            .put("kind", "email")
            .put(
                "settings",
                new JsonObject()
                    .put("host", "127.0.0.1")
                    .put("from", "toygun@example.com")
                    .put("to", new JsonArray().add("ops@example.com")));
    Http.Reply made = admin.post("/v1/sinks", mail).expect(201);
    assertThat(made.body().getJsonObject("settings").getInteger("port")).isEqualTo(587);
    assertThat(made.body().getJsonObject("settings").getString("security")).isEqualTo("starttls");
    admin
        .patch(
            "/v1/sinks/mail",
            new JsonObject()
                .put("settings", new JsonObject().put("username", "ops").put("password", "••••")))
        .problem(422, "invalid")
        .pointsAt("/settings/password", "leave it out");
  }
}

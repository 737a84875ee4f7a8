package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who is let in to the pages, and for how long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
  private static final String FLEET = "/v1/types";

  private ApiRig rig;
  private Http viewer;
  private Browser browser;

  @BeforeAll
  void start() {
    rig = new ApiRig().withType();
    viewer = rig.as(Role.VIEWER);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void open() {
    browser = new Browser(rig.api.port());
  }

  private Element form(String page) {
    return Objects.requireNonNull(browser.get(page).page().select("form").first());
  }

  private String key(Http caller) {
    return Objects.requireNonNull(caller.key());
  }

  @Test
  void whoIsNotSignedInIsAskedForAKeyAndGoesOnFromThere() {
    assertThat(browser.get("/").expect(303).header("Location")).isEqualTo(FLEET);
    String asked = browser.get(FLEET).expect(303).header("Location");
    assertThat(asked).isEqualTo("/sign-in?next=%2Fv1%2Ftypes");
    browser.get(asked).says(200, "API key");
    String next = "/v1/resources/server?filter=state%3Dwatched";
    Element form = form("/sign-in?next=" + dev.toygun.api.pages.Url.encoded(next));
    assertThat(browser.submit(form, Map.of("key", key(viewer))).expect(303).header("Location"))
        .isEqualTo(next);
    browser.get(next).says(200, "Resources");
    browser.get(FLEET).says(200, "server", "Sign out", "viewer");
  }

  @Test
  void aLinkLeadsNowhereElse() {
    for (String next :
        new String[] {"https://evil.example/", "//evil.example/", "/v1/\\evil", "/sign-out", ""}) {
      Element form = form("/sign-in?next=" + dev.toygun.api.pages.Url.encoded(next));
      assertThat(browser.submit(form, Map.of("key", key(viewer))).expect(303).header("Location"))
          .as(next)
          .isEqualTo(FLEET);
    }
  }

  @Test
  void aKeyThatNobodyHasIsRefusedAndInTheAudit() {
    KeyText other = KeyText.make(rig.time);
    browser
        .submit(form("/sign-in"), Map.of("key", other.reveal()))
        .says(401, "this API key is not known here");
    browser
        .submit(form("/sign-in"), Map.of("key", "<script>alert(1)</script>"))
        .says(401, "this is no API key");
    assertThat(
            rig.rows(
                "select status from audit where action = 'signIn' and not allowed and actor = 'prefix:"
                    + other.prefix()
                    + "'"))
        .containsExactly("401");
    browser.get(FLEET).expect(303);
  }

  private static String kept(Browser.Seen seen) {
    return seen.headers().allValues("Set-Cookie").stream()
        .filter(set -> !set.contains("Max-Age=0"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theCookieIsForThisServerAloneAndForNoScript() {
    Element form = form("/sign-in");
    Map<String, String> filled = Map.of("key", key(viewer));
    assertThat(kept(browser.submit(form, filled, "Origin", "https://toygun.example").expect(303)))
        .startsWith("__Host-toygun=")
        .containsIgnoringCase("; HttpOnly")
        .contains("; Secure", "; SameSite=Strict", "; Path=/")
        .doesNotContain("Domain", "Max-Age", "Expires");
    assertThat(kept(browser.submit(form("/sign-in"), filled).expect(303)))
        .startsWith("toygun=")
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Strict", "; Path=/")
        .doesNotContain("Secure");
    assertThat(
            new Browser(rig.api.port())
                .get("/sign-in", "X-Forwarded-Proto", "https")
                .header("Set-Cookie"))
        .startsWith("__Host-toygun=")
        .contains("; Secure");
  }

  @Test
  void whatIsLeftOfASessionOverHttpsKeepsNobodyFromSigningInAtLocalhost() {
    browser.get("/sign-in", "X-Forwarded-Proto", "https").expect(200);
    assertThat(browser.cookies).containsOnlyKeys("__Host-toygun");
    browser.signIn(viewer);
    browser.get(FLEET).says(200);
    assertThat(browser.cookies).containsOnlyKeys("toygun");
  }

  @Test
  void whoSignsOutKeepsNothingOfEitherName() {
    browser.submit(
        form("/sign-in"), Map.of("key", key(viewer)), "Origin", "https://toygun.example");
    browser.cookies.put("toygun", "x".repeat(43));
    Element out = browser.get(FLEET).page().select("form[action=/sign-out]").first();
    browser.submit(out, Map.of()).expect(303);
    assertThat(browser.cookies).isEmpty();
  }

  @Test
  void aBrowserIsTiedToNoCookieThatSomebodyElsePlanted() {
    browser.get("/sign-in");
    Map<String, String> planted = Map.copyOf(browser.cookies);
    browser.signIn(viewer);
    assertThat(browser.cookies).isNotEqualTo(planted);
    Browser other = new Browser(rig.api.port());
    other.cookies.putAll(planted);
    other.get(FLEET).expect(303);
  }

  @Test
  void aFormOfSomebodyElseSignsNobodyInOrOut() {
    Element foreign = form("/sign-in");
    Browser other = new Browser(rig.api.port());
    other.submit(foreign, Map.of("key", key(viewer))).says(403, "not given to this browser");
    other.get("/sign-in");
    other.submit(foreign, Map.of("key", key(viewer))).says(403, "not given to this browser");
    other.get(FLEET).expect(303);
    browser.signIn(viewer);
    browser.post("/sign-out", Map.of()).says(403, "not given to this browser");
    browser.post("/sign-out", Map.of("form", "x")).says(403);
    browser.get(FLEET).says(200);
    assertThat(
            rig.rows(
                "select action || ' ' || count(*) from audit where not allowed and status = 403 group by action order by action"))
        .containsExactly("signIn 2", "signOut 2");
  }

  @Test
  void whoSignsOutIsOutWhateverTheBrowserKeeps() {
    browser.signIn(viewer);
    Map<String, String> kept = Map.copyOf(browser.cookies);
    Element out = browser.get(FLEET).page().select("form[action=/sign-out]").first();
    assertThat(browser.submit(out, Map.of()).expect(303).header("Location")).isEqualTo("/sign-in");
    assertThat(browser.cookies).isEmpty();
    browser.cookies.putAll(kept);
    browser.get(FLEET).expect(303);
    assertThat(rig.rows("select status from audit where action = 'signOut' and allowed"))
        .contains("200");
  }

  @Test
  void aSessionEndsWithItsTimeWithItsKeyAndWhenNobodyUsesIt() {
    browser.signIn(viewer);
    rig.execute("update sessions set used_at = now() - interval '61 minutes'");
    browser.get(FLEET).expect(303);
    browser.signIn(viewer);
    rig.execute("update sessions set expires_at = now()");
    browser.get(FLEET).expect(303);
    Http admin = rig.as(Role.ADMIN);
    JsonObject made =
        admin
            .post("/v1/keys", new JsonObject().put("name", "leaving").put("role", "viewer"))
            .expect(201)
            .body();
    browser.signIn(admin.as(made.getString("key")));
    browser.get(FLEET).says(200);
    admin.post("/v1/keys/" + made.getString("uuid") + ":revoke").expect(200);
    browser.get(FLEET).expect(303);
  }

  @Test
  void noKeyAndNoSessionIsInTheDatabase() {
    browser.signIn(viewer);
    String dump =
        String.join("\n", rig.rows("select s::text || k::text from sessions s, api_keys k"));
    assertThat(dump).doesNotContain(key(viewer).substring(20));
    browser.cookies.values().forEach(cookie -> assertThat(dump).doesNotContain(cookie));
  }

  @Test
  void aSessionReadsJsonAndChangesNothingWithoutAForm() {
    browser.signIn(rig.as(Role.OPERATOR));
    assertThat(
            new JsonObject(browser.get(FLEET + "?as=json").expect(200).text()).containsKey("items"))
        .isTrue();
    String cookie = browser.cookies.entrySet().iterator().next().toString();
    new Http(rig.api.port(), null)
        .post("/v1/resources/server", new JsonObject(), "Cookie", cookie)
        .problem(401, "unauthenticated");
  }
}

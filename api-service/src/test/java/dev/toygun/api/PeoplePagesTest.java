package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who signs in to the pages by the identity provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeoplePagesTest {
  private static final String FLEET = "/v1/types";

  private final Vertx vertx = Vertx.vertx();
  private IdentityProvider provider;
  private ApiRig rig;
  private Browser browser;

  @BeforeAll
  void start() {
    provider = new IdentityProvider(vertx);
    rig = rig("http://localhost:8080");
  }

  private ApiRig rig(String url) {
    return provider.rig(URI.create(url));
  }

  @AfterAll
  void stop() {
    rig.close();
    provider.close();
    ApiRig.await(vertx.close());
  }

  @BeforeEach
  void open() {
    browser = new Browser(rig.api.port());
    provider.signingIn = provider.claims("ann", "sre");
    provider.nonce = null;
    provider.answers = 200;
  }

  /* Where the provider sends a browser back to, once it has signed in there. */
  private String thereAndBack(Browser one, String next) {
    Element link =
        Objects.requireNonNull(
            one.get("/sign-in?next=" + dev.toygun.api.pages.Url.encoded(next))
                .says(200, "Sign in by 127.0.0.1", "API key")
                .select("a[href*=/sign-in/elsewhere]")
                .first());
    String there = one.get(path(link.attr("href"))).expect(303).header("Location");
    assertThat(there).startsWith(provider.issuer() + "/authorize?tenant=1&response_type=code");
    return provider.signedIn(there);
  }

  private static String path(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  @Test
  void aBrowserGoesThereComesBackSignedInAndGoesOn() {
    String next = "/v1/resources/server?filter=state%3Dwatched";
    String back = thereAndBack(browser, next);
    assertThat(back).startsWith("http://localhost:8080/sign-in/back?code=");
    Browser.Seen seen = browser.get(path(back));
    seen.says(200, "Signed in", "Go on");
    assertThat(seen.header("Refresh")).isEqualTo("0; url=" + next);
    assertThat(browser.cookies).containsOnlyKeys("toygun");
    browser.get(FLEET).says(200, "ann@example.com", "operator", "Sign out");
    assertThat(
            rig.rows(
                "select actor || ' ' || role || ' ' || status from audit where action = 'signIn'"))
        .contains("user:ann@example.com operator 200");
  }

  @Test
  void whatTheyDoIsDoneInTheirNameAndOverWhenTheySignOut() {
    browser.get(path(thereAndBack(browser, FLEET))).expect(200);
    Element out = browser.get(FLEET).page().select("form[action=/sign-out]").first();
    Browser copied = new Browser(rig.api.port());
    copied.cookies.putAll(browser.cookies);
    browser.submit(out, Map.of()).expect(303);
    copied.get(FLEET).expect(303);
    assertThat(rig.rows("select actor from audit where action = 'signOut'"))
        .containsOnly("user:ann@example.com");
  }

  @Test
  void aSessionOfAPersonEndsAfterAnHour() {
    browser.get(path(thereAndBack(browser, FLEET))).expect(200);
    assertThat(
            rig.rows(
                "select expires_at between now() + interval '59 min' and now() + interval '61 min'"
                    + " from sessions where person is not null and api_key is null"))
        .containsOnly("t");
  }

  @Test
  void whoComesBackWithoutHavingBeenSentFromHereIsNotSignedIn() {
    String back = thereAndBack(browser, FLEET);
    Browser victim = new Browser(rig.api.port());
    victim.get(path(back)).says(400, "did not begin to sign in");
    assertThat(victim.cookies).isEmpty();
    String other = thereAndBack(victim, FLEET);
    victim.get(path(back)).says(400, "did not begin to sign in");
    assertThat(other).isNotEqualTo(back);
    victim.get(FLEET).expect(303);
  }

  @Test
  void aCodeCountsOnceAndATokenOfAnotherSignInNever() {
    String back = thereAndBack(browser, FLEET);
    String attempt = browser.cookies.get("toygun-attempt");
    browser.get(path(back)).expect(200);
    Browser again = new Browser(rig.api.port());
    again.cookies.put("toygun-attempt", attempt);
    again.get(path(back)).says(401, "has come back before");
    provider.nonce = "of-another";
    Browser third = new Browser(rig.api.port());
    third.get(path(thereAndBack(third, FLEET))).says(401, "another sign-in");
    third.get(FLEET).expect(303);
  }

  @Test
  void whoSignsInElsewhereHasNoFormerSessionAnyMore() {
    browser.signIn(rig.as(Role.ADMIN));
    Browser copied = new Browser(rig.api.port());
    copied.cookies.putAll(browser.cookies);
    copied.get(FLEET).expect(200);
    String back = thereAndBack(browser, FLEET);
    browser.cookies.remove("toygun"); // Strict: not shown on the way from elsewhere.
    browser.get(path(back)).expect(200);
    copied.get(FLEET).expect(303);
  }

  @Test
  void aRoleThatIsConfiguredNoLongerEndsItsSessions() {
    provider.signingIn = provider.claims("roy", "root");
    browser.get(path(thereAndBack(browser, FLEET))).expect(200);
    browser.get(FLEET).expect(200);
    rig.execute("update sessions set person_role = 'auditor' where person_name like 'roy%'");
    browser.get(FLEET).expect(303);
  }

  @Test
  void aCodeThatIsNoneIsTheirsAndASecretThatIsNoneIsOurs() {
    String back = path(thereAndBack(browser, FLEET)).replaceAll("code=[^&]*", "code=junk");
    browser.get(back).says(401, "it answered 400 invalid_grant");
    provider.tokenAnswers = 401;
    try {
      browser.get(path(thereAndBack(browser, FLEET))).says(503, "it answered 401 invalid_client");
    } finally {
      provider.tokenAnswers = 200;
    }
  }

  @Test
  void whoHasNoRoleOrIsNotLetInIsTold() {
    provider.signingIn = provider.claims("eve", "strangers");
    browser.get(path(thereAndBack(browser, FLEET))).says(403, "eve@example.com", "TOYGUN_OIDC");
    browser.get(FLEET).expect(303);
    String refused = path(thereAndBack(browser, FLEET)).replaceAll("code=[^&]*", "error=denied");
    browser.get(refused).says(401, "let nobody in (denied)");
  }

  @Test
  void aProviderThatDoesNotAnswerIsSaidToBe() {
    provider.answers = 500;
    try (ApiRig other = rig("http://localhost:8080")) {
      new Browser(other.api.port())
          .get("/sign-in/elsewhere?next=%2Fv1%2Ftypes")
          .says(503, "identity provider", "500");
    }
  }

  @Test
  void overHttpsItsCookiesAreSecureWhateverTheProxySays() {
    try (ApiRig other = rig("https://toygun.example")) {
      Browser far = new Browser(other.api.port());
      String back = thereAndBack(far, FLEET);
      assertThat(back).startsWith("https://toygun.example/sign-in/back?");
      assertThat(far.cookies).containsKey("__Host-toygun-attempt");
      Browser.Seen seen = far.get(path(back));
      seen.expect(200);
      assertThat(seen.headers().allValues("Set-Cookie").toString())
          .contains("__Host-toygun=", "; Secure", "SameSite=Strict");
      assertThat(far.cookies).containsKey("__Host-toygun").doesNotContainKey("toygun");
    }
  }

  @Test
  void whereNobodyIsConfiguredThereIsNoOtherWay() {
    try (ApiRig plain = new ApiRig()) {
      Browser one = new Browser(plain.api.port());
      assertThat(one.get("/sign-in").says(200, "API key").select("a[href*=elsewhere]")).isEmpty();
      one.get("/sign-in/elsewhere").expect(404);
      one.get("/sign-in/back?code=x&state=y").expect(404);
    }
  }
}

package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.toygun.api.oidc.NotReached;
import dev.toygun.api.oidc.NotVouched;
import dev.toygun.api.oidc.Person;
import dev.toygun.api.oidc.SignOn;
import dev.toygun.service.OidcSettings;
import dev.toygun.testing.VirtualTime;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whom an identity provider vouches for, by a token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleTest {
  private static final String FLEET = "/v1/types";
  private static final String SERVERS = "/v1/resources/server";

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private IdentityProvider provider;
  private ApiRig rig;

  @BeforeAll
  void start() {
    provider = new IdentityProvider(vertx);
    rig = provider.rig(null);
  }

  @AfterAll
  void stop() {
    rig.close();
    provider.close();
    ApiRig.await(vertx.close());
  }

  @BeforeEach
  void answer() {
    provider.answers = 200;
  }

  private Http with(String token) {
    return new Http(rig.api.port(), token);
  }

  private Http with(JWTClaimsSet.Builder claims) {
    return with(provider.token(claims));
  }

  @Test
  void somebodyDoesWhatTheirGroupMayAndIsNamedInHistoryAndAudit() {
    Http ann = with(provider.claims("ann", "others", "sre"));
    String made = ann.post(SERVERS, ResourcesTest.server("by-ann")).expect(201).uuid();
    assertThat(
            rig.rows(
                "select actor || ' ' || role from audit where action = 'createResource' and resource_uuid = '"
                    + made
                    + "'"))
        .containsExactly("user:ann@example.com operator");
    ann.post(SERVERS + "/" + made + ":hold", new JsonObject().put("reason", "it moves"))
        .expect(201);
    assertThat(rig.rows("select actor from holds where resource_uuid = '" + made + "'"))
        .containsExactly("user:ann@example.com");
    ann.get("/v1/keys").problem(403, "denied", "auditor", "you have operator");
  }

  @Test
  void everyRoleThatThereIsMayBeGivenToAGroupAndNoOther() {
    for (Role role : Role.values()) {
      assertThat(configured(role.stored()).roles()).containsValue(role.stored());
    }
    assertThatThrownBy(() -> configured("god"))
        .hasMessageContaining(
            Arrays.stream(Role.values())
                .map(Role::stored)
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  private static OidcSettings configured(String role) {
    return dev.toygun.service.Keys.OIDC
        .kind()
        .reading()
        .read(
            "{\"issuer\":\"https://x.example\",\"client_id\":\"toygun\",\"roles\":{\"some\":\"%s\"}}"
                .formatted(role));
  }

  @Test
  void whoIsInManyGroupsHasTheRoleOfTheFirstThatIsConfigured() {
    with(provider.claims("bea", "root", "dev"))
        .post(SERVERS, ResourcesTest.server("by-bea"))
        .problem(403, "denied");
    with(provider.claims("bea", "dev")).get(FLEET).expect(200);
  }

  @Test
  void whoIsInNoGroupIsTurnedAwayByName() {
    with(provider.claims("eve", "strangers"))
        .get(FLEET)
        .problem(403, "denied", "user:eve@example.com", "TOYGUN_OIDC", "groups");
    assertThat(
            rig.rows(
                "select action || ' ' || status from audit where actor = 'user:eve@example.com' and"
                    + " not allowed"))
        .containsExactly("listTypes 403");
  }

  @Test
  void aTokenThatIsNotTheProvidersOrNotForUsOrOverIsNone() throws JOSEException {
    Instant now = Instant.now();
    List<String> forged =
        List.of(
            provider.token(provider.claims("ann", "root").audience("another")),
            provider.token(provider.claims("ann", "root").issuer("https://evil.example")),
            provider.token(
                provider.claims("ann", "root").expirationTime(Date.from(now.minusSeconds(120)))),
            provider.token(
                provider.claims("ann", "root").notBeforeTime(Date.from(now.plusSeconds(300)))),
            provider.token(provider.claims("ann", "root").expirationTime(null)),
            new PlainJWT(provider.claims("ann", "root").build()).serialize(),
            provider.token(
                provider.claims("ann", "root"),
                JWSAlgorithm.RS256,
                IdentityProvider.signer(IdentityProvider.newKey("first"))),
            provider.token(
                provider.claims("ann", "root"),
                JWSAlgorithm.HS256,
                new MACSigner(
                    provider.key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8))),
            provider.token(provider.claims("ann", "root")) + "x",
            "a.b.c",
            "bnVsbA.e30.AA",
            "x".repeat(5_000));
    for (String token : forged) {
      Http.Reply reply = with(token).get(FLEET).problem(401, "unauthenticated");
      assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
      assertThat(reply.text()).doesNotContain(token);
    }
  }

  @Test
  void anAddressThatNobodyHasCheckedIsNoName() {
    JWTClaimsSet.Builder claims = provider.claims("ann", "sre").claim("email_verified", false);
    String made = with(claims).post(SERVERS, ResourcesTest.server("unchecked")).expect(201).uuid();
    assertThat(rig.rows("select actor from audit where resource_uuid = '" + made + "'"))
        .containsExactly("user:ann-1");
  }

  /* The provider as somebody knows it who has a clock of their own. */
  private SignOn signOn(VirtualTime time) {
    return new SignOn(provider.settings(null), vertx, time);
  }

  private JWTClaimsSet.Builder at(VirtualTime time, String who, String... groups) {
    return provider
        .claims(who, groups)
        .issueTime(Date.from(time.now()))
        .expirationTime(Date.from(time.now().plusSeconds(300)));
  }

  /* As the API does, on one event loop. */
  private Future<Person> ask(SignOn signOn, String token) {
    Promise<Person> answer = Promise.promise();
    loop.runOnContext(go -> signOn.whose(token).onComplete(answer));
    return answer.future();
  }

  private static Throwable refused(Future<?> asked) {
    return ApiRig.await(asked.transform(done -> Future.succeededFuture(done.cause())));
  }

  @Test
  void aKeyThatIsNewIsLookedUpAndOneThatNobodyHasNotEachTime() {
    VirtualTime time = new VirtualTime(1);
    SignOn signOn = signOn(time);
    RSAKey old = provider.key;
    try {
      ApiRig.await(ask(signOn, provider.token(at(time, "ann", "dev"))));
      provider.key = IdentityProvider.newKey("second");
      time.advance(Duration.ofSeconds(31));
      assertThat(ApiRig.await(ask(signOn, provider.token(at(time, "ann", "dev")))).name())
          .isEqualTo("ann@example.com");
      provider.key = IdentityProvider.newKey("never");
      String never = provider.token(at(time, "ann", "dev"));
      provider.key = IdentityProvider.newKey("third");
      time.advance(Duration.ofSeconds(31));
      int asked = provider.keysAsked.get();
      for (int i = 0; i < 5; i++) {
        assertThat(refused(ask(signOn, never))).isInstanceOf(NotVouched.class);
      }
      assertThat(provider.keysAsked.get() - asked).isOne();
    } finally {
      provider.key = old;
    }
  }

  @Test
  void aProviderThatDoesNotAnswerKeepsOutNobodyForADay() {
    VirtualTime time = new VirtualTime(1);
    SignOn signOn = signOn(time);
    ApiRig.await(ask(signOn, provider.token(at(time, "ann", "dev"))));
    provider.answers = 503;
    time.advance(Duration.ofHours(2));
    ApiRig.await(ask(signOn, provider.token(at(time, "ann", "dev"))));
    time.advance(Duration.ofHours(23));
    for (int i = 0; i < 3; i++) {
      assertThat(refused(ask(signOn, provider.token(at(time, "ann", "dev")))))
          .isInstanceOf(NotReached.class)
          .hasMessageContaining("503");
    }
    provider.answers = 200;
    time.advance(Duration.ofSeconds(2));
    ApiRig.await(ask(signOn, provider.token(at(time, "ann", "dev"))));
  }

  @Test
  void whereTheProviderIsNotKnownYetAProgramHearsThatItIsAway() {
    provider.answers = 503;
    try (ApiRig other = provider.rig(null)) {
      new Http(other.api.port(), provider.token(provider.claims("ann", "dev")))
          .get(FLEET)
          .problem(503, "unavailable", "identity provider", "503");
    }
  }

  @Test
  void aKeyThatCannotBeReadIsLeftOut() {
    provider.alsoPublished.add(
        "{\"kty\":\"EC\",\"crv\":\"P-999\",\"x\":\"AA\",\"y\":\"AA\",\"kid\":\"odd\"}");
    try {
      VirtualTime time = new VirtualTime(1);
      ApiRig.await(ask(signOn(time), provider.token(at(time, "ann", "dev"))));
    } finally {
      provider.alsoPublished.clear();
    }
  }

  @Test
  void theSameRequestUnderANewTokenIsCarriedOutOnce() {
    String once = UUID.randomUUID().toString();
    Instant now = Instant.now();
    String made =
        with(provider.claims("ann", "sre"))
            .post(SERVERS, ResourcesTest.server("once"), "Idempotency-Key", once)
            .expect(201)
            .uuid();
    Http.Reply again =
        with(provider.claims("ann", "sre").issueTime(Date.from(now.minusSeconds(30))))
            .post(SERVERS, ResourcesTest.server("once"), "Idempotency-Key", once)
            .expect(201);
    assertThat(again.uuid()).isEqualTo(made);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    with(provider.claims("bob", "sre"))
        .post(SERVERS, ResourcesTest.server("once-2"), "Idempotency-Key", once)
        .expect(201);
  }

  @Test
  void groupsMayBeWithinAnObject() {
    JWTClaimsSet.Builder claims =
        provider.claims("ann").claim("groups", null).claim("realm", Map.of("roles", "dev"));
    with(claims).get(FLEET).problem(403, "denied");
    assertThat(ApiRig.await(groups("realm.roles", claims))).isEqualTo("viewer");
    assertThat(
            ApiRig.await(
                groups(
                    "https://claims.example/g",
                    provider.claims("ann").claim("https://claims.example/g", List.of("sre")))))
        .isEqualTo("operator");
  }

  private Future<String> groups(String claim, JWTClaimsSet.Builder claims) {
    OidcSettings usual = provider.settings(null);
    People people =
        new People(
            new SignOn(
                new OidcSettings(
                    usual.issuer(), usual.clientId(), null, null, claim, "email", usual.roles()),
                rig.vertx,
                rig.time));
    Promise<String> role = Promise.promise();
    loop.runOnContext(
        go ->
            people
                .who(provider.token(claims))
                .map(actor -> actor.role().stored())
                .onComplete(role));
    return role.future();
  }

  @Test
  void whereNobodyIsConfiguredATokenIsNoKey() {
    try (ApiRig plain = new ApiRig().withType()) {
      new Http(plain.api.port(), provider.token(provider.claims("ann", "root")))
          .get(FLEET)
          .problem(401, "unauthenticated", "an API key is needed");
    }
  }
}

package dev.toygun.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.toygun.service.OidcSettings;
import dev.toygun.testing.servers.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect provider of its own, with real keys, that lets in whoever it is told to. */
final class IdentityProvider implements AutoCloseable {
  static final String CLIENT = "toygun";
  static final String SECRET = "s3cr&t of/toygun";

  private final HttpServer server;
  final AtomicInteger keysAsked = new AtomicInteger();
  /* What each code that was given out is good for. */
  private final Map<String, Given> codes = new ConcurrentHashMap<>();
  volatile RSAKey key = newKey("first");
  volatile JWTClaimsSet.Builder signingIn;
  volatile @Nullable String nonce;
  volatile int answers = 200;
  volatile int tokenAnswers = 200;

  /* Keys of others, among which its own is. */
  final List<String> alsoPublished = new CopyOnWriteArrayList<>();

  private record Given(String challenge, String back, String nonce) {}

  IdentityProvider(Vertx vertx) {
    server =
        ApiRig.await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    signingIn = claims("ann", "dev");
  }

  String issuer() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Toygun's settings for it. */
  OidcSettings settings(@Nullable URI url) {
    Map<String, String> roles = new LinkedHashMap<>();
    roles.put("sre", "operator");
    roles.put("dev", "viewer");
    roles.put("root", "admin");
    return new OidcSettings(URI.create(issuer()), CLIENT, SECRET, url, "groups", "email", roles);
  }

  /** An API that lets in whom it vouches for, and whose pages are at this URL. */
  ApiRig rig(@Nullable URI url) {
    ApiSettings usual = ApiSettings.local(0, 0);
    return new ApiRig(
            PostgresServer.shared().database(),
            new ApiSettings(
                usual.host(),
                usual.port(),
                usual.metricsPort(),
                usual.requestTime(),
                usual.ratePerSecond(),
                usual.burst(),
                usual.heartbeat(),
                Optional.of(settings(url)),
                Optional.empty()))
        .withType();
  }

  static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a token of somebody says who is in these groups. */
  JWTClaimsSet.Builder claims(String who, String... groups) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(who + "-1")
        .audience(CLIENT)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("email", who + "@example.com")
        .claim("email_verified", true)
        .claim("groups", List.of(groups));
  }

  String token(JWTClaimsSet.Builder claims) {
    return token(claims, JWSAlgorithm.RS256, signer(key));
  }

  static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String token(JWTClaimsSet.Builder claims, JWSAlgorithm how, JWSSigner signer) {
    SignedJWT jwt =
        new SignedJWT(new JWSHeader.Builder(how).keyID(key.getKeyID()).build(), claims.build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jwt.serialize();
  }

  /** Where somebody is sent who signs in here, having been sent here. */
  String signedIn(String there) {
    try {
      HttpResponse<Void> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(there)).build(),
                  HttpResponse.BodyHandlers.discarding());
      return answer.headers().firstValue("Location").orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpServerRequest request) {
    if (answers != 200) {
      request.response().setStatusCode(answers).end();
      return;
    }
    switch (request.path()) {
      case "/.well-known/openid-configuration" ->
          json(
              request,
              new JsonObject()
                  .put("issuer", issuer())
                  .put("authorization_endpoint", issuer() + "/authorize?tenant=1")
                  .put("token_endpoint", issuer() + "/token")
                  .put("jwks_uri", issuer() + "/keys"));
      case "/keys" -> {
        keysAsked.incrementAndGet();
        JsonObject keys = new JsonObject(new JWKSet(key.toPublicJWK()).toString());
        alsoPublished.forEach(other -> keys.getJsonArray("keys").add(new JsonObject(other)));
        json(request, keys);
      }
      case "/authorize" -> authorize(request);
      case "/token" -> {
        request.setExpectMultipart(true);
        request.endHandler(end -> exchange(request));
      }
      default -> request.response().setStatusCode(404).end();
    }
  }

  private void authorize(HttpServerRequest request) {
    String code = "code-" + codes.size();
    codes.put(
        code,
        new Given(
            request.getParam("code_challenge"),
            request.getParam("redirect_uri"),
            request.getParam("nonce")));
    boolean right =
        CLIENT.equals(request.getParam("client_id"))
            && "code".equals(request.getParam("response_type"))
            && "S256".equals(request.getParam("code_challenge_method"))
            && request.getParam("scope").contains("openid");
    request
        .response()
        .setStatusCode(right ? 302 : 400)
        .putHeader(
            "Location",
            request.getParam("redirect_uri")
                + "?code="
                + code
                + "&state="
                + request.getParam("state"))
        .end();
  }

  private void exchange(HttpServerRequest request) {
    if (tokenAnswers != 200) {
      request.response().setStatusCode(tokenAnswers).end("{\"error\":\"invalid_client\"}");
      return;
    }
    String basic =
        Base64.getEncoder()
            .encodeToString((CLIENT + ":s3cr%26t+of%2Ftoygun").getBytes(StandardCharsets.UTF_8));
    Given given = codes.remove(String.valueOf(request.getFormAttribute("code")));
    if (!request.method().equals(HttpMethod.POST)
        || given == null
        || !("Basic " + basic).equals(request.getHeader("Authorization"))
        || !given.back().equals(request.getFormAttribute("redirect_uri"))
        || !given.challenge().equals(sha256(request.getFormAttribute("code_verifier")))) {
      request.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}");
      return;
    }
    String named = Objects.requireNonNullElse(nonce, given.nonce());
    json(
        request,
        new JsonObject()
            .put("access_token", "opaque")
            .put("id_token", token(signingIn.claim("nonce", named))));
  }

  private static String sha256(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void json(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.encode());
  }

  @Override
  public void close() {
    ApiRig.await(server.close());
  }
}

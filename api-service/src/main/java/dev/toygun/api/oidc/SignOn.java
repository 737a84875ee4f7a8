package dev.toygun.api.oidc;

import dev.toygun.service.OidcSettings;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The provider, as the API asks it: whose token is this, where does a browser sign in, who came
 * back. OpenID Connect's authorization code flow, with PKCE (RFC 7636) and a nonce. Used by one
 * event loop.
 */
public final class SignOn {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final OidcSettings settings;
  private final Time time;
  private final Fetch keys;
  /* Of its own, so that sign-ins, which anybody may begin, keep nobody from reading keys. */
  private final Fetch exchange;
  private final Provider provider;
  private final Tokens tokens;

  /**
   * What ties what comes back to the browser that was sent.
   *
   * @param state goes through the provider, and comes back
   * @param nonce comes back in the token
   * @param verifier that whoever changes the code for the token has to know
   */
  public record Attempt(String state, String nonce, String verifier) {}

  /** The provider of these settings; nothing is asked of it yet. */
  public SignOn(OidcSettings settings, Vertx vertx, Time time) {
    this.settings = settings;
    this.time = time;
    this.keys = new Fetch(vertx);
    this.exchange = new Fetch(vertx);
    this.provider = new Provider(settings.issuer(), keys, time);
    this.tokens = new Tokens(settings, provider, time);
  }

  /** As it was configured. */
  public OidcSettings settings() {
    return settings;
  }

  /** Whose token this is; fails with {@link NotVouched} or {@link NotReached}. */
  public Future<Person> whose(String token) {
    return tokens.whose(token, null);
  }

  /** A new attempt to sign in. */
  public Attempt attempt() {
    return new Attempt(random(), random(), random());
  }

  /**
   * Where a browser goes to sign in.
   *
   * @param back where it comes back to, as the provider knows it
   * @return fails with {@link NotReached}
   */
  public Future<String> begin(Attempt attempt, URI back) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("response_type", "code");
    asked.put("client_id", settings.clientId());
    asked.put("redirect_uri", back.toString());
    asked.put("scope", "openid profile email");
    asked.put("state", attempt.state());
    asked.put("nonce", attempt.nonce());
    asked.put("code_challenge", sha256(attempt.verifier()));
    asked.put("code_challenge_method", "S256");
    return provider
        .published()
        .map(
            known -> {
              String url = known.authorization().toString();
              return url + (url.contains("?") ? "&" : "?") + form(asked);
            });
  }

  /**
   * Who came back with this code; fails with {@link NotVouched} or {@link NotReached}.
   *
   * @param back as it was said to {@link #begin}
   */
  public Future<Person> finish(Attempt attempt, URI back, String code) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("grant_type", "authorization_code");
    asked.put("code", code);
    asked.put("redirect_uri", back.toString());
    asked.put("client_id", settings.clientId());
    asked.put("code_verifier", attempt.verifier());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    String secret = settings.clientSecret();
    if (secret != null) {
      String basic = encoded(settings.clientId()) + ":" + encoded(secret);
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }
    return provider
        .published()
        .compose(known -> exchange.post(known.token(), form(asked), headers))
        .compose(
            answer ->
                answer.getValue("id_token") instanceof String token
                    ? tokens.whose(token, attempt.nonce())
                    : Future.failedFuture(new NotReached("it answered no id_token")));
  }

  private String random() {
    byte[] bytes = new byte[32];
    time.random(bytes);
    return BASE64.encodeToString(bytes);
  }

  private static String sha256(String text) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Closes its connections. */
  public Future<Void> close() {
    return keys.close().compose(done -> exchange.close());
  }
}

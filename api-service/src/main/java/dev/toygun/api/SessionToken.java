package dev.toygun.api;

import dev.toygun.time.Time;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a browser keeps for the pages: a cookie of 256 random bits. Whoever has signed in has a row
 * under its hash; before that, it only ties a form to the browser that it was given to.
 */
final class SessionToken {
  private static final String NAME = "toygun";
  private static final String SECURE_NAME = "__Host-" + NAME;
  private static final String MEANT = "toygun.meant";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?");

  private final String text;

  private SessionToken(String text) {
    this.text = text;
  }

  /** A new one. */
  static SessionToken make(Time time) {
    byte[] bytes = new byte[32];
    time.random(bytes);
    return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The one that a request was sent with, if there is one. */
  static Optional<SessionToken> read(RoutingContext ctx) {
    @Nullable Cookie secure = ctx.request().getCookie(SECURE_NAME);
    @Nullable Cookie plain = isLoopback(ctx) ? ctx.request().getCookie(NAME) : null;
    return Optional.ofNullable(secure == null ? plain : secure)
        .map(Cookie::getValue)
        .filter(value -> FORM.matcher(value).matches())
        .map(SessionToken::new);
  }

  /** Under which its row is found. */
  String hash() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What every form carries, and no page of somebody else can know. */
  String form() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] made = mac.doFinal("form".getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(made);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Notes that a form is one of ours; fails with a problem 403 where it is not. */
  static void check(RoutingContext ctx, @Nullable String sent) {
    byte[] expected = read(ctx).map(SessionToken::form).orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] given = (sent == null ? "" : sent).getBytes(StandardCharsets.UTF_8);
    if (expected.length == 0 || !MessageDigest.isEqual(expected, given)) {
      throw new Problem(
          403,
          "foreign_form",
          "this form was not given to this browser, or it kept no cookie: open the page again and"
              + " send it from there, over https or from http://localhost");
    }
    ctx.put(MEANT, true);
  }

  /** Whether a form of ours was sent. */
  static boolean isMeant(RoutingContext ctx) {
    return Boolean.TRUE.equals(ctx.get(MEANT));
  }

  /** Has the browser keep it, and nothing besides. */
  SessionToken keep(RoutingContext ctx) {
    return keep(ctx, isPlain(ctx) ? "http" : "https");
  }

  /**
   * The same.
   *
   * @param scheme by which the browser is known to find us
   */
  SessionToken keep(RoutingContext ctx, String scheme) {
    boolean plain = scheme.equals("http");
    forget(ctx, !plain);
    ctx.response().addCookie(cookie(plain, text));
    return this;
  }

  /** Has the browser forget whatever it keeps. */
  static void forget(RoutingContext ctx) {
    forget(ctx, true);
    forget(ctx, false);
  }

  /* Over http and https a browser has a localhost of one: what is left of the other would count. */
  private static void forget(RoutingContext ctx, boolean plain) {
    if (ctx.request().getCookie(plain ? NAME : SECURE_NAME) != null) {
      ctx.response().addCookie(cookie(plain, "").setMaxAge(0));
    }
  }

  private static Cookie cookie(boolean plain, String value) {
    return Cookie.cookie(plain ? NAME : SECURE_NAME, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(!plain)
        .setSameSite(CookieSameSite.STRICT);
  }

  /*
   * Not every browser keeps a Secure cookie of http://localhost. Behind a proxy that calls us so,
   * the browser itself says with every form where it is.
   */
  private static boolean isPlain(RoutingContext ctx) {
    @Nullable String origin = ctx.request().getHeader("Origin");
    @Nullable String proxied = ctx.request().getHeader("X-Forwarded-Proto");
    return isLoopback(ctx)
        && (origin == null || origin.equals("http://" + ctx.request().getHeader("Host")))
        && (proxied == null || proxied.equals("http"));
  }

  private static boolean isLoopback(RoutingContext ctx) {
    @Nullable String host = ctx.request().getHeader("Host");
    return host != null && LOOPBACK.matcher(host).matches();
  }

  /** Nothing of what makes it one. */
  @Override
  public String toString() {
    return "a session";
  }
}

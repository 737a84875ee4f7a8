package dev.toygun.api;

import dev.toygun.api.oidc.Person;
import dev.toygun.api.oidc.SignOn;
import dev.toygun.api.pages.Frame;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Sealed;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends browsers to the identity provider to sign in, and takes them back. What ties one that comes
 * back to the one that was sent is sealed in a cookie, so any process of the API may take it.
 */
final class SignInElsewhere {
  private static final String THERE = "/sign-in/elsewhere";

  /** Where the provider sends browsers back to. */
  static final String BACK = "/sign-in/back";

  private static final String COOKIE = "toygun-attempt";
  private static final Duration TAKES = Duration.ofMinutes(10);
  private static final FieldSeal.Place PLACE =
      new FieldSeal.Place("sign-in", new UUID(0, 0), "attempt");

  private final SignOn signOn;
  private final People people;
  private final URI url;
  private final SignIn signIn;
  private final PageExchange exchange;
  private final FieldSeal seal;
  private final Time time;
  private final RateLimit exchanges;
  /* Attempts that came back: each does so once, as far as this process knows. */
  private final Map<String, Boolean> used = new Recent<>();

  /**
   * Browsers that find us at this URL.
   *
   * @param url of the pages, without a path
   */
  SignInElsewhere(
      SignOn signOn,
      People people,
      URI url,
      SignIn signIn,
      PageExchange exchange,
      FieldSeal seal,
      Time time) {
    this.signOn = signOn;
    this.people = people;
    this.url = url;
    this.signIn = signIn;
    this.exchange = exchange;
    this.seal = seal;
    this.time = time;
    this.exchanges = new RateLimit(time, 5, 100);
  }

  /** How to get there from where one signs in. */
  Frame.Elsewhere link() {
    return new Frame.Elsewhere(
        url.resolve(THERE).toString(), String.valueOf(signOn.settings().issuer().getHost()));
  }

  void mount(Router router) {
    router.get(THERE).handler(this::begin);
    router.get(BACK).handler(this::finish);
  }

  private void begin(RoutingContext ctx) {
    SignOn.Attempt attempt = signOn.attempt();
    signOn
        .begin(attempt, url.resolve(BACK))
        .onSuccess(
            where -> {
              JsonObject kept =
                  new JsonObject()
                      .put("state", attempt.state())
                      .put("nonce", attempt.nonce())
                      .put("verifier", attempt.verifier())
                      .put("next", SignIn.next(ctx.queryParams().get("next")))
                      .put("before", SessionToken.read(ctx).map(SessionToken::hash).orElse(null))
                      .put("until", time.now().plus(TAKES).getEpochSecond());
              Sealed sealed =
                  seal.seal(PLACE, kept.encode().getBytes(StandardCharsets.UTF_8), time.now());
              ctx.response()
                  .addCookie(
                      cookie(sealed.key() + "." + sealed.token()).setMaxAge(TAKES.toSeconds()));
              PageExchange.go(ctx, where);
            })
        .onFailure(e -> exchange.failed(ctx, People.problem(e)));
  }

  private void finish(RoutingContext ctx) {
    @Nullable Cookie cookie = ctx.request().getCookie(name());
    if (cookie != null) {
      ctx.response().addCookie(cookie("").setMaxAge(0));
    }
    JsonObject kept = opened(cookie);
    String state = Objects.requireNonNullElse(ctx.queryParams().get("state"), "");
    if (kept == null || !same(kept.getString("state"), state)) {
      exchange.send(
          ctx,
          Problem.badRequest(
              "no_attempt",
              "this browser did not begin to sign in here, or more than %d min ago: begin again"
                  .formatted(TAKES.toMinutes())));
      return;
    }
    String next = SignIn.next(kept.getString("next"));
    signIn
        .begin(ctx, who(ctx, kept), url.getScheme(), kept.getString("before"))
        .onSuccess(begun -> exchange.signedIn(ctx, next))
        .onFailure(e -> exchange.send(ctx, Problems.of(e, Exchange.trace(ctx))));
  }

  private Future<Actor> who(RoutingContext ctx, JsonObject kept) {
    // Anybody may begin, and each exchange asks the provider with our secret.
    if (used.putIfAbsent(kept.getString("state"), true) != null) {
      return Future.failedFuture(Auth.refused("this sign-in has come back before: begin again"));
    }
    int wait = exchanges.take(Gate.remote(ctx));
    if (wait > 0) {
      return Future.failedFuture(RateLimit.tooMany(wait));
    }
    String code = ctx.queryParams().get("code");
    SignOn.Attempt attempt =
        new SignOn.Attempt(
            kept.getString("state"), kept.getString("nonce"), kept.getString("verifier"));
    Future<Person> person =
        code == null || code.isEmpty()
            ? Future.failedFuture(
                Auth.refused(
                    "the identity provider let nobody in%s: begin again".formatted(said(ctx))))
            : signOn.finish(attempt, url.resolve(BACK), code);
    return person.map(people::actor).recover(e -> Future.failedFuture(People.problem(e)));
  }

  private static String said(RoutingContext ctx) {
    String error = ctx.queryParams().get("error");
    return error != null && error.matches("[a-z_]{1,40}") ? " (" + error + ")" : "";
  }

  private @Nullable JsonObject opened(@Nullable Cookie cookie) {
    String[] parts = cookie == null ? new String[0] : cookie.getValue().split("\\.", 2);
    if (parts.length < 2 || !parts[0].matches("[0-9]{1,9}")) {
      return null;
    }
    try {
      byte[] opened = seal.open(PLACE, new Sealed(Integer.parseInt(parts[0]), parts[1]));
      JsonObject kept = new JsonObject(new String(opened, StandardCharsets.UTF_8));
      return kept.getLong("until") > time.now().getEpochSecond() ? kept : null;
    } catch (FieldSeal.CannotOpen e) {
      return null;
    }
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private String name() {
    return isSecure() ? "__Host-" + COOKIE : COOKIE;
  }

  private boolean isSecure() {
    return "https".equals(url.getScheme());
  }

  /* Lax: the browser has to send it as it comes back from somewhere else. */
  private Cookie cookie(String value) {
    return Cookie.cookie(name(), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(isSecure())
        .setSameSite(CookieSameSite.LAX);
  }
}

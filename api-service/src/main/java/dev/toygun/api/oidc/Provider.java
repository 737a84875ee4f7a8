package dev.toygun.api.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the provider publishes of itself: where it is asked for what, and the keys that it signs
 * with. Read when first needed, and again after an hour, or when a token names a key that is not
 * among them. Used by one event loop.
 */
final class Provider {
  private static final Duration BELIEVED = Duration.ofHours(1);
  /* A provider that does not answer keeps nobody out whom its keys still tell. */
  private static final Duration KEPT = Duration.ofHours(24);
  /* Whoever makes keys up does not have us ask each time. */
  private static final Duration ASKED_AGAIN = Duration.ofSeconds(30);

  private final URI issuer;
  private final Fetch fetch;
  private final Time time;
  private @Nullable Published published;
  private @Nullable Future<Published> asking;
  private long asked;

  /**
   * What it publishes.
   *
   * @param at when it was read, on the scale of {@link Time#nanos}
   */
  record Published(URI authorization, URI token, JWKSet keys, long at) {}

  Provider(URI issuer, Fetch fetch, Time time) {
    this.issuer = issuer;
    this.fetch = fetch;
    this.time = time;
  }

  /** As it is known; fails with {@link NotReached} where it is not. */
  Future<Published> published() {
    Published known = published;
    return known == null || age(known.at()).compareTo(BELIEVED) > 0
        ? renewed()
        : Future.succeededFuture(known);
  }

  /** As it is by now, where nobody asked in the last half minute. */
  Future<Published> renewed() {
    Future<Published> under = asking;
    if (under != null) {
      return under;
    }
    Published known = published;
    if (known != null && age(asked).compareTo(ASKED_AGAIN) < 0) {
      return Future.succeededFuture(known);
    }
    asked = time.nanos();
    Future<Published> begun =
        read()
            .onSuccess(read -> published = read)
            .recover(e -> kept(e))
            .onComplete(d -> asking = null);
    if (!begun.isComplete()) {
      asking = begun;
    }
    return begun;
  }

  private Future<Published> kept(Throwable failure) {
    Published known = published;
    return known != null && age(known.at()).compareTo(KEPT) < 0
        ? Future.succeededFuture(known)
        : Future.failedFuture(failure);
  }

  private Duration age(long since) {
    return Duration.ofNanos(time.nanos() - since);
  }

  private Future<Published> read() {
    String base = issuer.toString().replaceAll("/$", "");
    return fetch
        .get(URI.create(base + "/.well-known/openid-configuration"))
        .compose(
            said -> {
              if (!issuer.toString().equals(said.getValue("issuer"))) {
                return Future.failedFuture(
                    new NotReached("%s: it calls itself another issuer".formatted(issuer)));
              }
              URI authorization = url(said, "authorization_endpoint");
              URI token = url(said, "token_endpoint");
              return fetch
                  .get(url(said, "jwks_uri"))
                  .map(keys -> new Published(authorization, token, keys(keys), time.nanos()));
            });
  }

  private JWKSet keys(JsonObject said) {
    try {
      return JWKSet.parse(said.encode());
    } catch (ParseException e) {
      throw new NotReached("%s: its keys cannot be read".formatted(issuer));
    }
  }

  private URI url(JsonObject said, String name) {
    if (said.getValue(name) instanceof String text) {
      try {
        URI url = URI.create(text);
        // One that is on another machine has to be as safe as the issuer is.
        if ("https".equals(url.getScheme()) || same(url)) {
          return url;
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
    }
    throw new NotReached("%s: it says no %s that is an https URL".formatted(issuer, name));
  }

  private boolean same(URI url) {
    return issuer.getScheme().equals(url.getScheme())
        && issuer.getRawAuthority().equals(url.getRawAuthority());
  }
}

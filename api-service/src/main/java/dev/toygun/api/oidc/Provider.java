package dev.toygun.api.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Duration TRIED_AGAIN = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

  private final URI issuer;
  private final Fetch fetch;
  private final Time time;
  private @Nullable Published published;
  private @Nullable Future<Published> asking;
  private Throwable failure = new NotReached("it was not asked yet");
  private boolean tried;
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

  /**
   * As it is known: for an hour, and while it cannot be read anew for a day. Fails with {@link
   * NotReached} where it is not.
   */
  Future<Published> published() {
    Published known = known();
    if (known == null) {
      return renewed();
    }
    if (age(known.at()).compareTo(BELIEVED) > 0) {
      renewed(); // Nobody waits for that.
    }
    return Future.succeededFuture(known);
  }

  /** As it is by now, or as it was where somebody has asked just before. */
  Future<Published> renewed() {
    Future<Published> under = asking;
    if (under != null) {
      return under;
    }
    Published known = known();
    if (tried && age(asked).compareTo(known == null ? TRIED_AGAIN : ASKED_AGAIN) < 0) {
      return known == null ? Future.failedFuture(failure) : Future.succeededFuture(known);
    }
    tried = true;
    asked = time.nanos();
    Promise<Published> answer = Promise.promise();
    asking = answer.future();
    read()
        .onComplete(
            done -> {
              asking = null;
              if (done.succeeded()) {
                published = done.result();
                answer.complete(done.result());
                return;
              }
              LOG.warn(
                  "what {} publishes of itself is not known: {}",
                  issuer,
                  done.cause().getMessage());
              failure = done.cause();
              Published still = known();
              if (still == null) {
                answer.fail(done.cause());
              } else {
                answer.complete(still);
              }
            });
    return answer.future();
  }

  private @Nullable Published known() {
    Published known = published;
    return known == null || age(known.at()).compareTo(KEPT) > 0 ? null : known;
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

  /* RFC 7517, 5: keys that are not understood are left out. */
  private JWKSet keys(JsonObject said) {
    List<JWK> keys = new ArrayList<>();
    if (said.getValue("keys") instanceof JsonArray all) {
      for (int i = 0; i < all.size(); i++) {
        try {
          keys.add(JWK.parse(String.valueOf(all.getValue(i))));
        } catch (ParseException | RuntimeException e) {
          LOG.warn("a key of {} cannot be read: {}", issuer, e.getMessage());
        }
      }
    }
    if (keys.isEmpty()) {
      throw new NotReached("%s: it publishes no key that can be read".formatted(issuer));
    }
    return new JWKSet(keys);
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

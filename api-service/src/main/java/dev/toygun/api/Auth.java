package dev.toygun.api;

import dev.toygun.store.ApiKeys;
import dev.toygun.store.Sessions;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who calls. What the database said of a prefix is remembered for a few seconds, also that it
 * has none, so a key that is revoked is refused everywhere soon after. Used by one event loop.
 */
final class Auth {
  /** How long an answer of the database is believed. */
  static final Duration BELIEVED = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Auth.class);
  private static final long USED_EVERY = Duration.ofMinutes(1).toNanos();

  private final ApiKeys keys;
  private final Strangers<ApiKeys.Stored> strangers;
  private final Sessions sessions;
  private final Strangers<Sessions.Session> newcomers;
  private final @Nullable People people;
  private final Time time;
  private final Map<String, Known> known = new Recent<>();
  private final Map<UUID, Long> used = new Recent<>();
  /* When each session that was found here was last noted as used. */
  private final Map<String, Long> signedIn = new Recent<>();

  private record Known(ApiKeys.@Nullable Stored stored, long at) {}

  /**
   * Tells them apart.
   *
   * @param people null where no identity provider is configured
   */
  Auth(ApiKeys keys, Sessions sessions, @Nullable People people, Time time) {
    this.keys = keys;
    this.strangers = new Strangers<>(keys::find, time);
    this.sessions = sessions;
    this.newcomers = new Strangers<>(sessions::find, time);
    this.people = people;
    this.time = time;
  }

  /**
   * Who has this key.
   *
   * @param remote the caller's address
   * @return fails with a problem 401 where nobody has, and with 429 where it is not known here and
   *     has to wait
   */
  Future<Actor> who(KeyText text, String remote) {
    String prefix = text.prefix();
    Known remembered = known.get(prefix);
    if (remembered != null && time.nanos() - remembered.at() < BELIEVED.toNanos()) {
      return judged(text, remembered.stored());
    }
    Future<ApiKeys.@Nullable Stored> asked =
        remembered == null || remembered.stored() == null
            ? strangers.find(prefix, remote)
            : keys.find(Set.of(prefix)).map(found -> found.get(prefix));
    return asked.compose(
        stored -> {
          known.put(prefix, new Known(stored, time.nanos()));
          return judged(text, stored);
        });
  }

  /** Whose token of the identity provider this is; fails with a problem 401, 403 or 503. */
  Future<Actor> who(String token) {
    People known = people;
    return known == null ? Future.failedFuture(unknown()) : known.who(token);
  }

  /**
   * Whose session this is. Asked anew each time: who signs out is out, whichever process was told.
   *
   * @return fails as {@link #who} does
   */
  Future<Actor> who(SessionToken token, String remote) {
    String hash = token.hash();
    Future<Sessions.@Nullable Session> asked =
        signedIn.containsKey(hash)
            ? sessions.find(Set.of(hash)).map(found -> found.get(hash))
            : newcomers.find(hash, remote);
    return asked.compose(
        session -> {
          if (session == null) {
            signedIn.remove(hash);
            return Future.failedFuture(refused("the session has ended: sign in again"));
          }
          return whose(session).compose(actor -> used(hash).map(actor));
        });
  }

  private Future<Actor> whose(Sessions.Session session) {
    Sessions.Signed person = session.person();
    if (person == null) {
      return allowed(Objects.requireNonNull(session.key()));
    }
    People known = people;
    if (known == null || !known.gives(person.role())) {
      return Future.failedFuture(
          refused("TOYGUN_OIDC gives nobody the role of this session any more: sign in again"));
    }
    return role(person.role())
        .map(role -> new Actor(Actor.Kind.USER, person.uuid(), person.name(), role, KeyScope.ALL));
  }

  /** Forgets a key that has just been changed here. */
  void forget(String prefix) {
    known.remove(prefix);
  }

  private Future<Actor> judged(KeyText text, ApiKeys.@Nullable Stored stored) {
    byte[] expected = stored == null ? new byte[32] : stored.hash().getBytes();
    boolean same = MessageDigest.isEqual(expected, text.hash());
    if (stored == null || !same) {
      return Future.failedFuture(
          refused("this API key is not known here: send another; toygun api-key create makes one"));
    }
    return allowed(stored.key());
  }

  private Future<Actor> allowed(ApiKeys.Key key) {
    if (key.revokedAt() != null) {
      return Future.failedFuture(refused("this API key was revoked: ask an admin for another"));
    }
    if (key.expiresAt() != null && !key.expiresAt().isAfter(time.now())) {
      return Future.failedFuture(refused("this API key has expired: ask an admin for another"));
    }
    Optional<KeyScope> scope = KeyScope.read(key.scopes());
    if (scope.isEmpty()) {
      return Future.failedFuture(
          refused("this API key is limited in a way that is not known here: run a newer build"));
    }
    return role(key.role())
        .map(role -> new Actor(Actor.Kind.KEY, key.uuid(), key.name(), role, scope.get()))
        .compose(actor -> used(key.uuid()).map(actor));
  }

  private static Future<Role> role(String stored) {
    return Role.ofStored(stored)
        .map(Future::succeededFuture)
        .orElseGet(
            () -> Future.failedFuture(refused("the role %s is not known here".formatted(stored))));
  }

  private Future<Void> used(UUID key) {
    return used(used, key, keys::used);
  }

  private Future<Void> used(String session) {
    return used(signedIn, session, sessions::used);
  }

  private <K> Future<Void> used(Map<K, Long> noted, K what, Function<K, Future<Void>> note) {
    Long last = noted.get(what);
    if (last != null && time.nanos() - last < USED_EVERY) {
      return Future.succeededFuture();
    }
    noted.put(what, time.nanos());
    return note.apply(what)
        .otherwise(
            e -> {
              LOG.warn("the use of a key or a session was not noted: {}", e.toString());
              return null;
            });
  }

  /** No key, or one that nobody has. */
  static Problem unknown() {
    return refused(
        "an API key is needed: send 'Authorization: Bearer KEY'; toygun api-key create makes one");
  }

  /** Nobody is let in by what was shown. */
  static Problem refused(String detail) {
    return new Problem(
        401,
        "unauthenticated",
        detail,
        java.util.List.of(),
        Map.of("WWW-Authenticate", "Bearer realm=\"toygun\""));
  }
}

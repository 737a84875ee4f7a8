package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.store.Audit;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who may ask for an operation, not more often than agreed. Denied attempts are audited.
 */
final class Gate {
  private static final String BEARER = "Bearer ";
  private static final String TARGET = "toygun.target";

  private final Auth auth;
  private final Audit audit;
  private final RateLimit callers;
  /* Guesses are slowed down, and cannot fill the audit. Valid keys from the same place still work. */
  private final RateLimit guesses;

  Gate(Auth auth, Audit audit, Time time, ApiSettings settings) {
    this.auth = auth;
    this.audit = audit;
    this.callers = new RateLimit(time, settings.ratePerSecond(), settings.burst());
    this.guesses = new RateLimit(time, 1, 100);
  }

  /** The key that a request was sent with, if it can be one. */
  static Optional<KeyText> key(RoutingContext ctx) {
    return bearer(ctx).flatMap(KeyText::read);
  }

  /** What a program shows as its key, be it one or not; a browser of the pages shows none. */
  static Optional<String> bearer(RoutingContext ctx) {
    return Optional.ofNullable(ctx.request().getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  /** The caller; null where the operation is open. Fails with a problem 401, 403 or 429. */
  Future<@Nullable Actor> admit(Operation operation, RoutingContext ctx) {
    return operation.role().isEmpty()
        ? Future.succeededFuture(null)
        : admit(operation, ctx, key(ctx)).map(actor -> actor);
  }

  /**
   * Whether a caller who was let in still may: no attempt of his own, so it is counted nowhere, and
   * others' guesses do not keep it from being answered.
   *
   * @return fails with a problem 401 or 403 where he may no longer
   */
  Future<Actor> still(Operation operation, RoutingContext ctx) {
    return who(ctx, key(ctx))
        .map(
            actor -> {
              actor
                  .refused(operation)
                  .ifPresent(
                      problem -> {
                        throw problem;
                      });
              return actor;
            });
  }

  /** Whoever has this key, or else is signed in. Fails with a problem 401, 403 or 429. */
  Future<Actor> admit(Operation operation, RoutingContext ctx, Optional<KeyText> key) {
    return admit(operation, ctx, key, who(ctx, key));
  }

  /** Whoever was recognised, if they may. Fails with a problem 401, 403 or 429. */
  Future<Actor> admit(
      Operation operation, RoutingContext ctx, Optional<KeyText> key, Future<Actor> who) {
    return who.recover(e -> unknown(operation, ctx, key, e))
        .compose(actor -> limited(operation, ctx, actor));
  }

  /** Goes on where a form was given to this very browser. Fails with a problem 403 or 429. */
  Future<Void> checked(Operation operation, RoutingContext ctx) {
    try {
      SessionToken.check(ctx, ctx.request().formAttributes().get("form"));
      return Future.succeededFuture();
    } catch (Problem foreign) {
      return strange(operation, ctx, "nobody", foreign).mapEmpty();
    }
  }

  /* A browser sends its cookie with whatever a page of somebody else has it send: so it counts for
   * what only reads, and for forms that are ours. */
  private Future<Actor> who(RoutingContext ctx, Optional<KeyText> key) {
    if (key.isPresent()) {
      return auth.who(key.get(), remote(ctx));
    }
    Optional<String> shown = bearer(ctx);
    if (shown.filter(text -> !KeyText.isMeant(text)).isPresent()) {
      return auth.who(shown.get());
    }
    boolean meant = ctx.request().method().equals(HttpMethod.GET) || SessionToken.isMeant(ctx);
    return SessionToken.read(ctx)
        .filter(token -> meant)
        .map(token -> auth.who(token, remote(ctx)))
        .orElseGet(() -> Future.failedFuture(Auth.unknown()));
  }

  private Future<Actor> unknown(
      Operation operation, RoutingContext ctx, Optional<KeyText> key, Throwable failure) {
    if (failure instanceof WithoutRole known) {
      return strange(operation, ctx, known.who(), known);
    }
    if (!(failure instanceof Problem problem) || problem.status() != 401) {
      return Future.failedFuture(failure);
    }
    String name = key.map(k -> "prefix:" + k.prefix()).orElse("nobody");
    return strange(operation, ctx, name, problem);
  }

  private Future<Actor> strange(
      Operation operation, RoutingContext ctx, String name, Problem problem) {
    int wait = guesses.take(remote(ctx));
    return wait > 0
        ? Future.failedFuture(RateLimit.tooMany(wait))
        : denied(operation, ctx, name, null, problem);
  }

  private Future<Actor> limited(Operation operation, RoutingContext ctx, Actor actor) {
    int wait = callers.take(actor.key());
    if (wait > 0) {
      return Future.failedFuture(RateLimit.tooMany(wait));
    }
    return actor
        .refused(operation)
        .map(problem -> denied(operation, ctx, actor.stored(), actor.role(), problem))
        .orElseGet(() -> Future.succeededFuture(actor));
  }

  private Future<Actor> denied(
      Operation operation, RoutingContext ctx, String name, @Nullable Role role, Problem problem) {
    return audit
        .write(
            new Audit.Entry(
                name,
                role == null ? null : role.stored(),
                operation.id(),
                subject(operation, uuid(ctx), true),
                subject(operation, uuid(ctx), false),
                target(ctx),
                false,
                problem.status(),
                "",
                remote(ctx),
                Exchange.trace(ctx),
                Audit.Entry.NO_DETAILS))
        .compose(written -> Future.failedFuture(problem));
  }

  /** The uuid of its path, where that is one of a resource, or of anything else, as was asked. */
  static @Nullable UUID subject(Operation operation, @Nullable UUID uuid, boolean resource) {
    return operation.path().startsWith("/v1/resources/") == resource ? uuid : null;
  }

  /* Whoever is turned away may have written anything there. */
  private static @Nullable UUID uuid(RoutingContext ctx) {
    @Nullable String text = ctx.pathParam("uuid");
    try {
      return text == null ? null : Parameters.uuid("uuid", text);
    } catch (Problem none) {
      return null;
    }
  }

  /** Says what a request is about that does not say so by its path. */
  static void aim(RoutingContext ctx, String target, Map<String, String> path) {
    ctx.put(TARGET, target);
    ctx.pathParams().clear();
    ctx.pathParams().putAll(path);
  }

  static String target(RoutingContext ctx) {
    String path = ctx.get(TARGET, ctx.request().path());
    return path.length() > 500 ? path.substring(0, 500) : path;
  }

  static String remote(RoutingContext ctx) {
    return String.valueOf(ctx.request().remoteAddress().hostAddress());
  }
}

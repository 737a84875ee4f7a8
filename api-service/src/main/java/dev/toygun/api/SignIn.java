package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.store.Sessions;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends sessions of the pages: with an API key, or for whom the identity provider vouches
 * for, through the same gate as any request, and with a row of the audit. Nothing of the contract,
 * which is for programs.
 */
final class SignIn {
  static final String IN = "/sign-in";
  static final String OUT = "/sign-out";
  static final String HOME = "/v1/types";
  private static final Pattern OURS = Pattern.compile("/v1/[\\x21-\\x5b\\x5d-\\x7e]{0,2000}");

  private final Gate gate;
  private final Changes changes;
  private final Sessions sessions;
  private final Time time;

  SignIn(Gate gate, Changes changes, Sessions sessions, Time time) {
    this.gate = gate;
    this.changes = changes;
    this.sessions = sessions;
    this.time = time;
  }

  /** What ties the next form to this browser: what it keeps, or else something new. */
  SessionToken token(RoutingContext ctx) {
    return SessionToken.read(ctx).orElseGet(() -> SessionToken.make(time).keep(ctx));
  }

  /**
   * Signs in whoever has this key, and sends a form that they were given. What the browser kept
   * before is worth nothing then: somebody else may have planted it.
   */
  Future<Void> begin(RoutingContext ctx, String key) {
    Operation operation = operation("signIn", IN);
    return gate.checked(operation, ctx).compose(ours -> begin(operation, ctx, key));
  }

  private Future<Void> begin(Operation operation, RoutingContext ctx, String key) {
    Optional<KeyText> read = KeyText.read(key.strip());
    if (read.isEmpty()) {
      return Future.failedFuture(
          new Problem(
              401,
              "unauthenticated",
              "this is no API key: one looks like toygun_…_…, and toygun api-key create makes one"));
    }
    return gate.admit(operation, ctx, read)
        .compose(
            actor ->
                begun(
                    operation,
                    ctx,
                    actor,
                    made -> sessions.begin(made.hash(), actor.key()).map(row -> made.keep(ctx))));
  }

  /**
   * Signs in whom the identity provider vouches for.
   *
   * @param scheme by which their browser finds us
   * @param before the session that their browser had when it left, by its hash; null for none. As
   *     it comes back from elsewhere it does not show it
   */
  Future<Void> begin(
      RoutingContext ctx, Future<Actor> who, String scheme, @Nullable String before) {
    Operation operation = operation("signIn", IN);
    return gate.admit(operation, ctx, Optional.empty(), who)
        .compose(
            actor ->
                begun(
                    operation,
                    ctx,
                    actor,
                    made ->
                        (before == null ? Future.<Void>succeededFuture() : sessions.end(before))
                            .compose(
                                ended ->
                                    sessions.begin(
                                        made.hash(),
                                        new Sessions.Signed(
                                            actor.key(), actor.name(), actor.role().stored())))
                            .map(row -> made.keep(ctx, scheme))));
  }

  private Future<Void> begun(
      Operation operation,
      RoutingContext ctx,
      Actor actor,
      Function<SessionToken, Future<SessionToken>> row) {
    return changes
        .carryOut(
            call(operation, ctx, actor),
            call ->
                ended(ctx)
                    .compose(ended -> row.apply(SessionToken.make(time)))
                    .map(kept -> Answer.valid()),
            ctx)
        .mapEmpty();
  }

  /** Signs out: from now on the session is none, in whatever process it is shown. */
  Future<Void> end(RoutingContext ctx) {
    Operation operation = operation("signOut", OUT);
    return gate.checked(operation, ctx)
        .compose(ours -> gate.admit(operation, ctx))
        .compose(
            actor ->
                changes.carryOut(
                    call(operation, ctx, actor), call -> ended(ctx).map(Answer.valid()), ctx))
        .map(
            done -> {
              SessionToken.forget(ctx);
              return null;
            });
  }

  private Future<Void> ended(RoutingContext ctx) {
    return SessionToken.read(ctx)
        .map(token -> sessions.end(token.hash()))
        .orElseGet(Future::succeededFuture);
  }

  /** Where to go on: a page of ours, and nowhere else, whatever a link says. */
  static String next(@Nullable String asked) {
    return asked != null && OURS.matcher(asked).matches() ? asked : HOME;
  }

  /** Something that is asked without being in the contract, as the audit has it. */
  static Operation operation(String id, String path) {
    return new Operation(
        id,
        HttpMethod.POST,
        path,
        Optional.of(Role.VIEWER),
        List.of(),
        Optional.empty(),
        false,
        true,
        Within.NOTHING,
        true,
        List.of());
  }

  private static Call call(Operation operation, RoutingContext ctx, @Nullable Actor actor) {
    return new Call(
        operation,
        actor,
        Exchange.trace(ctx),
        Gate.remote(ctx),
        Gate.target(ctx),
        Map.of(),
        null,
        null,
        null,
        new JsonObject(),
        false,
        false);
  }
}

package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.store.Audit;
import dev.toygun.store.Bulks;
import dev.toygun.store.Hold;
import dev.toygun.store.Views;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every action within what the key of its caller is limited to, as the contract says for each
 * operation. Whoever carries out an action, for a program or for a page, gets it from here.
 *
 * <p>A single thing that is outside is answered as one that does not exist, before anything else of
 * the request is looked at; a list has what is within.
 */
final class Scoped {
  private static final double DENIALS_PER_SECOND = 0.1;
  private static final int DENIALS_AT_ONCE = 100;

  private final Views views;
  private final Supplier<Future<List<Hold>>> holds;
  private final Supplier<Bulks> bulks;
  private final Audit audit;
  private final SealedTokens tokens;
  private final Narrowed narrowed;
  /* Who asks again and again for what is outside cannot fill the audit. */
  private final RateLimit denials;

  Scoped(
      Views views,
      Supplier<Future<List<Hold>>> holds,
      Supplier<Bulks> bulks,
      Audit audit,
      SealedTokens tokens,
      Time time) {
    this.views = views;
    this.holds = holds;
    this.bulks = bulks;
    this.audit = audit;
    this.tokens = tokens;
    this.narrowed = new Narrowed(views);
    this.denials = new RateLimit(time, DENIALS_PER_SECOND, DENIALS_AT_ONCE);
  }

  /** The same actions, each kept within. */
  Map<String, Action> all(Contract contract, Map<String, Action> actions) {
    Map<String, Action> kept = new HashMap<>(actions);
    contract
        .operations()
        .forEach(operation -> kept.computeIfPresent(operation.id(), (id, a) -> kept(operation, a)));
    return Map.copyOf(kept);
  }

  private Action kept(Operation operation, Action action) {
    if (operation.role().isEmpty()) {
      return action;
    }
    return new Action() {
      @Override
      public Future<Answer> answer(Call call) {
        if (call.caller().scope().isAll()) {
          return action.answer(call);
        }
        return checked(operation, call)
            .recover(e -> e instanceof Outside ? noted(call, e) : Future.failedFuture(e))
            .compose(within -> isAskedOfOneOutside(operation, call))
            .compose(
                none ->
                    none
                        ? Future.succeededFuture(nothing())
                        : action
                            .answer(tokens.opened(call))
                            .compose(
                                answer ->
                                    narrowed.of(operation.within(), call.caller().scope(), answer))
                            .map(answer -> tokens.sealed(call, answer)));
      }

      /* Where this fails, the row of the audit is written by whoever asked. */
      @Override
      public Future<Optional<Answer>> atOnce(Call call, Audit.Entry entry) {
        return call.caller().scope().isAll()
            ? action.atOnce(call, entry)
            : checked(operation, call).compose(within -> action.atOnce(call, entry));
      }
    };
  }

  /* What changes nothing has a row only where it was denied. */
  private Future<Void> noted(Call call, Throwable outside) {
    if (denials.take(call.caller().key()) > 0) {
      return Future.failedFuture(outside);
    }
    return audit
        .write(call.entry().denied(Problems.status(outside)))
        .compose(written -> Future.failedFuture(outside));
  }

  /* A page is cut before it is narrowed: of one resource it would say how much there is of it. */
  private Future<Boolean> isAskedOfOneOutside(Operation operation, Call call) {
    UUID resource =
        operation.within() == Within.ITEMS_BY_RESOURCE ? call.maybeUuid("resource") : null;
    return resource == null
        ? Future.succeededFuture(false)
        : typeOf(resource).map(type -> !call.caller().scope().has(type));
  }

  private static Answer nothing() {
    return Answer.ok(new JsonObject().put("items", new JsonArray()).putNull("next_page_token"));
  }

  private Future<Void> checked(Operation operation, Call call) {
    KeyScope scope = call.caller().scope();
    String type = call.maybe("type");
    boolean typed = operation.path().contains("{type}");
    if (typed && !scope.has(type)) {
      return outside(Types.unknown(String.valueOf(type), OptionalInt.empty()));
    }
    return switch (operation.within()) {
      case NOTHING, TYPE, ITEMS_BY_NAME, ITEMS_BY_TYPE, ITEMS_BY_RESOURCE, HOLDS, ITSELF ->
          Future.succeededFuture();
      case ALL -> Future.failedFuture(Outside.denied(operation.id(), scope));
      case CHILD -> named(call, "parent", "parent");
      case TASK ->
          one(
              call,
              "task",
              uuid -> views.task(uuid).map(t -> t == null ? null : t.machine().list().type()));
      case ALARM ->
          one(call, "alarm", uuid -> views.alarm(uuid).map(a -> a == null ? null : a.type()));
      case ERROR ->
          one(
              call,
              "error",
              uuid ->
                  views
                      .error(uuid)
                      .compose(
                          e ->
                              e == null
                                  ? Future.succeededFuture()
                                  : typeOf(e.subject().resource())));
      case HOLD -> hold(operation, call);
      case BULK ->
          one(
              call,
              "bulk run",
              uuid -> bulks.get().bulk(uuid).map(b -> b == null ? null : b.order().type()));
      case NEW_BULK -> {
        String of = call.body().getString("type");
        yield scope.has(of)
            ? Future.succeededFuture()
            : outside(Types.unknown(of, OptionalInt.empty()));
      }
      case NEW_HOLD -> newHold(operation, call);
    };
  }

  private static Future<Void> outside(Problem as) {
    return Future.failedFuture(Outside.absent(as.code(), as.detail()));
  }

  private static Future<Void> absent(String detail) {
    return Future.failedFuture(Outside.absent("not_found", detail));
  }

  private Future<Void> one(Call call, String what, Function<UUID, Future<@Nullable String>> find) {
    UUID uuid = call.uuid("uuid");
    return find.apply(uuid)
        .compose(
            type ->
                call.caller().scope().has(type)
                    ? Future.succeededFuture()
                    : absent("there is no %s %s".formatted(what, uuid)));
  }

  /** A resource that a body names, if it does. */
  private Future<Void> named(Call call, String member, String what) {
    String text = call.body().getString(member);
    if (text == null) {
      return Future.succeededFuture();
    }
    UUID uuid = Parameters.uuid(member, text);
    return typeOf(uuid)
        .compose(
            type ->
                call.caller().scope().has(type)
                    ? Future.succeededFuture()
                    : absent("there is no %s %s".formatted(what, uuid)));
  }

  private Future<Void> hold(Operation operation, Call call) {
    UUID uuid = call.uuid("uuid");
    return holds
        .get()
        .compose(
            all -> {
              Optional<Hold> found = all.stream().filter(h -> h.uuid().equals(uuid)).findFirst();
              if (found.isEmpty()) {
                return absent(String.valueOf(Hold.absent(uuid).getMessage()));
              }
              Hold hold = found.get();
              return isWider(hold.scope())
                  ? Future.failedFuture(
                      Outside.denied(operation.id() + " of it", call.caller().scope()))
                  : within(call, hold.scope().stored(), hold.name(), hold.resource())
                      .compose(
                          in ->
                              in
                                  ? Future.succeededFuture()
                                  : absent(String.valueOf(Hold.absent(uuid).getMessage())));
            });
  }

  /** Whether it holds what is of any type. */
  private static boolean isWider(Hold.Scope scope) {
    return switch (scope) {
      case SUBTREE, TYPE -> false;
      case TASK, QUEUE, ALL, BREAKER -> true;
    };
  }

  private Future<Void> newHold(Operation operation, Call call) {
    Hold.Scope scope =
        Hold.Scope.valueOf(call.body().getString("scope").toUpperCase(java.util.Locale.ROOT));
    return switch (scope) {
      case SUBTREE -> named(call, "resource", "resource");
      case TYPE ->
          call.caller().scope().has(call.body().getString("name"))
              ? Future.succeededFuture()
              : outside(
                  Types.unknown(
                      String.valueOf(call.body().getString("name")), OptionalInt.empty()));
      case TASK, QUEUE, ALL, BREAKER ->
          Future.failedFuture(
              Outside.denied(operation.id() + " of " + scope.stored(), call.caller().scope()));
    };
  }

  /** Whether a hold of this holds something within. */
  private Future<Boolean> within(
      Call call, String scope, @Nullable String name, @Nullable UUID resource) {
    KeyScope of = call.caller().scope();
    if (scope.equals(Hold.Scope.TYPE.stored())) {
      return Future.succeededFuture(of.has(name));
    }
    return resource == null ? Future.succeededFuture(true) : typeOf(resource).map(of::has);
  }

  private Future<@Nullable String> typeOf(UUID resource) {
    return views.typesOf(Set.of(resource)).map(types -> types.get(resource));
  }
}

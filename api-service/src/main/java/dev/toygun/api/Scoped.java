package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.store.Audit;
import dev.toygun.store.Bulks;
import dev.toygun.store.Hold;
import dev.toygun.store.Subtrees;
import dev.toygun.store.Views;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

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

  private final Bounds bounds;
  private final Audit audit;
  private final SealedTokens tokens;
  private final Narrowed narrowed;
  /* Who asks again and again for what is outside cannot fill the audit. */
  private final RateLimit denials;

  Scoped(
      Views views,
      Subtrees subtrees,
      Supplier<Future<List<Hold>>> holds,
      Supplier<Bulks> bulks,
      Audit audit,
      SealedTokens tokens,
      Time time) {
    this.bounds = new Bounds(views, holds, bulks);
    this.audit = audit;
    this.tokens = tokens;
    this.narrowed = new Narrowed(views, subtrees);
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
        return bounds
            .checked(call)
            .recover(e -> e instanceof Outside ? noted(call, e) : Future.failedFuture(e))
            .compose(
                within ->
                    isAskedOfOneOutside(operation, within)
                        .compose(
                            none ->
                                none
                                    ? Future.succeededFuture(nothing())
                                    : answered(operation, action, within)));
      }

      /* Where this fails, the row of the audit is written by whoever asked. */
      @Override
      public Future<Optional<Answer>> atOnce(Call call, Audit.Entry entry) {
        return call.caller().scope().isAll()
            ? action.atOnce(call, entry)
            : bounds.checked(call).compose(within -> action.atOnce(within, entry));
      }
    };
  }

  private Future<Answer> answered(Operation operation, Action action, Call call) {
    return action
        .answer(tokens.opened(call))
        .compose(answer -> narrowed.of(operation.within(), call.caller().scope(), answer))
        .map(answer -> tokens.sealed(call, answer));
  }

  /* What changes nothing has a row only where it was denied. */
  private <T> Future<T> noted(Call call, Throwable outside) {
    if (denials.take(call.caller().key()) > 0) {
      return Future.failedFuture(outside);
    }
    return audit
        .write(call.entry().denied(Problems.status(outside)))
        .compose(written -> Future.failedFuture(outside));
  }

  /* A page is cut before it is narrowed: of one resource it would say how much there is of it. */
  private Future<Boolean> isAskedOfOneOutside(Operation operation, Call call) {
    boolean isCut =
        operation.within() == Within.ITEMS_BY_RESOURCE
            || operation.within() == Within.ITEMS_BY_TYPE;
    UUID resource = isCut ? call.maybeUuid("resource") : null;
    return resource == null
        ? Future.succeededFuture(false)
        : bounds.isWithin(call, resource).map(within -> !within);
  }

  private static Answer nothing() {
    return Answer.ok(new JsonObject().put("items", new JsonArray()).putNull("next_page_token"));
  }
}

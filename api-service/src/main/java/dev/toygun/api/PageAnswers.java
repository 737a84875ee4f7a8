package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.pages.Act;
import dev.toygun.api.pages.Page;
import dev.toygun.api.pages.Part;
import dev.toygun.api.pages.Shown;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the operations of the contract what a page shows, as its reader would. */
final class PageAnswers {
  /** A fleet of many types is not to take every connection to the database. */
  private static final int AT_ONCE = 4;

  private final Map<String, Operation> operations;
  private final Map<String, Action> actions;

  PageAnswers(Contract contract, Map<String, Action> actions) {
    this.operations =
        contract.operations().stream()
            .collect(Collectors.toUnmodifiableMap(Operation::id, Function.identity()));
    this.actions = actions;
  }

  /** An operation that there is. */
  Operation operation(String id) {
    Operation found = operations.get(id);
    if (found == null) {
      throw new IllegalStateException("there is no operation " + id + " in openapi.yaml");
    }
    return found;
  }

  /** The answer of an operation that only reads. */
  Future<Shown> ask(
      RoutingContext ctx,
      Actor actor,
      Operation operation,
      Map<String, String> path,
      MultiMap query) {
    Call call =
        new Call(
            operation,
            actor,
            Exchange.trace(ctx),
            Gate.remote(ctx),
            Gate.target(ctx),
            Parameters.read(operation, path, query),
            null,
            null,
            null,
            new JsonObject(),
            false,
            false);
    return action(operation).answer(call).map(PageAnswers::shown);
  }

  /** What does an operation. */
  Action action(Operation operation) {
    Action action = actions.get(operation.id());
    if (action == null) {
      throw new IllegalStateException("operation " + operation.id() + " has no action");
    }
    return action;
  }

  private static Shown shown(Answer answer) {
    @Nullable JsonObject body = answer.body();
    return body == null ? Shown.NOTHING : Shown.of(body);
  }

  /** What this reader may do from pages, by the roles of the contract. */
  Set<Act> allowed(Actor actor) {
    return Arrays.stream(Act.values())
        .filter(act -> allows(actor, operation(act.operation())))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean allows(Actor actor, Operation operation) {
    return actor.refused(operation).isEmpty();
  }

  /* Asked all the same, it would be in the audit as denied, each time that the page is read. */
  private static boolean isWithin(Actor actor, Part part) {
    String type = part.path().get("type");
    return type == null || actor.scope().mayHave(type);
  }

  /** What a page asks besides, until what it has heard has it ask no more. */
  Future<Map<String, Shown>> parts(
      RoutingContext ctx, Actor actor, Page page, Shown it, Map<String, Shown> known) {
    Map<String, Part> wanted = new LinkedHashMap<>(page.parts(it, known));
    wanted.keySet().removeAll(known.keySet());
    if (wanted.isEmpty()) {
      return Future.succeededFuture(known);
    }
    Map<String, Shown> heard = new LinkedHashMap<>(known);
    List<Future<Shown>> asked = new ArrayList<>();
    wanted.entrySet().stream()
        .limit(AT_ONCE)
        .forEach(
            e ->
                asked.add(
                    part(ctx, actor, e.getValue())
                        .onSuccess(answer -> heard.put(e.getKey(), answer))));
    return Future.all(asked).compose(all -> parts(ctx, actor, page, it, heard));
  }

  /*
   * What has gone meanwhile, or is not for this reader, is left out, and what cannot be had now is
   * said not to be known; the rest is worth reading.
   */
  private Future<Shown> part(RoutingContext ctx, Actor actor, Part part) {
    Operation operation = operation(part.operation());
    if (!allows(actor, operation) || !isWithin(actor, part)) {
      return Future.succeededFuture(Shown.NOTHING);
    }
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    part.query().forEach(query::add);
    return Future.succeededFuture()
        .compose(go -> ask(ctx, actor, operation, part.path(), query))
        .recover(
            e ->
                switch (Problems.status(e)) {
                  case 404 -> Future.succeededFuture(Shown.NOTHING);
                  case 503 -> Future.succeededFuture(Shown.UNKNOWN);
                  default -> Future.failedFuture(e);
                });
  }
}

package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.api.Contract.Operation;
import dev.toygun.api.Contract.Parameter;
import dev.toygun.api.pages.Act;
import dev.toygun.api.pages.Shown;
import dev.toygun.api.pages.Url;
import dev.toygun.api.pages.Words;
import dev.toygun.store.BreakerBook;
import dev.toygun.store.Hold;
import dev.toygun.store.RepairOperations;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done from pages. At the path of its operation a browser gets a form; what that sends is
 * the operation's body, and goes the operation's way: the gate, the contract, the audit.
 */
final class PageActs {
  private static final Pattern MINUTE = Pattern.compile("[0-9-]{10}T[0-9]{2}:[0-9]{2}");

  private final PageAnswers answers;
  private final PageExchange exchange;
  private final Changes changes;
  private final PageArgs args;
  private final Time time;

  PageActs(PageAnswers answers, PageExchange exchange, Changes changes, Time time) {
    this.answers = answers;
    this.exchange = exchange;
    this.changes = changes;
    this.args = new PageArgs(answers);
    this.time = time;
  }

  /** Adds their routes. */
  void mount(Router router, BodyHandler body) {
    for (Act act : Act.values()) {
      Operation operation = answers.operation(act.operation());
      // A form can be sent by POST only.
      String pattern =
          operation.method().equals(HttpMethod.DELETE)
              ? operation.pattern() + ":delete"
              : operation.pattern();
      router
          .routeWithRegex(HttpMethod.GET, pattern)
          .handler(
              ctx -> {
                if (PageExchange.wanted(ctx)) {
                  ask(act, operation, ctx);
                } else {
                  ctx.next();
                }
              });
      router
          .routeWithRegex(HttpMethod.POST, pattern)
          .handler(PageRoutes.filled(body))
          .handler(
              ctx -> {
                if (PageExchange.isForm(ctx)) {
                  carryOut(act, operation, ctx);
                } else {
                  ctx.next();
                }
              });
    }
  }

  private void ask(Act act, Operation operation, RoutingContext ctx) {
    MultiMap none = MultiMap.caseInsensitiveMultiMap();
    exchange
        .admit(operation, ctx)
        .compose(
            actor ->
                Future.all(
                    answers.ask(
                        ctx, actor, answers.operation(act.subject()), ctx.pathParams(), none),
                    states(act, ctx, actor),
                    args.of(act, ctx, actor)))
        .map(
            all -> {
              Shown it = all.resultAt(0);
              return form(
                  act,
                  operation,
                  ctx,
                  it.has("items") ? among(it, ctx) : it,
                  all.resultAt(1),
                  all.resultAt(2));
            })
        .onSuccess(html -> PageExchange.send(ctx, 200, html))
        .onFailure(e -> exchange.failed(ctx, e));
  }

  /** The states that it was in, the last one first, of what can go back to one. */
  private Future<List<String>> states(Act act, RoutingContext ctx, Actor actor) {
    if (!act.fields().contains("state")) {
      return Future.succeededFuture(List.of());
    }
    String history = act == Act.REWIND ? "resourceHistory" : "taskHistory";
    MultiMap last = MultiMap.caseInsensitiveMultiMap().add("order_by", "step desc");
    return answers
        .ask(ctx, actor, answers.operation(history), ctx.pathParams(), last)
        .map(
            moves ->
                moves.all("items").stream()
                    .map(move -> move.text("to"))
                    .filter(state -> !BuiltIn.reserved(state))
                    .distinct()
                    .toList());
  }

  /* A hold, a breaker or a repair is only to be had among all that there are. */
  private static Shown among(Shown list, RoutingContext ctx) {
    @Nullable String task = ctx.pathParam("task");
    if (task != null) {
      String type = String.valueOf(ctx.pathParam("type"));
      return list.all("items").stream()
          .filter(one -> one.text("type").equals(type) && one.text("task").equals(task))
          .findFirst()
          .orElseThrow(() -> RepairOperations.absent(type, task));
    }
    @Nullable String name = ctx.pathParam("name");
    if (name != null) {
      return list.all("items").stream()
          .filter(one -> one.text("name").equals(name))
          .findFirst()
          .orElseThrow(() -> BreakerBook.absent(name));
    }
    String uuid = Parameters.uuid("uuid", ctx.pathParam("uuid")).toString();
    return list.all("items").stream()
        .filter(one -> one.text("uuid").equals(uuid))
        .findFirst()
        .orElseThrow(() -> Hold.absent(UUID.fromString(uuid)));
  }

  private String form(
      Act act,
      Operation operation,
      RoutingContext ctx,
      Shown it,
      List<String> states,
      List<Shown> fields) {
    @Nullable String task = ctx.pathParams().get("task");
    String what =
        Stream.of("label", "name", "type")
            .filter(it::has)
            .findFirst()
            .map(key -> it.text(key))
            .orElse("");
    String title =
        Stream.of(act.verb(), it.text("scope"), task == null ? what : task + " of " + what)
            .filter(word -> !word.isBlank())
            .collect(Collectors.joining(" "));
    Url url = new Url(String.valueOf(ctx.request().path()), Map.of());
    return exchange.templates.act(
        act,
        PageExchange.frame(ctx, title),
        url,
        it,
        states,
        fields,
        time.uuid().toString(),
        back(ctx),
        curl(act, operation, ctx, states, PageArgs.required(fields)));
  }

  /* As it stands it does what the form does that is filled in with the least. */
  private String curl(
      Act act, Operation operation, RoutingContext ctx, List<String> states, JsonObject required) {
    JsonObject sent = new JsonObject();
    if (!required.isEmpty()) {
      sent.put("args", required);
    }
    if (act.fields().contains("state")) {
      sent.put("state", states.isEmpty() ? "STATE" : states.get(0));
    }
    if (act.needsTime()) {
      sent.put("until", time.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS));
    }
    sent.put("reason", "why");
    String method = operation.method().name();
    String path = path(operation, ctx);
    return operation.body().isPresent()
        ? Words.curl(method, path, sent.encode())
        : Words.curl(method, new Url(path, Map.of()).with("reason", "why").toString());
  }

  private void carryOut(Act act, Operation operation, RoutingContext ctx) {
    exchange
        .filledIn(operation, ctx)
        .compose(
            actor ->
                args.of(act, ctx, actor)
                    .compose(
                        fields ->
                            changes.carryOut(
                                call(act, operation, ctx, actor, fields),
                                answers.action(operation),
                                ctx)))
        .onSuccess(answer -> PageExchange.go(ctx, back(ctx)))
        .onFailure(
            e -> {
              // A second click: what the first one does is seen where both lead.
              if (e instanceof Problem problem && problem.code().equals(Changes.IN_PROGRESS)) {
                PageExchange.go(ctx, back(ctx));
              } else {
                exchange.failed(ctx, e);
              }
            });
  }

  private static Call call(
      Act act, Operation operation, RoutingContext ctx, Actor actor, List<Shown> fields) {
    JsonObject sent = new JsonObject();
    JsonObject filledIn = PageArgs.filledIn(ctx.request().formAttributes(), fields);
    if (!filledIn.isEmpty()) {
      sent.put("args", filledIn);
    }
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    for (String field : act.fields()) {
      @Nullable String value = ctx.request().formAttributes().get(field);
      if (value == null || value.isBlank()) {
        continue;
      }
      if (operation.parameters().stream()
          .anyMatch(p -> p.in() == Parameter.In.QUERY && p.name().equals(field))) {
        query.add(field, value);
      } else if (field.equals("force")) {
        sent.put(field, true);
      } else {
        // A browser sends the time that somebody chose without its zone; the form says which.
        sent.put(field, MINUTE.matcher(value).matches() ? value + ":00Z" : value);
      }
    }
    @Nullable String once = ctx.request().formAttributes().get("once");
    return new Call(
        operation,
        actor,
        Exchange.trace(ctx),
        Gate.remote(ctx),
        Gate.target(ctx),
        Parameters.read(operation, ctx.pathParams(), query),
        null,
        once == null || once.isBlank() || once.length() > 200 ? null : once,
        null,
        operation.body().map(body -> Bodies.read(body, sent.toBuffer())).orElse(new JsonObject()),
        false,
        false);
  }

  private static String path(Operation operation, RoutingContext ctx) {
    String path = String.valueOf(ctx.request().path());
    return operation.method().equals(HttpMethod.DELETE)
        ? path.substring(0, path.length() - ":delete".length())
        : path;
  }

  /* The page of what it was done to. */
  private static String back(RoutingContext ctx) {
    String path = String.valueOf(ctx.request().path());
    int colon = path.lastIndexOf(':');
    int tasks = path.indexOf("/tasks/", "/v1/resources/".length());
    if (path.startsWith("/v1/holds/")) {
      return "/v1/holds";
    }
    if (path.startsWith("/v1/repairs/")) {
      return "/v1/repairs";
    }
    if (path.startsWith("/v1/breakers/")) {
      return "/v1/breakers";
    }
    return tasks > 0 ? path.substring(0, tasks) : colon > 0 ? path.substring(0, colon) : path;
  }
}

package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Routes made from the contract, and the one way that every request goes:
 *
 * <pre>
 *   trace id, headers ─► a page (PageRoutes), Slack (SlackRoutes)? ─► media types ─► body ≤ 1 MiB ─► who, may they, how often
 *      ─► path, query, body against the contract ─► audit, once ─► action ─► answer
 * </pre>
 */
final class ApiRouter {
  private final Time time;
  private final Gate gate;
  private final Changes changes;
  private final MeterRegistry metrics;
  private final ApiSettings settings;
  private final EventStreams streams;
  private final PageRoutes routes;
  private final PageExchange pages;
  private final Optional<SlackRoutes> slack;
  private final RequestSpans spans;

  ApiRouter(
      Time time,
      Gate gate,
      Changes changes,
      EventStreams streams,
      PageRoutes routes,
      PageExchange pages,
      Optional<SlackRoutes> slack,
      RequestSpans spans,
      MeterRegistry metrics,
      ApiSettings settings) {
    this.time = time;
    this.gate = gate;
    this.changes = changes;
    this.streams = streams;
    this.routes = routes;
    this.pages = pages;
    this.slack = slack;
    this.spans = spans;
    this.metrics = metrics;
    this.settings = settings;
  }

  /**
   * The router.
   *
   * @throws IllegalStateException if an operation of the contract has no action, or an action no
   *     operation
   */
  Router router(Vertx vertx, Contract contract, Map<String, Action> actions) {
    complete(contract, actions);
    Router router = Router.router(vertx);
    router.route().handler(this::begin);
    Set<String> streamed =
        contract.operations().stream()
            .filter(Operation::streams)
            .map(Operation::path)
            .collect(Collectors.toSet());
    TimeoutHandler timeOut = TimeoutHandler.create(settings.requestTime().toMillis(), 503);
    router.route().handler(ctx -> unlessStreamed(streamed, ctx, timeOut));
    routes.mount(router);
    SlackRoutes.mount(slack, router);
    router.route().handler(ctx -> unlessStreamed(streamed, ctx, ApiRouter::mediaTypes));
    router.route().handler(BodyHandler.create(false).setBodyLimit(ApiSettings.MAX_BODY));
    for (Operation operation : contract.operations()) {
      Action action = actions.get(operation.id());
      router
          .routeWithRegex(operation.method(), operation.pattern())
          .handler(
              ctx -> {
                if (action == null) {
                  stream(operation, ctx);
                } else {
                  serve(operation, action, ctx);
                }
              });
    }
    for (int status : new int[] {400, 404, 405, 413, 414, 500, 503}) {
      router.errorHandler(status, ctx -> failed(ctx, status, contract));
    }
    return router;
  }

  /** Refuses a contract and actions that do not fit each other. */
  static void complete(Contract contract, Map<String, Action> actions) {
    Set<String> declared =
        contract.operations().stream()
            .filter(operation -> !operation.streams())
            .map(Operation::id)
            .collect(Collectors.toSet());
    if (!declared.equals(actions.keySet())) {
      Set<String> odd = new TreeSet<>(declared);
      odd.removeAll(actions.keySet());
      Set<String> more = new TreeSet<>(actions.keySet());
      more.removeAll(declared);
      throw new IllegalStateException(
          "operations of openapi.yaml without an action: %s; actions without an operation: %s"
              .formatted(odd, more));
    }
  }

  private void begin(RoutingContext ctx) {
    Exchange.begin(ctx, time);
    spans.begin(ctx);
    Timer.Sample sample = Timer.start(metrics);
    ctx.addEndHandler(
        ended ->
            sample.stop(
                metrics.timer(
                    "toygun.http",
                    "operation",
                    ctx.get("operation", "none"),
                    "status",
                    Integer.toString(ctx.response().getStatusCode()))));
    ctx.next();
  }

  /* What goes on for hours has no time-out, and answers with what no other does. */
  private static void unlessStreamed(
      Set<String> streamed, RoutingContext ctx, Handler<RoutingContext> handler) {
    boolean streams =
        ctx.request().method().equals(HttpMethod.GET) && streamed.contains(ctx.request().path());
    if (streams) {
      ctx.next();
    } else {
      handler.handle(ctx);
    }
  }

  private void stream(Operation operation, RoutingContext ctx) {
    ctx.put("operation", operation.id());
    @Nullable String accept = ctx.request().getHeader("Accept");
    if (accept != null && !accept.contains(Bodies.EVENTS) && !accept.contains("*/*")) {
      Exchange.send(ctx, new Problem(406, "not_acceptable", "Accept: there is " + Bodies.EVENTS));
      return;
    }
    gate.admit(operation, ctx)
        .compose(
            actor ->
                streams.follow(
                    call(operation, ctx, actor, new JsonObject(), false),
                    ctx.request(),
                    () -> gate.still(operation, ctx)))
        .onFailure(e -> Exchange.send(ctx, Problems.of(e, Exchange.trace(ctx))));
  }

  private static void mediaTypes(RoutingContext ctx) {
    HttpMethod method = ctx.request().method();
    @Nullable String length = ctx.request().getHeader("Content-Length");
    boolean sendsBody =
        ctx.request().getHeader("Transfer-Encoding") != null
            || (length != null && !length.equals("0"));
    @Nullable String type = ctx.request().getHeader("Content-Type");
    if (sendsBody && (type == null || !isJson(Bodies.mediaType(type)))) {
      Exchange.send(
          ctx,
          new Problem(
              415,
              "unsupported_media_type",
              "Content-Type: %s or %s is expected, in UTF-8"
                  .formatted(Bodies.JSON, Bodies.DECORATED)));
    } else if (sendsBody && method.equals(HttpMethod.GET)) {
      Exchange.send(ctx, Problem.badRequest("body_of_get", "a GET has no body"));
    } else if (accepted(ctx) == null) {
      Exchange.send(
          ctx,
          new Problem(
              406,
              "not_acceptable",
              "Accept: there is %s and %s".formatted(Bodies.JSON, Bodies.DECORATED)));
    } else {
      ctx.next();
    }
  }

  private static boolean isJson(String type) {
    return type.equals(Bodies.JSON) || type.equals(Bodies.DECORATED);
  }

  /** The media type of the answer; null where the caller takes none of ours. */
  private static @Nullable String accepted(RoutingContext ctx) {
    @Nullable String accept = ctx.request().getHeader("Accept");
    if (accept == null || accept.isBlank()) {
      return Bodies.JSON;
    }
    @Nullable String found = null;
    for (String one : accept.split(",", -1)) {
      String type = Bodies.mediaType(one);
      if (type.equals(Bodies.DECORATED)) {
        return Bodies.DECORATED;
      }
      if (Set.of(Bodies.JSON, "application/*", "*/*", "application/problem+json").contains(type)) {
        found = Bodies.JSON;
      }
    }
    return found;
  }

  private void serve(Operation operation, Action action, RoutingContext ctx) {
    ctx.put("operation", operation.id());
    boolean decorated = Bodies.DECORATED.equals(accepted(ctx));
    Future.succeededFuture()
        .compose(start -> gate.admit(operation, ctx))
        .compose(
            actor -> {
              Call call = read(operation, ctx, actor, decorated);
              return operation.changes()
                  ? changes.carryOut(call, action, ctx)
                  : action.answer(call);
            })
        .onSuccess(answer -> Exchange.send(ctx, answer, decorated))
        .onFailure(e -> Exchange.send(ctx, Problems.of(e, Exchange.trace(ctx))));
  }

  private static Call read(
      Operation operation, RoutingContext ctx, @Nullable Actor actor, boolean decorated) {
    headers(operation, ctx);
    JsonObject body =
        operation
            .body()
            .map(expected -> Bodies.read(expected, ctx.body().buffer()))
            .orElseGet(
                () -> {
                  if (ctx.body().length() > 0) {
                    throw Problem.badRequest("body_unexpected", "this request has no body");
                  }
                  return new JsonObject();
                });
    return call(operation, ctx, actor, body, decorated);
  }

  private static Call call(
      Operation operation,
      RoutingContext ctx,
      @Nullable Actor actor,
      JsonObject body,
      boolean decorated) {
    @Nullable String type = ctx.request().getHeader("Content-Type");
    return new Call(
        operation,
        actor,
        Exchange.trace(ctx),
        Gate.remote(ctx),
        Gate.target(ctx),
        Parameters.read(operation, ctx.pathParams(), ctx.queryParams()),
        ctx.request().getHeader("If-Match"),
        ctx.request().getHeader("Idempotency-Key"),
        null,
        body,
        type != null && Bodies.mediaType(type).equals(Bodies.DECORATED),
        decorated);
  }

  /* A condition that is not looked at would be a promise that is not kept. */
  private static void headers(Operation operation, RoutingContext ctx) {
    if (!operation.changes()) {
      return;
    }
    for (String header : List.of("If-Match", "If-None-Match", "Idempotency-Key")) {
      String value = ctx.request().getHeader(header);
      if (value == null) {
        continue;
      }
      boolean declared = operation.parameters().stream().anyMatch(p -> p.name().equals(header));
      if (!declared) {
        throw Problem.badRequest(
            "header_unexpected", "%s is not looked at by %s".formatted(header, operation.id()));
      }
      if (value.isEmpty() || value.length() > 200) {
        throw Problem.badRequest(
            "bad_header", "%s has 1 to 200 characters".formatted(header.toLowerCase(Locale.ROOT)));
      }
    }
  }

  private void failed(RoutingContext ctx, int status, Contract contract) {
    Throwable failure = ctx.failure();
    Problem problem =
        status == 500 && failure != null
            ? Problems.of(failure, Exchange.trace(ctx))
            : Problems.ofStatus(status, ctx.request().method().name(), Gate.target(ctx));
    if (status == 405) {
      String path = String.valueOf(ctx.request().path());
      ctx.response()
          .putHeader(
              "Allow",
              contract.operations().stream()
                  .filter(o -> path.matches(o.pattern()))
                  .map(o -> o.method().name())
                  .collect(Collectors.joining(", ")));
    }
    if (PageExchange.wanted(ctx)) {
      pages.send(ctx, problem);
    } else {
      Exchange.send(ctx, problem);
    }
  }
}

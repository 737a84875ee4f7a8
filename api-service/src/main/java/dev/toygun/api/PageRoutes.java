package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.pages.Frame;
import dev.toygun.api.pages.Page;
import dev.toygun.api.pages.Url;
import dev.toygun.api.pages.View;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The routes of the pages. A page has the URL of its operation, and is what a browser gets there:
 * the same gate, the same action, its answer as HTML.
 */
final class PageRoutes {
  private static final List<PageFile> FILES =
      List.of(
          new PageFile("/pages.css", "text/css; charset=utf-8"),
          new PageFile("/pages.js", "text/javascript; charset=utf-8"),
          new PageFile("/pages.svg", "image/svg+xml"));
  private static final int MAX_FORM = 64 * 1024;

  /** How many pages are made at once: one counts as one request, and asks for many things. */
  static final int AT_ONCE = 16;

  private final PageAnswers answers;
  private final PageExchange exchange;
  private final PageActs acts;
  private final SignIn signIn;
  private final Optional<SignInElsewhere> elsewhere;
  private int making;

  PageRoutes(
      PageAnswers answers,
      PageExchange exchange,
      PageActs acts,
      SignIn signIn,
      Optional<SignInElsewhere> elsewhere) {
    this.answers = answers;
    this.exchange = exchange;
    this.acts = acts;
    this.signIn = signIn;
    this.elsewhere = elsewhere;
  }

  /** Adds them: whatever is no page goes on to what is behind them. */
  void mount(Router router) {
    BodyHandler body =
        BodyHandler.create(false).setBodyLimit(MAX_FORM).setMergeFormAttributes(false);
    router.get("/").handler(browsed(ctx -> PageExchange.go(ctx, SignIn.HOME)));
    FILES.forEach(file -> file.mount(router));
    router
        .get(SignIn.IN)
        .handler(
            browsed(ctx -> askForKey(ctx, 200, SignIn.next(ctx.queryParams().get("next")), "")));
    elsewhere.ifPresent(there -> there.mount(router));
    router.post(SignIn.IN).handler(filled(body)).handler(this::signIn);
    router.post(SignIn.OUT).handler(filled(body)).handler(this::signOut);
    for (Page page : Page.values()) {
      Operation operation = answers.operation(page.operation());
      router
          .routeWithRegex(operation.method(), operation.pattern())
          .handler(ctx -> show(page, operation, ctx));
    }
    acts.mount(router, body);
  }

  private static Handler<RoutingContext> browsed(Handler<RoutingContext> handler) {
    return ctx -> {
      if (PageExchange.wanted(ctx)) {
        handler.handle(ctx);
      } else {
        ctx.next();
      }
    };
  }

  /** Reads what somebody filled in; whatever else is sent is left to what comes after it. */
  static Handler<RoutingContext> filled(BodyHandler body) {
    return ctx -> {
      if (PageExchange.isForm(ctx)) {
        body.handle(ctx);
      } else {
        ctx.next();
      }
    };
  }

  private void show(Page page, Operation operation, RoutingContext ctx) {
    boolean json = ctx.queryParams().getAll("as").equals(List.of("json"));
    if (json) {
      ctx.queryParams().remove("as");
    }
    if (json || !PageExchange.wanted(ctx)) {
      ctx.next();
      return;
    }
    Url url = url(ctx);
    exchange
        .admit(operation, ctx)
        .compose(actor -> made(page, operation, ctx, actor, url))
        .map(view -> exchange.templates.page(page, view))
        .onSuccess(html -> PageExchange.send(ctx, 200, html))
        .onFailure(e -> exchange.failed(ctx, e));
  }

  private Future<View> made(
      Page page, Operation operation, RoutingContext ctx, Actor actor, Url url) {
    if (making >= AT_ONCE) {
      return Future.failedFuture(RateLimit.tooMany(1));
    }
    making++;
    return Future.succeededFuture()
        .compose(go -> answers.ask(ctx, actor, operation, ctx.pathParams(), query(url)))
        .compose(
            it ->
                answers
                    .parts(ctx, actor, page, it, Map.of())
                    .map(
                        parts ->
                            new View(
                                PageExchange.frame(ctx, page.title(it)),
                                url,
                                page.words(it, url),
                                answers.allowed(actor),
                                page.events(it),
                                it,
                                parts)))
        .onComplete(done -> making--);
  }

  /* A form that only asks sends what was left empty too. */
  private static Url url(RoutingContext ctx) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    ctx.queryParams()
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                query.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
              }
            });
    return new Url(String.valueOf(ctx.request().path()), query);
  }

  private static MultiMap query(Url url) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    url.query().forEach(query::add);
    return query;
  }

  private void askForKey(RoutingContext ctx, int status, String next, String wrong) {
    Frame frame = Frame.of("Sign in", signIn.token(ctx).form());
    PageExchange.send(
        ctx,
        status,
        exchange.templates.signIn(frame, next, wrong, elsewhere.map(SignInElsewhere::link)));
  }

  private void signIn(RoutingContext ctx) {
    MultiMap form = ctx.request().formAttributes();
    String next = SignIn.next(form.get("next"));
    signIn
        .begin(ctx, Objects.requireNonNullElse(form.get("key"), ""))
        .onSuccess(begun -> PageExchange.go(ctx, next))
        .onFailure(
            e -> {
              Problem problem = Problems.of(e, Exchange.trace(ctx));
              if (problem.status() == 401) {
                askForKey(ctx, 401, next, problem.detail());
              } else {
                exchange.send(ctx, problem);
              }
            });
  }

  private void signOut(RoutingContext ctx) {
    signIn
        .end(ctx)
        .onSuccess(ended -> PageExchange.go(ctx, SignIn.IN))
        .onFailure(e -> exchange.failed(ctx, e));
  }
}

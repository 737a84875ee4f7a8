package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.pages.Frame;
import dev.toygun.api.pages.Page;
import dev.toygun.api.pages.Shown;
import dev.toygun.api.pages.Templates;
import dev.toygun.api.pages.Url;
import dev.toygun.api.pages.View;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The routes of the pages. A page has the URL of its operation, and is what a browser gets there:
 * the same gate, the same action, its answer as HTML.
 */
final class PageRoutes {
  private static final String HTML = "text/html";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String STYLES = "/pages.css";
  private static final String FRAME = "toygun.frame";
  private static final int MAX_FORM = 64 * 1024;
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
              + " base-uri 'none'; frame-ancestors 'none'",
          "Content-Type",
          HTML + "; charset=utf-8",
          // With none at all a browser would not say where a form of ours was sent from.
          "Referrer-Policy",
          "same-origin",
          "Vary",
          "Accept, Cookie");

  private final PageAnswers answers;
  private final Gate gate;
  private final SignIn signIn;
  private final Templates templates = new Templates();
  private final Buffer styles = styles();

  PageRoutes(Contract contract, Map<String, Action> actions, Gate gate, SignIn signIn) {
    this.answers = new PageAnswers(contract, actions);
    this.gate = gate;
    this.signIn = signIn;
  }

  /** Adds them: whatever is no page goes on to what is behind them. */
  void mount(Router router) {
    BodyHandler body =
        BodyHandler.create(false).setBodyLimit(MAX_FORM).setMergeFormAttributes(false);
    router.get("/").handler(browsed(ctx -> go(ctx, SignIn.HOME)));
    router.get(STYLES).handler(this::styles);
    router.get(SignIn.IN).handler(browsed(ctx -> askForKey(ctx, 200, next(ctx), "")));
    router.post(SignIn.IN).handler(filled(body)).handler(this::signIn);
    router.post(SignIn.OUT).handler(filled(body)).handler(this::signOut);
    for (Page page : Page.values()) {
      Operation operation = answers.operation(page.operation());
      router
          .routeWithRegex(operation.method(), operation.pattern())
          .handler(ctx -> show(page, operation, ctx));
    }
  }

  /** Whether a request is one of a browser, that wants to show what it gets to somebody. */
  static boolean wanted(RoutingContext ctx) {
    @Nullable String accept = ctx.request().getHeader("Accept");
    return accept != null && accept.contains(HTML) && !accept.contains(Bodies.JSON);
  }

  private static Handler<RoutingContext> browsed(Handler<RoutingContext> handler) {
    return ctx -> {
      if (wanted(ctx)) {
        handler.handle(ctx);
      } else {
        ctx.next();
      }
    };
  }

  private static boolean isForm(RoutingContext ctx) {
    @Nullable String type = ctx.request().getHeader("Content-Type");
    return type != null && Bodies.mediaType(type).equals(FORM);
  }

  private static Handler<RoutingContext> filled(BodyHandler body) {
    return ctx -> {
      if (isForm(ctx)) {
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
    if (json || !wanted(ctx)) {
      ctx.next();
      return;
    }
    ctx.put("operation", operation.id());
    Url url = url(ctx);
    gate.admit(operation, ctx, Gate.key(ctx))
        .compose(
            actor -> {
              Frame frame = frame(ctx, actor);
              return answers
                  .ask(ctx, actor, operation, ctx.pathParams(), query(url))
                  .compose(
                      it ->
                          answers
                              .parts(ctx, actor, page, it, Map.of())
                              .map(
                                  parts ->
                                      new View(
                                          frame.about(page.title(it)),
                                          url,
                                          page.words(it, url),
                                          it,
                                          parts)));
            })
        .map(view -> templates.page(page, view))
        .onSuccess(html -> send(ctx, 200, html))
        .onFailure(e -> failed(ctx, e));
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

  /* Also around the problem, if one comes of it. */
  private Frame frame(RoutingContext ctx, Actor actor) {
    Frame frame = new Frame("", actor.name(), actor.role().stored(), signIn.token(ctx).form());
    ctx.put(FRAME, frame);
    return frame;
  }

  private static String next(RoutingContext ctx) {
    return SignIn.next(ctx.queryParams().get("next"));
  }

  private void askForKey(RoutingContext ctx, int status, String next, String wrong) {
    Frame frame = Frame.of("Sign in", signIn.token(ctx).form());
    send(ctx, status, templates.signIn(frame, next, wrong));
  }

  private void signIn(RoutingContext ctx) {
    MultiMap form = ctx.request().formAttributes();
    String next = SignIn.next(form.get("next"));
    checked(ctx)
        .compose(ours -> signIn.begin(ctx, Objects.requireNonNullElse(form.get("key"), "")))
        .onSuccess(begun -> go(ctx, next))
        .onFailure(
            e -> {
              Problem problem = Problems.of(e, Exchange.trace(ctx));
              if (problem.status() == 401) {
                askForKey(ctx, 401, next, problem.detail());
              } else {
                send(ctx, problem);
              }
            });
  }

  private void signOut(RoutingContext ctx) {
    checked(ctx)
        .compose(ours -> signIn.end(ctx))
        .onSuccess(ended -> go(ctx, SignIn.IN))
        .onFailure(e -> failed(ctx, e));
  }

  private static Future<Void> checked(RoutingContext ctx) {
    return Future.succeededFuture()
        .map(
            go -> {
              SessionToken.check(ctx, ctx.request().formAttributes().get("form"));
              return null;
            });
  }

  private void failed(RoutingContext ctx, Throwable failure) {
    Problem problem = Problems.of(failure, Exchange.trace(ctx));
    if (problem.status() == 401) {
      boolean asked = ctx.request().method().equals(HttpMethod.GET);
      String next = asked ? String.valueOf(ctx.request().uri()) : SignIn.HOME;
      go(ctx, SignIn.IN + "?next=" + Url.encoded(SignIn.next(next)));
    } else {
      send(ctx, problem);
    }
  }

  /** Sends a problem, as a page. */
  void send(RoutingContext ctx, Problem problem) {
    Shown shown = Shown.of(problem.body(Exchange.trace(ctx)));
    Frame frame = ctx.get(FRAME, Frame.of("", ""));
    problem.headers().forEach(ctx.response()::putHeader);
    send(ctx, problem.status(), templates.problem(frame.about(shown.text("title")), shown));
  }

  private static void send(RoutingContext ctx, int status, String html) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    HEADERS.forEach(response::putHeader);
    response.setStatusCode(status).end(html);
  }

  private static void go(RoutingContext ctx, String where) {
    if (!ctx.response().ended() && !ctx.response().closed()) {
      ctx.response().setStatusCode(303).putHeader("Location", where).end();
    }
  }

  private void styles(RoutingContext ctx) {
    ctx.response()
        .putHeader("Content-Type", "text/css; charset=utf-8")
        .putHeader("Cache-Control", "max-age=300")
        .end(styles);
  }

  private static Buffer styles() {
    try (InputStream in = PageRoutes.class.getResourceAsStream("pages" + STYLES)) {
      return Buffer.buffer(
          Objects.requireNonNull(in, STYLES + " is missing from the program").readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

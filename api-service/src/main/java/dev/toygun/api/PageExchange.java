package dev.toygun.api;

import dev.toygun.api.Contract.Operation;
import dev.toygun.api.pages.Frame;
import dev.toygun.api.pages.Shown;
import dev.toygun.api.pages.Templates;
import dev.toygun.api.pages.Url;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every page has, whatever it shows: headers, who reads it, and what is said instead of it.
 */
final class PageExchange {
  private static final String HTML = "text/html";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String FRAME = "toygun.frame";
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
              + " connect-src 'self'; form-action 'self';"
              + " base-uri 'none'; frame-ancestors 'none'",
          "Content-Type",
          HTML + "; charset=utf-8",
          // With none at all a browser would not say where a form of ours was sent from.
          "Referrer-Policy",
          "same-origin",
          "Vary",
          "Accept, Cookie");

  private final Gate gate;
  private final SignIn signIn;
  final Templates templates = new Templates();

  PageExchange(Gate gate, SignIn signIn) {
    this.gate = gate;
    this.signIn = signIn;
  }

  /** Whether a request is one of a browser, that wants to show what it gets to somebody. */
  static boolean wanted(RoutingContext ctx) {
    @Nullable String accept = ctx.request().getHeader("Accept");
    return accept != null
        && accept.contains(HTML)
        && !accept.contains(Bodies.JSON)
        // Libraries ask for HTML by themselves, as Java's own does.
        && Gate.bearer(ctx).isEmpty();
  }

  /** Whether it sends a form that somebody filled in. */
  static boolean isForm(RoutingContext ctx) {
    @Nullable String type = ctx.request().getHeader("Content-Type");
    return type != null && Bodies.mediaType(type).equals(FORM) && Gate.bearer(ctx).isEmpty();
  }

  /** Whoever reads it, if they may. What goes wrong from now on is shown to them as theirs. */
  Future<Actor> admit(Operation operation, RoutingContext ctx) {
    ctx.put("operation", operation.id());
    return gate.admit(operation, ctx, Gate.key(ctx))
        .onSuccess(
            actor ->
                ctx.put(
                    FRAME,
                    new Frame(
                        "",
                        actor.name(),
                        actor.role().stored(),
                        actor.role().allows(Role.AUDITOR),
                        signIn.token(ctx).form())));
  }

  /** Whoever sends a form that they were given, if they may. */
  Future<Actor> filledIn(Operation operation, RoutingContext ctx) {
    return gate.checked(operation, ctx).compose(ours -> admit(operation, ctx));
  }

  /** What is around a page with this title. */
  static Frame frame(RoutingContext ctx, String title) {
    return ctx.get(FRAME, Frame.of("", "")).about(title);
  }

  /** Says what went wrong; whoever is not signed in is asked to. */
  void failed(RoutingContext ctx, Throwable failure) {
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
    problem.headers().forEach(ctx.response()::putHeader);
    send(ctx, problem.status(), templates.problem(frame(ctx, shown.text("title")), shown));
  }

  /**
   * Sends whoever has come back signed in on to where they wanted to be. By a page, not by a
   * status: a browser that is on its way from elsewhere does not show the cookie that it has just
   * been given.
   */
  void signedIn(RoutingContext ctx, String next) {
    ctx.response().putHeader("Refresh", "0; url=" + next);
    send(ctx, 200, templates.signedIn(Frame.of("Signed in", ""), next));
  }

  /** Sends a page. */
  static void send(RoutingContext ctx, int status, String html) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    HEADERS.forEach(response::putHeader);
    response.setStatusCode(status).end(html);
  }

  /** Sends the browser elsewhere. */
  static void go(RoutingContext ctx, String where) {
    if (!ctx.response().ended() && !ctx.response().closed()) {
      ctx.response().setStatusCode(303).putHeader("Location", where).end();
    }
  }
}

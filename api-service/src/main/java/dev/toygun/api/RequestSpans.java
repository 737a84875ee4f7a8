package dev.toygun.api;

import dev.toygun.time.Time;
import dev.toygun.trace.Spans;
import dev.toygun.trace.Spans.Span;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells of requests that change something, and of those whose caller collects its trace. */
final class RequestSpans {
  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final int FAILED = 500;

  private final Spans spans;
  private final Time time;

  RequestSpans(Spans spans, Time time) {
    this.spans = spans;
    this.time = time;
  }

  /** Tells of this one once it is answered. */
  void begin(RoutingContext ctx) {
    Optional<String> parent = Exchange.parent(ctx);
    if (!spans.collected() || (parent.isEmpty() && READS.contains(ctx.request().method()))) {
      return;
    }
    Instant begun = time.now();
    ctx.addEndHandler(ended -> spans.ended(span(ctx, parent, begun)));
  }

  private Span span(RoutingContext ctx, Optional<String> parent, Instant begun) {
    String operation = ctx.get("operation", "none");
    int status = ctx.response().getStatusCode();
    return new Span(
        Exchange.trace(ctx),
        parent.orElse(null),
        Spans.Kind.REQUEST,
        operation,
        begun,
        time.now(),
        Map.of(
            "http.request.method", ctx.request().method().name(),
            "http.response.status_code", Integer.toString(status),
            "url.path", ctx.request().path()),
        status < FAILED ? null : "status " + status);
  }
}

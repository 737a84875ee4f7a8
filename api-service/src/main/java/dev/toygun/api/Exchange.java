package dev.toygun.api;

import dev.toygun.time.Time;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every answer has, whatever it says: a trace id, and headers that allow a browser nothing.
 */
final class Exchange {
  private static final String TRACE = "toygun.trace";
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2}).*");
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  private Exchange() {}

  /** Begins an answer: takes over the caller's trace id, or makes one. */
  static void begin(RoutingContext ctx, Time time) {
    String trace = trace(ctx.request().getHeader("traceparent"), time);
    ctx.put(TRACE, trace);
    HttpServerResponse response = ctx.response();
    ALWAYS.forEach(response::putHeader);
    response.putHeader("Trace-Id", trace);
  }

  private static String trace(@Nullable String parent, Time time) {
    Matcher matcher = TRACEPARENT.matcher(parent == null ? "" : parent);
    if (matcher.matches() && !matcher.group(1).matches("0*")) {
      return matcher.group(1);
    }
    byte[] bytes = new byte[16];
    time.random(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String trace(RoutingContext ctx) {
    return ctx.get(TRACE, "");
  }

  /** The span of the caller that this is for, if it named one and its trace is collected. */
  static Optional<String> parent(RoutingContext ctx) {
    @Nullable String header = ctx.request().getHeader("traceparent");
    Matcher matcher = TRACEPARENT.matcher(header == null ? "" : header);
    return matcher.matches() && matcher.group(1).equals(trace(ctx)) && isSampled(matcher)
        ? Optional.of(matcher.group(2))
        : Optional.empty();
  }

  private static boolean isSampled(Matcher traceparent) {
    return (Integer.parseInt(traceparent.group(3), 16) & 1) == 1;
  }

  /** Sends an answer. */
  static void send(RoutingContext ctx, Answer answer, boolean decorated) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return; // the caller has gone, or was told that it took too long
    }
    answer.headers().forEach(response::putHeader);
    @Nullable String tag = answer.headers().get("ETag");
    @Nullable String known = ctx.request().getHeader("If-None-Match");
    if (tag != null && answer.status() == 200 && known != null && matches(known, tag)) {
      response.setStatusCode(304).end();
      return;
    }
    response.setStatusCode(answer.status());
    JsonObject body = answer.body();
    if (body == null) {
      response.end();
      return;
    }
    response
        .putHeader("Content-Type", decorated ? Bodies.DECORATED : Bodies.JSON)
        .end(body.toBuffer());
  }

  private static boolean matches(String known, String tag) {
    for (String one : known.split(",", -1)) {
      String stripped = one.strip();
      if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  /** Sends a problem. */
  static void send(RoutingContext ctx, Problem problem) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return;
    }
    problem.headers().forEach(response::putHeader);
    Buffer body = problem.body(trace(ctx)).toBuffer();
    if (problem.status() == 413) {
      // The rest of what the caller is sending is not read.
      response.putHeader("Connection", "close");
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/problem+json")
        .end(body);
  }
}

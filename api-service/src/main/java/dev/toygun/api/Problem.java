package dev.toygun.api;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A request that is not answered as its caller hoped, as RFC 9457 has it. Carries no cause and no
 * stack: whatever a caller reads was written for callers.
 */
class Problem extends RuntimeException {
  private final int status;
  private final String code;
  private final transient List<Wrong> errors;
  private final transient Map<String, String> headers;

  /** How much of what is wrong is told, about. */
  static final int MOST_WRONG = 100;

  /**
   * One thing that is wrong with a request.
   *
   * @param pointer a JSON pointer into the body, or the name of a parameter
   */
  record Wrong(String pointer, String detail) {}

  Problem(int status, String code, String detail, List<Wrong> errors, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  Problem(int status, String code, String detail) {
    this(status, code, detail, List.of(), Map.of());
  }

  /** The request cannot be read. */
  static Problem badRequest(String code, String detail) {
    return new Problem(400, code, detail);
  }

  /** There is no such thing. */
  static Problem notFound(String code, String detail) {
    return new Problem(404, code, detail);
  }

  /** Things are not as the request needs them. */
  static Problem conflict(String code, String detail) {
    return new Problem(409, code, detail);
  }

  /** The request can be read, and asks for what cannot be. */
  static Problem invalid(List<Wrong> all) {
    List<Wrong> errors = all.size() <= MOST_WRONG ? all : all.subList(0, MOST_WRONG + 1);
    Wrong one = errors.get(0);
    String first = one.pointer().isEmpty() ? one.detail() : one.pointer() + ": " + one.detail();
    String more = all.size() == 1 ? "" : " (and %d more)".formatted(all.size() - 1);
    return new Problem(422, "invalid", first + more, errors, Map.of());
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  List<Wrong> errors() {
    return errors;
  }

  Map<String, String> headers() {
    return headers;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  JsonObject body(String trace) {
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", detail())
            .put("code", code);
    if (!errors.isEmpty()) {
      JsonArray all = new JsonArray();
      errors.forEach(
          e -> all.add(new JsonObject().put("pointer", e.pointer()).put("detail", e.detail())));
      body.put("errors", all);
    }
    return body.put("trace_id", trace);
  }
}

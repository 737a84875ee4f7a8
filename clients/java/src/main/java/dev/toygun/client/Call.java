package dev.toygun.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request for an operation: what is sent with it. Not for several threads at once. */
final class Call {
  private final Operation operation;
  private final Map<String, String> path = new HashMap<>();
  private final Map<String, Object> query = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> body = new LinkedHashMap<>();
  private final Map<String, String> headers = new HashMap<>();

  Call(Operation operation) {
    this.operation = operation;
  }

  /** Of a resource. */
  static Call of(Operation operation, NamedResource resource) {
    return of(operation, (Named) resource).path("type", resource.type());
  }

  /** Of what has a uuid. */
  static Call of(Operation operation, Named named) {
    return new Call(operation).path("uuid", named.uuid().toString());
  }

  Operation operation() {
    return operation;
  }

  Map<String, String> headers() {
    return headers;
  }

  Call path(String name, String value) {
    if (value.isEmpty() || value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException(
          "%s: a %s is expected, not \"%s\"".formatted(operation, name, value));
    }
    path.put(name, value);
    return this;
  }

  Call query(String name, Object value) {
    query.put(name, value);
    return this;
  }

  Call body(String name, @Nullable Object value) {
    body.put(name, value);
    return this;
  }

  /** What the caller says besides: in the body where the operation has one, else in the query. */
  Call with(Option... options) {
    return with(Given.all(options));
  }

  Call with(Map<String, @Nullable Object> given) {
    given.forEach(
        (name, value) -> {
          if (name.equals("If-Match")) {
            headers.put(name, String.valueOf(value));
          } else if (hasBody()) {
            body.put(name, value);
          } else if (value != null) {
            query.put(name, value);
          }
        });
    return this;
  }

  /** The same, for another page; the first one where the token is empty. */
  Call page(String token) {
    Call page = new Call(operation);
    page.path.putAll(path);
    page.query.putAll(query);
    page.headers.putAll(headers);
    return token.isEmpty() ? page : page.query("page_token", token);
  }

  private boolean hasBody() {
    return operation.method().equals("POST") || operation.method().equals("PATCH");
  }

  /** Null where there is none. */
  byte @Nullable [] body() {
    return hasBody() ? Json.write(body) : null;
  }

  /** The path and the query. */
  String target() {
    String target = operation.path();
    for (Map.Entry<String, String> part : path.entrySet()) {
      target = target.replace("{" + part.getKey() + "}", escaped(part.getValue()));
    }
    StringBuilder whole = new StringBuilder(target);
    query.forEach(
        (name, value) -> {
          for (Object one : value instanceof Collection<?> all ? all : List.of(value)) {
            whole.append(whole.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
            whole.append(escaped(one instanceof Instant at ? Json.text(at) : one.toString()));
          }
        });
    return whole.toString();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package dev.toygun.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The contract, {@code openapi.yaml}: what there is, who may use it, and what may be sent. Routes
 * are made from it, so nothing is served that it does not have.
 */
final class Contract {
  private static final String FILE = "/openapi.yaml";

  private final JsonObject document;
  private final List<Operation> operations;

  private Contract(JsonObject document) {
    this.document = document;
    List<Operation> all = new ArrayList<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(path);
      for (String method : methods.fieldNames()) {
        all.add(operation(path, method, methods.getJsonObject(method)));
      }
    }
    operations = List.copyOf(all);
  }

  /**
   * One operation.
   *
   * @param role the least that may use it; empty where it is open
   * @param body what its body has to be; empty where it has none
   * @param streams whether its answer is a stream of events
   * @param changes whether it may change something: all do that are sent otherwise than by {@code
   *     GET}, but for those that the contract marks with {@code x-reads}
   * @param within how it is kept within what its caller's key is limited to
   * @param subtree whether it may be asked by a key that is limited to a subtree: not, where the
   *     contract does not say so with {@code x-subtree}
   * @param audited which members of its body are noted in the audit
   */
  record Operation(
      String id,
      HttpMethod method,
      String path,
      Optional<Role> role,
      List<Parameter> parameters,
      Optional<Body> body,
      boolean streams,
      boolean changes,
      Within within,
      boolean subtree,
      List<String> audited) {
    /** The path as a regular expression with a named group for each parameter. */
    String pattern() {
      StringBuilder regex = new StringBuilder();
      int at = 0;
      for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', at)) {
        int close = path.indexOf('}', open);
        regex.append(java.util.regex.Pattern.quote(path.substring(at, open)));
        regex.append("(?<").append(path, open + 1, close).append(">[^/:]+)");
        at = close + 1;
      }
      return at == path.length()
          ? regex.toString()
          : regex.append(java.util.regex.Pattern.quote(path.substring(at))).toString();
    }
  }

  /** A body, and the schema that it is held against. */
  record Body(boolean required, Validator validator) {}

  /** A parameter in the path, the query or a header. */
  record Parameter(String name, In in, boolean required, JsonObject schema) {
    String type() {
      return schema.getString("type");
    }

    /** Where a parameter stands. */
    enum In {
      PATH,
      QUERY,
      HEADER
    }
  }

  /** Reads the contract that comes with this program. */
  static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream(FILE)) {
      Objects.requireNonNull(in, FILE + " is missing from the program");
      Map<String, Object> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new Contract(new JsonObject(map).copy());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Operation> operations() {
    return operations;
  }

  /** The whole, as JSON. */
  JsonObject document() {
    return document;
  }

  /** Holds values against a schema of the contract, which may refer to any other of it. */
  Validator validator(JsonObject schema) {
    JsonObject whole = schema.copy().put("components", document.getJsonObject("components").copy());
    return Validator.create(JsonSchema.of(whole), Bodies.OPTIONS);
  }

  private Operation operation(String path, String method, JsonObject it) {
    List<Parameter> parameters = new ArrayList<>();
    JsonArray listed = it.getJsonArray("parameters", new JsonArray());
    for (int i = 0; i < listed.size(); i++) {
      JsonObject p = resolve(listed.getJsonObject(i));
      parameters.add(
          new Parameter(
              p.getString("name"),
              Parameter.In.valueOf(p.getString("in").toUpperCase(java.util.Locale.ROOT)),
              p.getBoolean("required", false),
              p.getJsonObject("schema")));
    }
    JsonObject body = it.getJsonObject("requestBody");
    return new Operation(
        it.getString("operationId"),
        HttpMethod.valueOf(method.toUpperCase(java.util.Locale.ROOT)),
        path,
        role(it),
        List.copyOf(parameters),
        Optional.ofNullable(body).map(this::body),
        streams(it),
        !method.equals("get") && !it.getBoolean("x-reads", false),
        within(it),
        it.getBoolean("x-subtree", false),
        it.getJsonArray("x-audited", new JsonArray()).stream().map(String.class::cast).toList());
  }

  private static boolean streams(JsonObject operation) {
    JsonObject good = operation.getJsonObject("responses").getJsonObject("200");
    return good != null
        && good.getJsonObject("content", new JsonObject()).containsKey(Bodies.EVENTS);
  }

  private static Optional<Role> role(JsonObject operation) {
    JsonArray security = operation.getJsonArray("security");
    if (security != null && security.isEmpty()) {
      return Optional.empty();
    }
    String role = operation.getString("x-role");
    return Optional.of(
        Role.ofStored(String.valueOf(role))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s: operation %s has no x-role"
                            .formatted(FILE, operation.getString("operationId")))));
  }

  private static Within within(JsonObject operation) {
    String within = String.valueOf(operation.getString("x-within"));
    try {
      return Within.of(within);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s: operation %s has x-within %s, and needs one of %s"
              .formatted(
                  FILE,
                  operation.getString("operationId"),
                  within,
                  java.util.Arrays.toString(Within.values())),
          e);
    }
  }

  private Body body(JsonObject body) {
    JsonObject schema =
        body.getJsonObject("content").getJsonObject("application/json").getJsonObject("schema");
    return new Body(body.getBoolean("required", false), validator(schema));
  }

  /** What a {@code $ref} stands for, or the object itself. */
  JsonObject resolve(JsonObject object) {
    @Nullable String ref = object.getString("$ref");
    if (ref == null) {
      return object;
    }
    JsonObject at = document;
    for (String part : ref.substring(2).split("/", -1)) {
      at = at.getJsonObject(part);
    }
    return at;
  }
}

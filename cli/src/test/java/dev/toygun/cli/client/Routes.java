package dev.toygun.cli.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the API's contract, {@code openapi.yaml}, has; and what is wrong with a request by it. */
final class Routes {
  private static final JsonSchemaOptions OPTIONS =
      new JsonSchemaOptions()
          .setBaseUri("app://toygun")
          .setDraft(Draft.DRAFT202012)
          .setOutputFormat(OutputFormat.Basic);

  private final JsonObject document;

  private Routes(JsonObject document) {
    this.document = document;
  }

  static Routes load() throws IOException {
    try (InputStream in = Routes.class.getResourceAsStream("/openapi.yaml")) {
      Map<String, Object> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new Routes(new JsonObject(map).copy());
    }
  }

  /** What is wrong with a request: nothing, where the contract has it. */
  List<String> wrong(FakeApi.Asked asked) {
    URI target = URI.create(asked.target());
    JsonObject operation = operation(asked.method(), target.getRawPath());
    if (operation == null) {
      return List.of("the contract has no " + asked.method() + " " + target.getRawPath());
    }
    List<String> wrong = new ArrayList<>();
    Set<String> known = new HashSet<>();
    JsonArray parameters = operation.getJsonArray("parameters", new JsonArray());
    for (int i = 0; i < parameters.size(); i++) {
      JsonObject parameter = resolved(parameters.getJsonObject(i));
      known.add(parameter.getString("in") + " " + parameter.getString("name"));
    }
    String query = target.getRawQuery() == null ? "" : target.getRawQuery();
    for (String one : query.split("&", -1)) {
      String name = one.replaceAll("=.*", "");
      if (!name.isEmpty() && !known.contains("query " + name)) {
        wrong.add(asked + ": it takes no " + name);
      }
    }
    if (asked.ifMatch() != null && !known.contains("header If-Match")) {
      wrong.add(asked + ": it takes no If-Match");
    }
    if (!asked.body().isEmpty()) {
      wrong.addAll(wrong(asked, operation.getJsonObject("requestBody")));
    }
    return wrong;
  }

  private List<String> wrong(FakeApi.Asked asked, @Nullable JsonObject body) {
    if (body == null) {
      return List.of(asked + ": it takes no body");
    }
    JsonObject schema =
        body.getJsonObject("content").getJsonObject("application/json").getJsonObject("schema");
    JsonObject whole = schema.copy().put("components", document.getJsonObject("components").copy());
    OutputUnit unit =
        Validator.create(JsonSchema.of(whole), OPTIONS).validate(new JsonObject(asked.body()));
    return Boolean.TRUE.equals(unit.getValid())
        ? List.of()
        : List.of(asked + ": " + unit.toJson().encode());
  }

  private @Nullable JsonObject operation(String method, String path) {
    JsonObject paths = document.getJsonObject("paths");
    for (String known : paths.fieldNames()) {
      JsonObject operation =
          paths.getJsonObject(known).getJsonObject(method.toLowerCase(Locale.ROOT));
      String pattern = "\\Q" + known.replaceAll("\\{[^}]*}", "\\\\E[^/:]+\\\\Q") + "\\E";
      if (operation != null && path.matches(pattern)) {
        return operation;
      }
    }
    return null;
  }

  private JsonObject resolved(JsonObject object) {
    String ref = object.getString("$ref");
    JsonObject at = ref == null ? object : document;
    for (String part : ref == null ? new String[0] : ref.substring(2).split("/", -1)) {
      at = at.getJsonObject(part);
    }
    return at;
  }
}

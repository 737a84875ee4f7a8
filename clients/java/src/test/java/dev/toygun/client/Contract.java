package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract as the API's module has it, {@code openapi.yaml}. */
record Contract(JsonNode document) {
  static Contract load() throws IOException {
    Path file =
        Path.of(Objects.requireNonNull(System.getProperty("toygun.root"), "run by Maven"))
            .resolve("api-service/src/main/resources/openapi.yaml");
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(200);
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, Object> map = new Yaml(new SafeConstructor(options)).load(in);
      return new Contract(new ObjectMapper().valueToTree(map));
    }
  }

  /** One operation of it. */
  record Described(String name, JsonNode json) {}

  Set<String> names() {
    Set<String> names = new HashSet<>();
    for (JsonNode methods : document.path("paths")) {
      methods.forEach(one -> names.add(one.path("operationId").asText()));
    }
    return names;
  }

  /** The operation that a request is for. */
  Described operation(Peer.Asked asked) {
    String path = URI.create(asked.target()).getRawPath();
    for (Map.Entry<String, JsonNode> known : document.path("paths").properties()) {
      String pattern = "\\Q" + known.getKey().replaceAll("\\{[^}]*}", "\\\\E[^/:]+\\\\Q") + "\\E";
      JsonNode operation = known.getValue().path(asked.method().toLowerCase(Locale.ROOT));
      if (operation.isObject() && path.matches(pattern)) {
        return new Described(operation.path("operationId").asText(), operation);
      }
    }
    throw new AssertionError(asked.method() + " " + path + " is not in the contract");
  }

  /** Which parameters it takes in a query, or as headers. */
  Set<String> parameters(Described operation, String in) {
    Set<String> names = new HashSet<>();
    for (JsonNode one : operation.json().path("parameters")) {
      JsonNode parameter = resolved(one);
      if (parameter.path("in").asText().equals(in)) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  /** What its body is to be; missing where it takes none. */
  JsonNode body(Described operation) {
    JsonNode content = operation.json().path("requestBody").path("content");
    return resolved(content.path("application/json").path("schema"));
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asText().substring(1));
    }
    return found;
  }

  /** The names in a query. */
  static Set<String> query(Peer.Asked asked) {
    String query = Objects.requireNonNullElse(URI.create(asked.target()).getRawQuery(), "");
    return Arrays.stream(query.split("&", -1))
        .map(one -> one.replaceAll("=.*", ""))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}

package dev.toygun.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a verb shows what it got. */
final class Output {
  /** The forms of {@code -o}. */
  enum Form {
    wide,
    json,
    yaml,
    name
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description =
          "One of ${COMPLETION-CANDIDATES}; where nobody says, a table that is cut at the end of the screen.")
  private @Nullable Form form;

  /** Whether people read it. */
  boolean isTable() {
    return form == null || form == Form.wide;
  }

  private boolean isWide() {
    return form == Form.wide;
  }

  /**
   * Shows one thing, or a list of them.
   *
   * @param answer what the API said
   * @param items the things in it
   * @param table what to show where no other form was asked for
   */
  void show(PrintWriter out, JsonNode answer, List<JsonNode> items, Table table) {
    if (form == null || form == Form.wide) {
      print(out, table);
    } else {
      switch (form) {
        case json -> out.println(json(answer));
        case yaml -> out.print(Yaml.text(answer));
        case name -> items.forEach(item -> out.println(name(item)));
        case wide -> throw new AssertionError("shown as a table");
      }
    }
    out.flush();
  }

  /** A table, as wide as it was asked for. */
  void print(PrintWriter out, Table table) {
    out.print(isWide() ? table.wide() : table.text(Screen.width()));
  }

  /** TYPE/LABEL of a resource, else what tells it from others: what hangs off one has its label. */
  static String name(JsonNode item) {
    JsonNode uuid = item.path("uuid");
    if (item.hasNonNull("label")
        && item.path("resource").asText(uuid.asText()).equals(uuid.asText())) {
      return item.path("type").asText() + "/" + item.path("label").asText();
    }
    return uuid.isTextual() ? uuid.asText() : item.path("name").asText();
  }

  private static String json(JsonNode node) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON can be written as JSON", e);
    }
  }
}

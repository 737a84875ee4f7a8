package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says why something waits. */
@Command(
    name = "explain",
    description = {
      "Say why a resource and its active tasks wait.",
      "",
      "Examples:",
      "  toygun explain website home"
    })
public final class Explain extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode answer = api.get(Named.path(api, type, name) + "/explain");
    List<JsonNode> items = new ArrayList<>();
    answer.path("items").forEach(items::add);
    Table table = new Table("WHO", "STATE", "REASON", "BECAUSE");
    for (JsonNode item : items) {
      table.row(
          item.path("task").isTextual() ? item.path("task").asText() : type + "/" + name,
          item.path("state").asText(),
          item.path("reason").asText(),
          item.path("because").asText());
    }
    output.show(out, answer, items, table);
    return Exit.OK;
  }
}

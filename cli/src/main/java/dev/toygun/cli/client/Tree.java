package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a resource and what is below it. */
@Command(
    name = "tree",
    description = {
      "Show a resource and everything active below it, with states and open alarms.",
      "",
      "Example:",
      "  toygun tree website home"
    })
public final class Tree extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Show so many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  int run(Api api, PrintWriter out) {
    List<JsonNode> found = Lists.all(api, Named.path(api, type, name) + "/tree", limit + 1);
    List<JsonNode> shown = found.subList(0, Math.min(found.size(), limit));
    output.show(out, Lists.of(shown), shown, table(shown));
    if (shown.size() < found.size()) {
      err().printf("Only the first %d are shown: there are more (--limit).%n", limit);
    }
    return Exit.OK;
  }

  private static Table table(List<JsonNode> nodes) {
    Table table = new Table("RESOURCE", "STATE", "AVAILABILITY", "ALARMS", "UUID");
    for (JsonNode node : nodes) {
      table.row(
          indent(node.path("depth").asInt()) + Output.name(node),
          Words.state(node),
          node.path("availability").asText(),
          alarms(node.path("alarms")),
          Lists.ending(node.path("uuid").asText()));
    }
    return table;
  }

  /* A cell keeps no blanks at its beginning. */
  private static String indent(int depth) {
    return depth == 0 ? "" : "│ ".repeat(depth - 1) + "├ ";
  }

  private static String alarms(JsonNode alarms) {
    StringJoiner all = new StringJoiner(", ");
    for (JsonNode alarm : alarms) {
      String task = alarm.path("task").isTextual() ? alarm.path("task").asText() + ":" : "";
      String state = alarm.path("state").asText();
      all.add(task + alarm.path("name").asText() + (state.equals("open") ? "" : " " + state));
    }
    return all.toString();
  }
}

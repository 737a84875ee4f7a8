package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
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

  /** A cell keeps no blanks at its beginning, but these. */
  private static final String BLANK = "\u00a0 ";

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
    Table table = new Table("RESOURCE", "STATE", "AVAILABILITY", "ALARMS", "UUID").onlyWide("UUID");
    List<String> branches =
        branches(nodes.stream().map(node -> node.path("depth").asInt()).toList());
    for (int i = 0; i < nodes.size(); i++) {
      JsonNode node = nodes.get(i);
      table.row(
          branches.get(i) + Output.name(node),
          Words.state(node, lies(node)),
          node.path("availability").asText(),
          alarms(node.path("alarms")),
          node.path("uuid").asText());
    }
    return table;
  }

  /**
   * What stands before names so deep. Drawn from the last one up: there it is known whether a
   * sibling follows.
   */
  static List<String> branches(List<Integer> depths) {
    List<String> branches = new ArrayList<>();
    BitSet follows = new BitSet();
    for (int i = depths.size() - 1; i >= 0; i--) {
      int depth = depths.get(i);
      branches.add(branch(depth, follows));
      follows.clear(depth + 1, Math.max(depth + 1, follows.length()));
      follows.set(depth);
    }
    Collections.reverse(branches);
    return branches;
  }

  private static String branch(int depth, BitSet follows) {
    StringBuilder branch = new StringBuilder();
    for (int above = 1; above < depth; above++) {
      branch.append(follows.get(above) ? "│ " : BLANK);
    }
    return depth == 0 ? "" : branch.append(follows.get(depth) ? "├ " : "└ ").toString();
  }

  /** Whether a hold is of this one itself, and not of one above it that is shown. */
  private static boolean lies(JsonNode node) {
    JsonNode hold = node.path("held");
    boolean above =
        hold.path("scope").asText().equals("subtree")
            && !hold.path("resource").equals(node.path("uuid"));
    return hold.isObject() && (!above || node.path("depth").asInt() == 0);
  }

  private static String alarms(JsonNode alarms) {
    StringJoiner all = new StringJoiner(", ");
    for (JsonNode alarm : alarms) {
      String state = alarm.path("state").asText();
      all.add(Words.alarm(alarm) + (state.equals("open") ? "" : " " + state));
    }
    return all.toString();
  }
}

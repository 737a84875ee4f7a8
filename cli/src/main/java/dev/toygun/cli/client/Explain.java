package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says why something waits. */
@Command(
    name = "explain",
    description = {
      "Say why a resource and its active tasks wait, whether it answers, which alarms it has, and"
          + " what keeps what they wait for: from what"
          + " was asked about down to what has stopped, is late, is held, fails, or happens next."
          + " Or why the latest run of a task does.",
      "",
      "Examples:",
      "  toygun explain website home",
      "  toygun explain website home monitor"
    })
public final class Explain extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", arity = "0..1", paramLabel = "TASK", description = "A task of it.")
  private @Nullable String task;

  @Override
  int run(Api api, PrintWriter out) {
    String path = Named.past(api, type, name);
    String subject = task == null ? path : Named.subject(api.get(path), task);
    JsonNode answer = api.get(subject + "/explain");
    List<JsonNode> items = new ArrayList<>();
    answer.path("items").forEach(items::add);
    boolean saysMore =
        !answer.path("chain").isEmpty()
            || answer.path("availability").isObject()
            || !answer.path("alarms").isEmpty();
    if (output.isTable() && items.isEmpty()) {
      out.println(Words.oneLine(answer.path("summary").asText()));
      return Exit.OK;
    }
    if (saysMore && output.isTable()) {
      out.printf("%s%n%n", Words.oneLine(answer.path("summary").asText()));
    }
    output.show(out, answer, items, table(items, answer.path("chain")));
    return Exit.OK;
  }

  /** A line of the table; without an item, what is said of others. */
  private record Line(int depth, String who, @Nullable JsonNode item) {
    static Line of(int depth, JsonNode item) {
      return new Line(
          depth,
          item.path("task").isTextual() ? item.path("task").asText() : Output.name(item),
          item);
    }
  }

  /** Each above what it leads to, and that above what else hangs off it. */
  private static Table table(List<JsonNode> items, JsonNode chain) {
    List<Line> lines = new ArrayList<>();
    items.stream().limit(1).forEach(asked -> lines.add(Line.of(0, asked)));
    below(chain, 0, lines);
    Set<JsonNode> shown = new HashSet<>();
    lines.stream().map(Line::item).filter(Objects::nonNull).forEach(i -> shown.add(i.path("uuid")));
    items.stream()
        .filter(item -> !shown.contains(item.path("uuid")))
        .forEach(item -> lines.add(Line.of(1, item)));
    List<String> branches = Tree.branches(lines.stream().map(Line::depth).toList());
    Table table = new Table("WHO", "STATE", "REASON", "BECAUSE");
    for (int i = 0; i < lines.size(); i++) {
      JsonNode item = lines.get(i).item();
      table.row(
          branches.get(i) + lines.get(i).who(),
          item == null ? "" : Words.state(item),
          item == null ? "" : item.path("reason").asText(),
          item == null ? "" : item.path("because").asText());
    }
    return table;
  }

  private static void below(JsonNode chain, int level, List<Line> lines) {
    JsonNode here = chain.path(level);
    int depth = level + 1;
    for (int i = 0; i < here.path("items").size(); i++) {
      lines.add(Line.of(depth, here.path("items").path(i)));
      if (i == 0) {
        below(chain, depth, lines);
      }
    }
    if (here.path("others").asLong() > 0) {
      lines.add(new Line(depth, "and %s others".formatted(here.path("others").asText()), null));
    }
  }
}

package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breakers, and what people do about them. */
@Command(
    name = "breakers",
    description = {
      "Show the breakers of tasks, and how they stand; or open or close one by hand.",
      "",
      "Examples:",
      "  toygun breakers",
      "  toygun breakers open ledger --reason \"it is moved\" --for 2h",
      "  toygun breakers close ledger --reason \"it works again\""
    },
    subcommands = {Breakers.Open.class, Breakers.Close.class})
public final class Breakers extends Verb {
  @Mixin private Output output = new Output();

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode all = api.get("/v1/breakers");
    List<JsonNode> items = new ArrayList<>();
    all.path("items").forEach(items::add);
    output.show(out, all, items, table(items));
    return Exit.OK;
  }

  static Table table(List<JsonNode> items) {
    Table table =
        new Table("BREAKER", "STATE", "TASKS", "FAILED", "WAITING", "SINCE", "TRIED AGAIN", "WHY");
    for (JsonNode item : items) {
      List<String> tasks = new ArrayList<>();
      item.path("tasks").forEach(task -> tasks.add(task.asText()));
      table.row(
          item.path("name").asText(),
          item.path("state").asText(),
          String.join(" ", tasks),
          item.path("failed").asText(),
          item.path("waiting").asText(),
          Words.time(item.path("since")),
          item.path("by_hand").asBoolean() ? "by hand" : Words.time(item.path("until")),
          item.path("reason").asText(""));
    }
    return table;
  }

  /** What both have that change one. */
  @Command
  abstract static class Change extends Verb {
    @Mixin private Output output = new Output();

    @Parameters(index = "0", paramLabel = "NAME", description = "The breaker.")
    private String name = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; whoever finds it so wants to know.")
    private String reason = "";

    /** The verb of the API. */
    abstract String verb();

    /** Until when, or null. */
    @Nullable String until() {
      return null;
    }

    @Override
    final int run(Api api, PrintWriter out) {
      Map<String, Object> body = new HashMap<>(Map.of("reason", reason));
      String until = until();
      if (until != null) {
        body.put("until", until);
      }
      JsonNode breaker = api.post("/v1/breakers/" + Api.part(name) + ":" + verb(), body);
      output.show(out, breaker, List.of(breaker), table(List.of(breaker)));
      return Exit.OK;
    }
  }

  /** Opens one. */
  @Command(
      name = "open",
      description = "Open a breaker: what is due of its tasks waits until somebody closes it.")
  static final class Open extends Change {
    @Option(
        names = "--for",
        paramLabel = "TIME",
        description = "So long, such as 30m or 2h; then it is tried whether things work.")
    private @Nullable String time;

    @Override
    @Nullable String until() {
      return time == null ? null : Words.fromNow(time, "--for");
    }

    @Override
    String verb() {
      return "open";
    }
  }

  /** Closes one. */
  @Command(
      name = "close",
      description = "Close a breaker: what waited goes on, spread over a while.")
  static final class Close extends Change {
    @Override
    String verb() {
      return "close";
    }
  }
}

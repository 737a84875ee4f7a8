package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts things on hold. */
@Command(
    name = "hold",
    description = {
      "Put a resource with everything below it on hold; or a type, a task, a queue, everything."
          + " Nothing in it is ticked, and its alarms are quiet.",
      "",
      "Examples:",
      "  toygun hold website home --reason \"moving it\" --for 2h",
      "  toygun hold --type website --reason \"the network is down\"",
      "  toygun get holds"
    })
public final class Hold extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "Of the resource.")
  private @Nullable String type;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The resource's label or uuid.")
  private @Nullable String name;

  @ArgGroup private Wide wide = new Wide();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; whoever finds the hold wants to know.")
  private String reason = "";

  @Option(names = "--for", paramLabel = "TIME", description = "So long, such as 30m or 2h.")
  private @Nullable String time;

  /** More than a subtree. */
  static final class Wide {
    @Option(names = "--type", paramLabel = "TYPE", description = "All resources of a type.")
    private @Nullable String type;

    @Option(names = "--task", paramLabel = "TASK", description = "All runs of a task of this name.")
    private @Nullable String task;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Whatever is in a queue.")
    private @Nullable String queue;

    @Option(names = "--everything", description = "All there is.")
    private boolean everything;

    boolean isGiven() {
      return type != null || task != null || queue != null || everything;
    }
  }

  @Override
  int run(Api api, PrintWriter out) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("reason", reason);
    if (time != null) {
      body.put("until", Words.fromNow(time, "--for"));
    }
    JsonNode hold = put(api, body);
    output.show(out, hold, List.of(hold), table(List.of(hold)));
    return Exit.OK;
  }

  private JsonNode put(Api api, Map<String, Object> body) {
    if (type != null && wide.isGiven()) {
      throw new Exit.Failure(
          Exit.USAGE,
          "Hold what? A TYPE and a NAME, or --type, --task, --queue or --everything, and not both.");
    }
    if (type != null && name != null) {
      return api.post(Named.path(api, type, name) + ":hold", body);
    }
    if (type != null) {
      throw new Exit.Failure(
          Exit.USAGE, "Which %s? Name it; --type %s holds all of them.".formatted(type, type));
    }
    List<String> scopes = new ArrayList<>();
    add(scopes, body, "type", wide.type);
    add(scopes, body, "task", wide.task);
    add(scopes, body, "queue", wide.queue);
    if (wide.everything) {
      scopes.add("all");
    }
    if (scopes.size() != 1) {
      throw new Exit.Failure(
          Exit.USAGE, "Hold what? A TYPE and a NAME, --type, --task, --queue or --everything.");
    }
    body.put("scope", scopes.get(0));
    return api.post("/v1/holds", body);
  }

  private static void add(
      List<String> scopes, Map<String, Object> body, String scope, @Nullable String held) {
    if (held != null) {
      scopes.add(scope);
      body.put("name", held);
    }
  }

  static Table table(List<JsonNode> items) {
    Table table = new Table("HOLD", "WHAT", "UNTIL", "BY", "REASON");
    for (JsonNode item : items) {
      String what =
          item.path("resource").isTextual() ? Words.of(item) : item.path("name").asText("");
      table.row(
          Lists.ending(item.path("uuid").asText()),
          ((item.path("abandons").asBoolean() ? "abandons " : "")
                  + item.path("scope").asText()
                  + " "
                  + what)
              .strip(),
          Words.time(item.path("until")),
          item.path("actor").asText(),
          item.path("reason").asText());
    }
    return table;
  }
}

package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Repairs, and how well they work. */
@Command(
    name = "repairs",
    description = {
      "Show how well tasks put alarms right, in the last 30 days; or promote one that was demoted.",
      "",
      "Examples:",
      "  toygun repairs",
      "  toygun repairs promote local_postgres restart --reason \"its disk is new\""
    },
    subcommands = Repairs.Promote.class)
public final class Repairs extends Verb {
  @Mixin private Output output = new Output();

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode all = api.get("/v1/repairs");
    List<JsonNode> items = new ArrayList<>();
    all.path("items").forEach(items::add);
    output.show(out, all, items, table(items));
    return Exit.OK;
  }

  private static Table table(List<JsonNode> items) {
    Table table =
        new Table("TYPE", "ALARM", "TASK", "IN 30 DAYS", "BY ITSELF", "BY PEOPLE", "BEGINS", "WHY");
    for (JsonNode item : items) {
      JsonNode demotion = item.path("demotion");
      boolean demoted = demotion.path("demoted").asBoolean();
      table.row(
          item.path("type").asText(),
          item.path("alarm").asText(),
          item.path("task").asText(),
          item.path("summary").asText(),
          item.path("automatic").asText(),
          item.path("by_people").asText(),
          demoted ? "once approved" : "",
          demoted ? demotion.path("reason").asText() : "");
    }
    return table;
  }

  /** What puts an alarm right: how well, and what starts it by hand. */
  static List<String> of(Api api, JsonNode alarm) {
    List<String> lines = new ArrayList<>();
    JsonNode tasks = alarm.path("repairs").isEmpty() ? alarm.path("repairs") : tasks(api, alarm);
    for (JsonNode repair : alarm.path("repairs")) {
      String task = repair.path("task").asText();
      boolean demoted = repair.path("demotion").path("demoted").asBoolean();
      lines.add("");
      lines.add(
          "%s: %s%s"
              .formatted(
                  task, repair.path("summary").asText(), demoted ? "; it asks for approval" : ""));
      lines.add(
          "  toygun start %s %s %s%s"
              .formatted(
                  alarm.path("type").asText(),
                  alarm.path("resource").asText(),
                  task,
                  required(tasks, task)));
    }
    return lines;
  }

  /* Of a type that nobody publishes any more nothing is known. */
  private static JsonNode tasks(Api api, JsonNode alarm) {
    try {
      return api.get("/v1/types/" + Api.part(alarm.path("type").asText())).path("tasks");
    } catch (Api.Problem e) {
      if (e.exit() == Exit.NOT_FOUND) {
        return MissingNode.getInstance();
      }
      throw e;
    }
  }

  private static String required(JsonNode tasks, String task) {
    StringBuilder args = new StringBuilder();
    for (JsonNode known : tasks) {
      if (known.path("name").asText().equals(task)) {
        for (JsonNode field : known.path("fields")) {
          if (field.path("required").asBoolean() && !field.path("internal").asBoolean()) {
            args.append(' ').append(field.path("name").asText()).append("=…");
          }
        }
      }
    }
    return args.toString();
  }

  /** Promotes one. */
  @Command(
      name = "promote",
      description =
          "Let a task that was demoted begin without asking again; it is counted anew. What asks"
              + " already still has to be approved.")
  static final class Promote extends Verb {
    @Parameters(index = "0", paramLabel = "TYPE", description = "The type of its resources.")
    private String type = "";

    @Parameters(index = "1", paramLabel = "TASK", description = "The task.")
    private String task = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; whoever finds it so wants to know.")
    private String reason = "";

    @Override
    int run(Api api, PrintWriter out) {
      api.post(
          "/v1/repairs/%s/%s:promote".formatted(Api.part(type), Api.part(task)),
          Map.<String, Object>of("reason", reason));
      out.println("%s of %s begins without asking again".formatted(task, type));
      out.flush();
      return Exit.OK;
    }
  }
}

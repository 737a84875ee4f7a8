package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what would be taken down with a resource. */
@Command(
    name = "plan",
    description = {
      "Show what would be taken down with a resource: resources, runs of tasks and alarms, who goes"
          + " first first. `toygun delete … --plan PLAN` goes by it, or not at all.",
      "",
      "Examples:",
      "  toygun plan website home"
    })
public final class Plan extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode resource = Named.resource(api, type, name);
    JsonNode plan = api.post(Named.subject(resource, null) + ":plan", Map.of("action", "delete"));
    List<JsonNode> items = new ArrayList<>();
    Table table = new Table("WHAT", "OF", "STATE", "UUID").onlyWide("UUID");
    add(plan.path("alarms"), "alarm", items, table);
    add(plan.path("tasks"), "task", items, table);
    add(plan.path("resources"), "resource", items, table);
    output.show(out, plan, items, table);
    if (output.isTable()) {
      out.printf(
          "In all %s, %s and %s.%n",
          total(plan, "resources"), total(plan, "tasks"), total(plan, "alarms"));
      out.printf(
          "toygun delete %s %s --plan %s%n",
          resource.path("type").asText(),
          resource.path("uuid").asText(),
          plan.path("plan").asText());
      out.flush();
    }
    return Exit.OK;
  }

  private static void add(JsonNode part, String what, List<JsonNode> items, Table table) {
    for (JsonNode item : part.path("items")) {
      items.add(item);
      String named = item.path("name").asText("");
      table.row(
          (what + " " + named).strip(),
          item.path("type").asText() + "/" + item.path("label").asText(),
          Words.state(item),
          item.path("uuid").asText());
    }
  }

  private static String total(JsonNode plan, String part) {
    long total = plan.path(part).path("total").asLong();
    return total == 1 ? "1 " + part.substring(0, part.length() - 1) : total + " " + part;
  }
}

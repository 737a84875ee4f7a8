package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a task, or takes a resource down. */
@Command(
    name = "stop",
    aliases = "delete",
    description = {
      "Stop a task of a resource; or, without a task, take the resource down: its tasks and"
          + " children end first, then it ends itself.",
      "",
      "Examples:",
      "  toygun stop website home monitor",
      "  toygun stop website home --yes",
      "  toygun delete website home --plan 5f0c --yes"
    })
public final class Stop extends Verb {
  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", arity = "0..1", paramLabel = "TASK", description = "The task.")
  private @Nullable String task;

  @Option(names = "--yes", description = "Do not ask whether that is meant.")
  private boolean yes;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
  private @Nullable String reason;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description =
          "Only if that takes down just what `toygun plan` has shown; else exit code 4, and nothing"
              + " is changed.")
  private @Nullable String plan;

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode resource = Named.resource(api, type, name);
    String called = Output.name(resource);
    if (task != null && plan != null) {
      throw new Exit.Failure(
          Exit.USAGE, "--plan is of a resource that is taken down, not of a task");
    }
    if (task != null) {
      String run = Named.run(resource, task);
      api.post("/v1/tasks/" + run + ":stop", reason == null ? Map.of() : Map.of("reason", reason));
      out.println(called + ": " + task + " is stopping");
    } else {
      confirm(yes, "Take " + called + " down?");
      StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
      if (reason != null) {
        query.add("reason=" + Api.part(reason));
      }
      if (plan != null) {
        query.add("plan=" + Api.part(plan));
      }
      api.delete("/v1/resources/" + Api.part(type) + "/" + resource.path("uuid").asText() + query);
      out.println(called + " is on its way down");
    }
    out.flush();
    return 0;
  }
}

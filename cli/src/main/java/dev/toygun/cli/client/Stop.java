package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
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
      "  toygun stop website home --yes"
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

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode resource = Named.resource(api, type, name);
    String called = Output.name(resource);
    if (task != null) {
      String run = Named.run(resource, task);
      api.post("/v1/tasks/" + run + ":stop", reason == null ? Map.of() : Map.of("reason", reason));
      out.println(called + ": " + task + " is stopping");
    } else {
      confirm(yes, "Take " + called + " down?");
      String why = reason == null ? "" : "?reason=" + Api.part(reason);
      api.delete("/v1/resources/" + Api.part(type) + "/" + resource.path("uuid").asText() + why);
      out.println(called + " is on its way down");
    }
    out.flush();
    return 0;
  }
}

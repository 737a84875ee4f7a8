package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breaks a run of a task off. */
@Command(
    name = "abort",
    description = {
      "Break the run of a task off: its running code is interrupted, and it cleans up. A second"
          + " time, it no longer waits for that.",
      "",
      "Example:",
      "  toygun abort website home monitor --yes"
    })
public final class Abort extends Verb {
  @Mixin private Output output = new Output();
  @Mixin private Change change = new Change();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", paramLabel = "TASK", description = "The task.")
  private String task = "";

  @Option(names = "--yes", description = "Do not ask whether that is meant.")
  private boolean yes;

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode resource = Named.resource(api, type, name);
    String run = Named.run(resource, task);
    confirm(yes, "Break " + task + " of " + Output.name(resource) + " off?");
    JsonNode now = change.post(api, "/v1/tasks/" + run + ":abort", Map.of());
    output.show(out, now, List.of(now), Change.table(now));
    return Exit.OK;
  }
}

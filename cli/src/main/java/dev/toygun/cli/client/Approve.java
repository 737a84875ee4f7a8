package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a run begin that waits for a person. */
@Command(
    name = "approve",
    description = {
      "Let a run of a task begin that waits for approval, once its turn comes. Who does not approve"
          + " stops it.",
      "",
      "Examples:",
      "  toygun approve website home deliver --reason \"its customers were told\""
    })
public final class Approve extends Verb {
  @Mixin private Output output = new Output();
  @Mixin private Change change = new Change();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", paramLabel = "TASK", description = "The task.")
  private String task = "";

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode now = change.post(api, Named.subject(api, type, name, task) + ":approve", Map.of());
    output.show(out, now, List.of(now), Change.table(now));
    return Exit.OK;
  }
}

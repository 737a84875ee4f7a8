package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends what has panicked back to where it panicked. */
@Command(
    name = "retry",
    description = {
      "Send a task that has panicked back to the state it panicked in, with all its tries; or,"
          + " without a task, a resource that has panicked or timed out.",
      "",
      "Examples:",
      "  toygun retry website home monitor --reason \"its address is right now\"",
      "  toygun retry website home"
    })
public final class Retry extends Verb {
  @Mixin private Output output = new Output();
  @Mixin private Change change = new Change();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", arity = "0..1", paramLabel = "TASK", description = "The task.")
  private @Nullable String task;

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode now = change.post(api, Named.subject(api, type, name, task) + ":retry", Map.of());
    output.show(out, now, List.of(now), Change.table(now));
    return Exit.OK;
  }
}

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

/** Restarts a resource by its own code. */
@Command(
    name = "restart",
    description = {
      "Restart a resource by the task that its type says. It counts as down on purpose meanwhile,"
          + " and nobody is told that it does not answer.",
      "",
      "Examples:",
      "  toygun restart website home --reason \"its certificate is new\"",
      "  toygun restart website home --force --reason \"once more\""
    })
public final class Restart extends Verb {
  @Mixin private Output output = new Output();
  @Mixin private Change change = new Change();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Option(
      names = "--force",
      description = "Also where it was restarted as often as its type allows.")
  private boolean force;

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode now = restarted(api);
    output.show(out, now, List.of(now), Change.table(now));
    return Exit.OK;
  }

  private JsonNode restarted(Api api) {
    try {
      return change.post(
          api,
          Named.subject(api, type, name, null) + ":restart",
          force ? Map.of("force", true) : Map.of());
    } catch (Api.Problem e) {
      if (e.code().equals("used_up")) {
        throw new Exit.Failure(e.exit(), e.getMessage() + "\nTo restart it all the same: --force");
      }
      throw e;
    }
  }
}

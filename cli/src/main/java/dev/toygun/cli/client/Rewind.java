package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a resource or a task back into a state that it was in before. */
@Command(
    name = "rewind",
    description = {
      "Put a resource, or the latest run of a task, back into a state that it was in before.",
      "",
      "Examples:",
      "  toygun rewind website home --state watched",
      "  toygun rewind local-postgres main __start__ --step 1 --reason \"the disk is larger now\"",
      "",
      "toygun events TYPE NAME shows states and steps."
    })
public final class Rewind extends Verb {
  @Mixin private Output output = new Output();
  @Mixin private Change change = new Change();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", arity = "0..1", paramLabel = "TASK", description = "The task.")
  private @Nullable String task;

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(
      names = "--fresh",
      description =
          "Have it make anew what it makes outside; otherwise it finds that by the same tokens.")
  private boolean fresh;

  /** Whereto: one of the two. */
  static final class Target {
    @Option(names = "--state", paramLabel = "STATE", description = "Into this state.")
    private @Nullable String state;

    @Option(names = "--step", paramLabel = "N", description = "Where its step N led to.")
    private @Nullable Long step;
  }

  @Override
  int run(Api api, PrintWriter out) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (target.state != null) {
      body.put("state", target.state);
    }
    if (target.step != null) {
      body.put("step", target.step);
    }
    if (fresh) {
      body.put("fresh", true);
    }
    JsonNode now = change.post(api, Named.subject(api, type, name, task) + ":rewind", body);
    output.show(out, now, List.of(now), Change.table(now));
    return Exit.OK;
  }
}

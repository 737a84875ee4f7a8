package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a resource each time that it changes. */
@Command(
    name = "watch",
    description = {
      "Show a line each time that a resource or a task of it changes, until the resource ends.",
      "",
      "Examples:",
      "  toygun watch website home",
      "  toygun watch local-postgres main --until available --timeout 60"
    })
public final class Watch extends Verb {
  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Option(
      names = "--until",
      paramLabel = "STATE",
      description = "End once it is in this state; `ended` once it has ended.")
  private @Nullable String until;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Give up after this time, with exit code 124.")
  private @Nullable Long timeout;

  private String last = "";

  @Override
  int run(Api api, PrintWriter out) {
    return Looks.until(
        api,
        Named.path(api, type, name),
        timeout,
        now -> shown(now, out),
        now -> "it is " + Words.state(now));
  }

  private OptionalInt shown(JsonNode now, PrintWriter out) {
    String line = line(now);
    if (!line.equals(last)) {
      out.println(Words.time(now.path("updated_at")) + "  " + line);
      out.flush();
      last = line;
    }
    boolean ended = !now.path("active").asBoolean();
    String state = ended ? "ended" : now.path("state").asText();
    if (state.equals(until)) {
      return OptionalInt.of(Exit.OK);
    }
    return ended ? OptionalInt.of(until == null ? Exit.OK : Exit.FAILED) : OptionalInt.empty();
  }

  private static String line(JsonNode resource) {
    StringJoiner tasks = new StringJoiner(", ");
    for (JsonNode task : resource.path("tasks")) {
      if (task.path("uuid").isTextual()) {
        boolean runs = task.path("status").asText().equals("running");
        tasks.add(
            task.path("name").asText()
                + " "
                + (runs ? "in " + task.path("state").asText() : task.path("status").asText()));
      }
    }
    return "%s  %s  %s"
        .formatted(Words.state(resource), resource.path("availability").asText(), tasks)
        .stripTrailing();
  }
}

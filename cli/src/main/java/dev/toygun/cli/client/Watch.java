package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import dev.toygun.time.Stopwatch;
import java.io.PrintWriter;
import java.time.Duration;
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

  @Override
  int run(Api api, PrintWriter out) {
    String path = Named.path(api, type, name);
    // Followed first and read then, so that nothing happens in between.
    try (Stirring stirring = Stirring.of(api, path.substring(path.lastIndexOf('/') + 1))) {
      return watched(api, out, path, stirring);
    }
  }

  private int watched(Api api, PrintWriter out, String path, Stirring stirring) {
    Stopwatch watch = Stopwatch.start();
    Duration most = timeout == null ? Duration.ofDays(36_500) : Duration.ofSeconds(timeout);
    String last = "";
    while (true) {
      JsonNode now = api.get(path);
      String line = line(now);
      if (!line.equals(last)) {
        out.println(Words.time(now.path("updated_at")) + "  " + line);
        out.flush();
        last = line;
      }
      boolean ended = !now.path("active").asBoolean();
      String state = ended ? "ended" : now.path("state").asText();
      if (state.equals(until)) {
        return Exit.OK;
      }
      if (ended) {
        return until == null ? Exit.OK : Exit.FAILED;
      }
      Duration left = most.minus(watch.elapsed());
      if (left.isNegative() || left.isZero()) {
        throw new Exit.Failure(
            Exit.TIMED_OUT, "After %d s it is %s".formatted(timeout, Words.state(now)));
      }
      if (!stirring.await(left)) {
        return Exit.FAILED;
      }
    }
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

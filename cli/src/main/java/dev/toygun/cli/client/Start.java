package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.BuiltIn;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a task. */
@Command(
    name = "start",
    description = {
      "Start a task of a resource. A run that is there already is shown instead, and said to be; it"
          + " keeps what it was started with.",
      "",
      "Example:",
      "  toygun start website home monitor"
    })
public final class Start extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", paramLabel = "TASK", description = "The task.")
  private String task = "";

  @Parameters(
      index = "3..*",
      paramLabel = "ARG=VALUE",
      description = "What to start it with: fields of the task.")
  private List<String> args = new ArrayList<>();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
  private @Nullable String reason;

  @Override
  int run(Api api, PrintWriter out) {
    if (task.equals(BuiltIn.RESTART_TASK.value())) {
      throw new Exit.Failure(
          Exit.CONFLICT, "%s is what `toygun restart %s %s` starts".formatted(task, type, name));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    if (!args.isEmpty()) {
      for (JsonNode known : api.get("/v1/types/" + Api.part(type)).path("tasks")) {
        if (known.path("name").asText().equals(task)) {
          body.put("args", Values.of(args, known.path("fields"), task));
        }
      }
    }
    if (reason != null) {
      body.put("reason", reason);
    }
    JsonNode run = api.post(Named.path(api, type, name) + "/tasks/" + Api.part(task), body);
    boolean isThere = run.path("already_running").asBoolean();
    boolean panicked = isThere && run.path("status").asText().equals("panicked");
    String how = panicked ? "has panicked" : isThere ? "runs already" : "started";
    Table table =
        new Table("TASK", "RUN", "STATE", "", "UUID")
            .row(
                task,
                run.path("run").asText(),
                run.path("state").asText(),
                how,
                run.path("uuid").asText());
    output.show(out, run, List.of(run), table);
    if (panicked) {
      err()
          .printf(
              "It goes on with `toygun retry %1$s %2$s %3$s`, and ends with `toygun stop %1$s %2$s %3$s`.%n",
              type, name, task);
    }
    if (isThere && !args.isEmpty()) {
      err().println(notTaken(run));
    }
    err().flush();
    return Exit.OK;
  }

  /* Values are not said: one may be a secret. */
  private String notTaken(JsonNode run) {
    String names =
        Values.texts(args).keySet().stream()
            .map(field -> field + "=…")
            .collect(Collectors.joining(" "));
    return "%s %s not taken: run %s keeps what it was started with."
        .formatted(names, args.size() == 1 ? "was" : "were", run.path("run").asText());
  }
}

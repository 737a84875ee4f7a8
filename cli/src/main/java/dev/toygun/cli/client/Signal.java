package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a signal. */
@Command(
    name = "signal",
    description = {
      "Send a signal to a resource, or to the latest run of a task. It is kept until its code"
          + " consumes it.",
      "",
      "Examples:",
      "  toygun signal order 4711 paid amount=12.50",
      "  toygun signal order 4711 password text=@password.txt --task deliver",
      "",
      "A value that begins with @ is read from the file of that name, and @- from the standard"
          + " input: so a secret stays out of the list of processes and the shell's history."
    })
public final class Signal extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", paramLabel = "SIGNAL", description = "The type of the signal.")
  private String signal = "";

  @Parameters(
      index = "3..*",
      paramLabel = "FIELD=VALUE",
      description = "What it carries; lists, maps and numbers are written as JSON.")
  private List<String> fields = new ArrayList<>();

  @Option(names = "--task", paramLabel = "TASK", description = "The task that it is sent to.")
  private @Nullable String task;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
  private @Nullable String reason;

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode resource = Named.resource(api, type, name);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", signal);
    if (!fields.isEmpty()) {
      body.put(
          "fields",
          Values.of(fields, carried(Named.definition(api, resource), type, task, signal), signal));
    }
    if (reason != null) {
      body.put("reason", reason);
    }
    JsonNode sent = sent(api, resource, body);
    Table table =
        new Table("SIGNAL", "SENT", "UUID")
            .row(signal, Words.time(sent.path("sent_at")), sent.path("uuid").asText());
    output.show(out, sent, List.of(sent), table);
    return Exit.OK;
  }

  private JsonNode sent(Api api, JsonNode resource, Map<String, Object> body) {
    try {
      return api.post(Named.subject(resource, task) + ":signal", body);
    } catch (Api.Problem e) {
      // Without fields the type was not asked for: only it says which task takes the signal.
      if (fields.isEmpty() && e.exit() == Exit.USAGE) {
        carried(Named.definition(api, resource), type, task, signal);
      }
      throw e;
    }
  }

  /** The fields of a signal that a resource, or a task of it, waits for. */
  static JsonNode carried(JsonNode definition, String type, @Nullable String task, String signal) {
    JsonNode machine = definition;
    for (JsonNode known : definition.path("tasks")) {
      machine = known.path("name").asText().equals(task) ? known : machine;
    }
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode known : signals(machine)) {
      names.add(known.path("name").asText());
      if (known.path("name").asText().equals(signal)) {
        return known.path("fields");
      }
    }
    throw new Exit.Failure(
        Exit.USAGE,
        "%s takes no signal %s; it takes: %s%s"
            .formatted(
                task == null ? type : task,
                signal,
                names.isEmpty() ? "none" : String.join(", ", names),
                task == null ? takers(definition, signal) : ""));
  }

  private static List<JsonNode> signals(JsonNode machine) {
    List<JsonNode> signals = new ArrayList<>();
    machine.path("states").forEach(state -> state.path("signals").forEach(signals::add));
    return signals;
  }

  /* The tasks that take it. */
  private static String takers(JsonNode definition, String signal) {
    StringBuilder said = new StringBuilder();
    for (JsonNode known : definition.path("tasks")) {
      if (signals(known).stream().anyMatch(one -> one.path("name").asText().equals(signal))) {
        String taker = known.path("name").asText();
        said.append("; its task %1$s does: --task %1$s".formatted(taker));
      }
    }
    return said.toString();
  }
}

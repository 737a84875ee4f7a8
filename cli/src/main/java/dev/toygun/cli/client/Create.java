package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a resource. */
@Command(
    name = "create",
    description = {
      "Make a resource.",
      "",
      "Examples:",
      "  toygun create website home address=http://127.0.0.1:8000/",
      "  toygun create local-postgres main password=@password.txt",
      "  toygun create website shop address=http://127.0.0.1:8000/shop --parent website/home",
      "",
      "A value that begins with @ is read from the file of that name, and @- from the standard"
          + " input: so a secret stays out of the list of processes and the shell's history."
    })
public final class Create extends Verb {
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "Its type.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "LABEL", description = "What it is to be called.")
  private String label = "";

  @Parameters(
      index = "2..*",
      paramLabel = "FIELD=VALUE",
      description = "Its fields; lists, maps and numbers are written as JSON.")
  private List<String> fields = new ArrayList<>();

  @Option(
      names = "--parent",
      paramLabel = "RESOURCE",
      description = "Whose child it is to be: TYPE/NAME, or its uuid.")
  private @Nullable String parent;

  @Option(
      names = "--adopt",
      paramLabel = "STATE",
      description = "Take over what exists outside, in this state.")
  private @Nullable String adopt;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
  private @Nullable String reason;

  @Override
  int run(Api api, PrintWriter out) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("label", label);
    if (!fields.isEmpty()) {
      JsonNode known = api.get("/v1/types/" + Api.part(type)).path("fields");
      body.put("fields", Values.of(fields, known, type));
    }
    if (parent != null) {
      body.put("parent", Named.uuid(api, "--parent", parent));
    }
    if (adopt != null) {
      body.put("adopt", true);
      body.put("state", adopt);
    }
    if (reason != null) {
      body.put("reason", reason);
    }
    JsonNode made = api.post("/v1/resources/" + Api.part(type), body);
    Table table =
        new Table("LABEL", "STATE", "UUID")
            .row(
                made.path("label").asText(),
                made.path("state").asText(),
                made.path("uuid").asText());
    output.show(out, made, List.of(made), table);
    return 0;
  }
}

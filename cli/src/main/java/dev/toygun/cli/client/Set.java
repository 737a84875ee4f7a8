package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes fields of a resource. */
@Command(
    name = "set",
    description = {
      "Change fields of a resource. What is not named stays as it is.",
      "",
      "Examples:",
      "  toygun set website home address=http://127.0.0.1:8001/",
      "  toygun set website home --unset token --if-match 7",
      "  cat token.txt | toygun set website home token=@-",
      "",
      "A value that begins with @ is read from the file of that name, and @- from the standard"
          + " input: so a secret stays out of the list of processes and the shell's history."
    })
public final class Set extends Verb {
  @Mixin private Output output = new Output();
  @Mixin private Change change = new Change();

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(
      index = "2..*",
      paramLabel = "FIELD=VALUE",
      description = "Fields and what they are to be; lists, maps and numbers are written as JSON.")
  private List<String> fields = new ArrayList<>();

  @Option(names = "--unset", paramLabel = "FIELD", description = "Take the value of a field away.")
  private List<String> unset = new ArrayList<>();

  @Override
  int run(Api api, PrintWriter out) {
    if (fields.isEmpty() && unset.isEmpty()) {
      throw new Exit.Failure(Exit.USAGE, "Nothing to change: name a FIELD=VALUE, or --unset FIELD");
    }
    JsonNode resource = Named.resource(api, type, name);
    Map<String, Object> values = new LinkedHashMap<>();
    if (!fields.isEmpty()) {
      values.putAll(Values.of(fields, Named.definition(api, resource).path("fields"), type));
    }
    for (String field : unset) {
      if (values.containsKey(field)) {
        throw new Exit.Failure(Exit.USAGE, field + " is set and taken away at once");
      }
      values.put(field, null);
    }
    JsonNode now = change.patch(api, Named.subject(resource, null), Map.of("fields", values));
    output.show(out, now, List.of(now), Change.table(now));
    return Exit.OK;
  }
}

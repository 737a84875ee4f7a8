package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a secret field holds. */
@Command(
    name = "reveal",
    description = {
      "Print what a secret field of a resource, or of the latest run of a task, holds, and nothing"
          + " else. It takes a key of the role secret-reader; the audit has who asked, and why.",
      "",
      "Examples:",
      "  toygun reveal website home token --reason \"moving to another registrar\"",
      "  toygun reveal website home password --task monitor --reason \"to try it by hand\""
    })
public final class Reveal extends Verb {
  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Parameters(index = "2", paramLabel = "FIELD", description = "The field.")
  private String field = "";

  @Option(names = "--task", paramLabel = "TASK", description = "Of the latest run of this task.")
  private @Nullable String task;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
  private @Nullable String reason;

  @Override
  int run(Api api, PrintWriter out) {
    String why = ask(reason, "Why is it to be revealed?", "--reason TEXT");
    String subject = Named.subject(api, type, name, task);
    JsonNode value =
        api.post(subject + ":reveal", Map.of("field", field, "reason", why)).path("value");
    out.println(Words.value(value));
    out.flush();
    return Exit.OK;
  }
}

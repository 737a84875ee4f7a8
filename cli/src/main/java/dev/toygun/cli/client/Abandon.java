package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a subtree that cannot be taken down. */
@Command(
    name = "abandon",
    description = {
      "End a resource and everything below it without running its code: for what cannot be taken"
          + " down any more. Nothing is cleaned up: what it made outside stays. Admins only.",
      "",
      "Examples:",
      "  toygun abandon website home --reason \"its host is gone for good\"",
      "  toygun get holds"
    })
public final class Abandon extends Verb {
  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; kept in the history of all that ends. Asked for unless given.")
  private @Nullable String reason;

  @Option(names = "--yes", description = "Do not ask whether that is meant.")
  private boolean yes;

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode resource = Named.resource(api, type, name);
    String called = Output.name(resource);
    String why = ask(reason, "Why is " + called + " abandoned?", "--reason");
    confirm(yes, "End " + called + " and all below it, without cleaning anything up?");
    String path = "/v1/resources/" + Api.part(type) + "/" + resource.path("uuid").asText();
    api.post(path + ":abandon", Map.of("reason", why));
    out.println(called + " is abandoned; toygun get holds lists it until all of it has ended");
    out.flush();
    return Exit.OK;
  }
}

package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases holds. */
@Command(
    name = "release",
    description = {
      "Release what is on hold: it goes on where it was.",
      "",
      "Examples:",
      "  toygun release website home",
      "  toygun release 0190f3c4-7b2e-7a31-9c55-0123456789ab"
    })
public final class Release extends Verb {
  @Parameters(
      index = "0",
      paramLabel = "TYPE|HOLD",
      description = "The type of the resource; or the uuid of a hold.")
  private String type = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The resource's label or uuid.")
  private @Nullable String name;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
  private @Nullable String reason;

  @Override
  int run(Api api, PrintWriter out) {
    Map<String, Object> body = reason == null ? Map.of() : Map.of("reason", reason);
    if (name == null) {
      JsonNode hold = api.post("/v1/holds/" + Api.part(type) + ":release", body);
      out.println("hold " + hold.path("uuid").asText() + " is released");
    } else {
      JsonNode holds = api.post(Named.path(api, type, name) + ":release", body);
      out.println("%s/%s is released from %d".formatted(type, name, holds.path("items").size()));
    }
    out.flush();
    return Exit.OK;
  }
}

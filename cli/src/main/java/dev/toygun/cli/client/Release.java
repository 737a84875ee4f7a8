package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
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
      "  toygun release 9ba4814844a6",
      "",
      "HOLD is a uuid, or the end of one that no other hold shares: toygun get holds."
    })
public final class Release extends Verb {
  @Parameters(
      index = "0",
      paramLabel = "TYPE|HOLD",
      description = "The type of the resource; or a hold.")
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
      JsonNode hold = api.post("/v1/holds/" + Api.part(uuid(api, type)) + ":release", body);
      out.println("hold " + hold.path("uuid").asText() + " is released");
    } else {
      JsonNode holds = api.post(Named.path(api, type, name) + ":release", body);
      out.println("%s/%s is released from %d".formatted(type, name, holds.path("items").size()));
    }
    out.flush();
    return Exit.OK;
  }

  private static String uuid(Api api, String hold) {
    if (hold.length() == 36) {
      return hold;
    }
    List<JsonNode> holds = new ArrayList<>();
    api.get("/v1/holds").path("items").forEach(holds::add);
    return Lists.meant(holds, hold, "hold");
  }
}

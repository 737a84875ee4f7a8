package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API keys: listed, and revoked. */
public final class ApiKeys {
  private static final int MOST = 10_000;

  private ApiKeys() {}

  /** The time that comes so much after now, as the API takes it. */
  public static String fromNow(String time, String what) {
    return Words.fromNow(time, what);
  }

  /** The uuid of the resource that {@code --under} names. */
  public static String under(Api api, String resource) {
    return Named.uuid(api, "--under", resource);
  }

  /** Lists keys. */
  @Command(
      name = "list",
      description = {
        "List API keys: what each may do, what it is limited to, when it ends and was last used.",
        "",
        "Examples:",
        "  toygun api-key list",
        "  toygun api-key list --all"
      })
  public static final class List extends Verb {
    @Mixin private Output output = new Output();

    @Option(names = "--all", description = "Also those that were revoked.")
    private boolean all;

    @Override
    int run(Api api, PrintWriter out) {
      java.util.List<JsonNode> keys =
          Lists.all(api, "/v1/keys", MOST).stream()
              .filter(key -> all || !key.path("revoked_at").isTextual())
              .toList();
      output.show(out, Lists.of(keys), keys, table(keys));
      return Exit.OK;
    }
  }

  /** Revokes a key. */
  @Command(
      name = "revoke",
      description = {
        "End an API key: it is refused everywhere within 5 s.",
        "",
        "Examples:",
        "  toygun api-key revoke home --yes --reason \"it was in a log\""
      })
  public static final class Revoke extends Verb {
    @Parameters(index = "0", paramLabel = "KEY", description = "Its name or its prefix.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask whether that is meant.")
    private boolean yes;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
    private @Nullable String reason;

    @Override
    int run(Api api, PrintWriter out) {
      JsonNode key =
          Lists.all(api, "/v1/keys", MOST).stream()
              .filter(one -> !one.path("revoked_at").isTextual())
              .filter(
                  one ->
                      one.path("name").asText().equals(name)
                          || one.path("prefix").asText().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new Exit.Failure(
                          Exit.NOT_FOUND,
                          "There is no API key " + name + ": `toygun api-key list` has them"));
      confirm(yes, "Revoke the key " + name + "?");
      api.post(
          "/v1/keys/" + key.path("uuid").asText() + ":revoke",
          reason == null ? Map.of() : Map.of("reason", reason));
      out.println(name + " is revoked");
      out.flush();
      return Exit.OK;
    }
  }

  /** Keys as a table. */
  static Table table(java.util.List<JsonNode> keys) {
    Table table = new Table("NAME", "ROLE", "TYPES", "UNDER", "EXPIRES", "LAST USED", "REVOKED");
    for (JsonNode key : keys) {
      table.row(
          key.path("name").asText(),
          key.path("role").asText(),
          types(key),
          under(key.path("under")),
          Words.time(key.path("expires_at")),
          Words.time(key.path("last_used_at")),
          Words.time(key.path("revoked_at")));
    }
    return table;
  }

  /** Those to which a key or a sink is limited. */
  static String types(JsonNode limited) {
    StringJoiner types = new StringJoiner(",");
    limited.path("types").forEach(type -> types.add(type.asText()));
    return limited.path("types").isArray() ? types.toString() : "all";
  }

  /** {@code website/home}, or {@code UUID (removed)}: of such there is nothing any more. */
  static String under(JsonNode root) {
    if (!root.isObject()) {
      return "all";
    }
    String state = root.path("state").asText();
    String name =
        root.path("label").isTextual()
            ? root.path("type").asText() + "/" + root.path("label").asText()
            : root.path("uuid").asText();
    return state.equals("active") ? name : "%s (%s)".formatted(name, state);
  }
}

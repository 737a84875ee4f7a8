package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
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

/** Who is told of alarms, and of errors. */
@Command(
    name = "sinks",
    description = {
      "Show who is told of alarms and errors; or make, change, try and remove a sink.",
      "",
      "Examples:",
      "  toygun sinks",
      "  toygun sinks create ops webhook url=https://example.com/ secret=@secret.txt",
      "  toygun sinks create errors sentry dsn=@dsn.txt environment=production",
      "  toygun sinks set ops secret=@new.txt --min-severity error",
      "  toygun sinks set web --type website --under web-pool/shop",
      "  toygun sinks test ops"
    },
    subcommands = {Sinks.Create.class, Sinks.Set.class, Sinks.Test.class, Sinks.Delete.class})
public final class Sinks extends Verb {
  /** What takes a limit out. */
  private static final List<String> ALL = List.of("all");

  @Mixin private Output output = new Output();

  @Override
  int run(Api api, PrintWriter out) {
    JsonNode answer = api.get("/v1/sinks");
    List<JsonNode> items = new ArrayList<>();
    answer.path("items").forEach(items::add);
    output.show(out, answer, items, table(items));
    return 0;
  }

  private static Table table(List<JsonNode> items) {
    Table table = new Table("NAME", "KIND", "FROM", "TYPES", "UNDER", "ACTIVE", "SETTINGS");
    for (JsonNode item : items) {
      table.row(
          item.path("name").asText(),
          item.path("kind").asText(),
          item.path("kind").asText().equals("sentry")
              ? "errors"
              : item.path("min_severity").asText(),
          ApiKeys.types(item),
          ApiKeys.under(item.path("under")),
          item.path("active").asText(),
          Words.fields(item.path("settings")));
    }
    return table;
  }

  /** Makes a sink. */
  @Command(
      name = "create",
      description = {
        "Make a sink, which is told of alarms that are open, and of those that open from now on.",
        "",
        "Kinds: webhook (url, secret), slack (url), pagerduty (routing_key), email (host, from, to,"
            + " port, security, username, password), log. These take title and text, templates such"
            + " as \"{{name}} of {{resource_label}}\". And sentry (dsn, environment), which is told of"
            + " errors, and not of alarms.",
        "",
        "A value that begins with @ is read from the file of that name: so a secret stays out of"
            + " the list of processes and the shell's history."
      })
  static final class Create extends Verb {
    @Mixin private Output output = new Output();

    @Parameters(index = "0", paramLabel = "NAME", description = "What it is to be called.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "KIND", description = "Its kind.")
    private String kind = "";

    @Parameters(index = "2..*", paramLabel = "SETTING=VALUE", description = "Its settings.")
    private List<String> settings = new ArrayList<>();

    @Option(
        names = "--min-severity",
        paramLabel = "SEVERITY",
        defaultValue = "info",
        description = "The mildest alarms that it is told of (${DEFAULT-VALUE}).")
    private String minSeverity = "";

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "Only of this type's alarms; again for more; __system__: Toygun's own.")
    private List<String> types = new ArrayList<>();

    @Option(
        names = "--under",
        paramLabel = "TYPE/NAME",
        description = "Only alarms of this resource, or of this uuid, and of what is below it.")
    private @Nullable String under;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
    private @Nullable String reason;

    @Override
    int run(Api api, PrintWriter out) {
      Map<String, Object> body = new LinkedHashMap<>();
      if (!types.isEmpty()) {
        body.put("types", types);
      }
      if (under != null) {
        body.put("under", Named.uuid(api, "--under", under));
      }
      body.put("name", name);
      body.put("kind", kind);
      body.put("min_severity", minSeverity);
      body.put("settings", values(settings));
      if (reason != null) {
        body.put("reason", reason);
      }
      JsonNode made = api.post("/v1/sinks", body);
      output.show(out, made, List.of(made), table(List.of(made)));
      return 0;
    }
  }

  /** Settings as the API takes them. */
  private static Map<String, Object> values(List<String> settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    Values.texts(settings)
        .forEach(
            (setting, text) ->
                values.put(
                    setting,
                    switch (setting) {
                      case "port", "buttons" -> Api.parse(text, setting);
                      case "to" -> List.of(text.split("\\s*,\\s*", -1));
                      default -> text;
                    }));
    return values;
  }

  /** Changes a sink. */
  @Command(
      name = "set",
      description = {
        "Change a sink. What is not named stays as it is.",
        "",
        "A value that begins with @ is read from the file of that name: so a secret stays out of"
            + " the list of processes and the shell's history."
      })
  static final class Set extends Verb {
    @Mixin private Output output = new Output();

    @Parameters(index = "0", paramLabel = "NAME", description = "The sink.")
    private String name = "";

    @Parameters(
        index = "1..*",
        paramLabel = "SETTING=VALUE",
        description = "Settings and what they are to be.")
    private List<String> settings = new ArrayList<>();

    @Option(
        names = "--unset",
        paramLabel = "SETTING",
        description = "Take a setting out, so that what is usual is used.")
    private List<String> unset = new ArrayList<>();

    @Option(
        names = "--min-severity",
        paramLabel = "SEVERITY",
        description = "The mildest alarms that it is told of.")
    private @Nullable String minSeverity;

    @Option(
        names = "--type",
        paramLabel = "TYPE",
        description = "Only of this type's alarms; again for more; all: of any.")
    private List<String> types = new ArrayList<>();

    @Option(
        names = "--under",
        paramLabel = "TYPE/NAME",
        description = "Only alarms of this resource and of what is below it; all: of any.")
    private @Nullable String under;

    @Option(
        names = "--active",
        arity = "1",
        paramLabel = "true|false",
        description = "Whether it is told of alarms that open.")
    private @Nullable Boolean active;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
    private @Nullable String reason;

    @Override
    int run(Api api, PrintWriter out) {
      Map<String, Object> changed = values(settings);
      for (String setting : unset) {
        if (changed.containsKey(setting)) {
          throw new Exit.Failure(Exit.USAGE, setting + " is set and taken out at once");
        }
        changed.put(setting, null);
      }
      Map<String, Object> body = new LinkedHashMap<>();
      put(body, "settings", changed.isEmpty() ? null : changed);
      put(body, "min_severity", minSeverity);
      put(body, "active", active);
      if (!types.isEmpty()) {
        body.put("types", types.equals(ALL) ? null : types);
      }
      if (under != null) {
        body.put("under", ALL.contains(under) ? null : Named.uuid(api, "--under", under));
      }
      if (body.isEmpty()) {
        throw new Exit.Failure(
            Exit.USAGE,
            "Nothing to change: name a SETTING=VALUE, --unset, --min-severity, --type, --under or"
                + " --active");
      }
      put(body, "reason", reason);
      JsonNode sink = api.patch("/v1/sinks/" + Api.part(name), body);
      output.show(out, sink, List.of(sink), table(List.of(sink)));
      return Exit.OK;
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
      if (value != null) {
        body.put(name, value);
      }
    }
  }

  /** Tries a sink. */
  @Command(
      name = "test",
      description = "Send a message that says it is a test, and then that it is over.")
  static final class Test extends Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The sink.")
    private String name = "";

    @Override
    int run(Api api, PrintWriter out) {
      api.post("/v1/sinks/" + Api.part(name) + ":test", Map.of());
      out.println(name + " was told, and that it is over");
      out.flush();
      return Exit.OK;
    }
  }

  /** Removes a sink. */
  @Command(
      name = "delete",
      description = "Remove a sink. What was still to be sent to it has failed then.")
  static final class Delete extends Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The sink.")
    private String name = "";

    @Option(names = "--yes", description = "Do not ask whether that is meant.")
    private boolean yes;

    @Override
    int run(Api api, PrintWriter out) {
      confirm(yes, "Remove the sink " + name + "?");
      api.delete("/v1/sinks/" + Api.part(name));
      out.println(name + " is gone");
      out.flush();
      return Exit.OK;
    }
  }
}

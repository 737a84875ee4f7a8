package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows things in a table. */
@Command(
    name = "get",
    description = {
      "Show resources of a type, or one; or `types`, `errors`, `error-groups`,"
          + " `alarms`, `holds`, `keys`.",
      "",
      "Examples:",
      "  toygun get types",
      "  toygun get website",
      "  toygun get website home -o yaml",
      "  toygun get website --filter state=watched --filter availability=offline"
    })
public final class Get extends Verb {
  private static final int PAGE = 200;

  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "TYPE", description = "What to show.")
  private String type = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "A label or a uuid; all where none is given.")
  private @Nullable String name;

  @Option(
      names = "--filter",
      paramLabel = "WHAT=VALUE",
      description =
          "Only those with this label, state, parent, availability or fields.NAME; may be repeated,"
              + " then all must hold.")
  private List<String> filters = new ArrayList<>();

  @Option(names = "--ended", description = "Also those that have ended.")
  private boolean ended;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Show so many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  int run(Api api, PrintWriter out) {
    switch (type) {
      case "types" -> list(api, out, "/v1/types?", Get::types);
      case "errors" -> list(api, out, "/v1/errors?page_size=" + PAGE, Get::errors);
      case "alarms" -> list(api, out, "/v1/alarms?page_size=" + PAGE, Alarms::table);
      case "holds" -> list(api, out, "/v1/holds?", Hold::table);
      case "error-groups" -> list(api, out, "/v1/error-groups?", Get::errorGroups);
      case "keys" -> list(api, out, "/v1/keys?page_size=" + PAGE, Get::keys);
      default -> {
        if (name != null) {
          JsonNode one = api.get(Named.past(api, type, name));
          output.show(out, one, List.of(one), resources(List.of(one)));
        } else {
          StringBuilder path = new StringBuilder("/v1/resources/" + Api.part(type));
          path.append("?page_size=").append(PAGE).append(ended ? "&ended=true" : "");
          filters.forEach(filter -> path.append("&filter=").append(Api.part(filter)));
          list(api, out, path.toString(), this::resources);
        }
      }
    }
    return 0;
  }

  /** Makes a table of items. */
  private interface Shape {
    Table of(List<JsonNode> items);
  }

  private void list(Api api, PrintWriter out, String path, Shape shape) {
    List<JsonNode> items = new ArrayList<>();
    JsonNode page = api.get(path);
    page.path("items").forEach(items::add);
    while (page.path("next_page_token").isTextual() && items.size() < limit) {
      page = api.get(path + "&page_token=" + Api.part(page.path("next_page_token").asText()));
      page.path("items").forEach(items::add);
    }
    List<JsonNode> shown = items.size() > limit ? items.subList(0, limit) : items;
    output.show(out, Lists.of(shown), shown, shape.of(shown));
  }

  private Table resources(List<JsonNode> items) {
    boolean wide = output.form() == Output.Form.wide;
    Table table =
        wide
            ? new Table(
                "LABEL", "STATE", "AVAILABILITY", "STEP", "DUE", "UPDATED", "UUID", "FIELDS")
            : new Table("LABEL", "STATE", "AVAILABILITY", "UPDATED", "UUID");
    for (JsonNode item : items) {
      String state = Words.state(item);
      if (wide) {
        table.row(
            item.path("label").asText(),
            state,
            item.path("availability").asText(),
            item.path("step").asText(),
            Words.time(item.path("due_at")),
            Words.time(item.path("updated_at")),
            item.path("uuid").asText(),
            Words.fields(item.path("fields")));
      } else {
        table.row(
            item.path("label").asText(),
            state,
            item.path("availability").asText(),
            Words.time(item.path("updated_at")),
            item.path("uuid").asText());
      }
    }
    return table;
  }

  private static Table types(List<JsonNode> items) {
    Table table = new Table("NAME", "VERSION", "FIELDS", "TASKS", "LAST SEEN");
    for (JsonNode item : items) {
      table.row(
          item.path("name").asText(),
          item.path("version").asText(),
          Words.names(item.path("fields")),
          Words.names(item.path("tasks")),
          Words.time(item.path("last_seen")));
    }
    return table;
  }

  private static Table errors(List<JsonNode> items) {
    Table table = new Table("AT", "KIND", "STATE", "MESSAGE", "RESOURCE");
    for (JsonNode item : items) {
      table.row(
          Words.time(item.path("at")),
          item.path("kind").asText(),
          item.path("state").asText(),
          item.path("message").asText(),
          item.path("resource").asText());
    }
    return table;
  }

  private static Table errorGroups(List<JsonNode> items) {
    Table table = new Table("COUNT", "RESOURCES", "KIND", "LAST", "MESSAGE");
    for (JsonNode item : items) {
      table.row(
          item.path("count").asText(),
          item.path("resources").asText(),
          item.path("kind").asText(),
          Words.time(item.path("last_at")),
          item.path("message").asText());
    }
    return table;
  }

  private static Table keys(List<JsonNode> items) {
    Table table = new Table("NAME", "ROLE", "PREFIX", "CREATED", "LAST USED", "REVOKED");
    for (JsonNode item : items) {
      table.row(
          item.path("name").asText(),
          item.path("role").asText(),
          item.path("prefix").asText(),
          Words.time(item.path("created_at")),
          Words.time(item.path("last_used_at")),
          Words.time(item.path("revoked_at")));
    }
    return table;
  }
}

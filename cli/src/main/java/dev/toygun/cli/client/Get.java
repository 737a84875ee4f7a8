package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows things in a table. */
@Command(
    name = "get",
    description = {
      "Show resources of a type, or one; or `types`, `tasks` (their runs), `errors`, `error-groups`,"
          + " `alarms`, `holds`, `queues`, `workers`, `keys`, `audit`.",
      "",
      "Examples:",
      "  toygun get types",
      "  toygun get website",
      "  toygun get website home -o yaml",
      "  toygun get website --filter state=watched --filter availability=offline",
      "  toygun get web-server --filter parent=web-pool/shop",
      "  toygun get tasks --filter type=website --filter status=panicked",
      "  toygun get alarms --filter state=open",
      "  toygun get audit --filter outcome=denied --filter since=2026-01-01T00:00:00Z"
    })
public final class Get extends Verb {
  private static final int PAGE = 200;
  private static final Duration EVERY = Duration.ofSeconds(2);

  private static final Map<String, Kind> KINDS =
      Map.of(
          "types",
          new Kind("/v1/types?", List.of(), "`toygun describe type NAME`", "", Get::types),
          "tasks",
          new Kind(
              "/v1/tasks?page_size=" + PAGE,
              List.of("type", "task", "status", "since", "until"),
              "`toygun describe TYPE NAME` for those of a resource",
              "`toygun get tasks --filter status=finished`",
              Get::tasks),
          "errors",
          new Kind(
              "/v1/errors?page_size=" + PAGE,
              List.of("resource", "kind", "stack_hash"),
              "`toygun get errors --filter resource=TYPE/NAME` for those of a resource",
              "",
              Get::errors),
          "error-groups",
          new Kind("/v1/error-groups?page_size=500", List.of("hours"), "", "", Get::errorGroups),
          "alarms",
          new Kind(
              "/v1/alarms?page_size=" + PAGE,
              List.of("resource", "state"),
              "`toygun alarms show ALARM`",
              "`toygun alarms --closed`",
              Alarms::table),
          "holds",
          new Kind("/v1/holds?", List.of(), "", "", Hold::table),
          "queues",
          new Kind("/v1/queues?", List.of(), "", "", Queues::table),
          "workers",
          new Kind("/v1/workers?", List.of(), "", "", Queues::workers),
          "keys",
          new Kind("/v1/keys?page_size=" + PAGE, List.of(), "", "", ApiKeys::table),
          "audit",
          new Kind(
              "/v1/audit?page_size=" + PAGE,
              List.of("actor", "action", "subject", "outcome", "since", "until"),
              "`toygun get audit --filter subject=TYPE/NAME` for what was asked of one thing",
              "",
              Get::audit));

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
          "Only those with this label, state, parent (TYPE/NAME or a uuid), availability or"
              + " fields.NAME; tasks by type,"
              + " task, status, since or until; errors by"
              + " resource, kind or stack_hash, alarms by resource or state, error-groups by hours,"
              + " the audit by actor, action, subject, outcome, since or until."
              + " May be repeated, then all must hold.")
  private List<String> filters = new ArrayList<>();

  @Option(names = "--ended", description = "Also resources that have ended.")
  private boolean ended;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Show so many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = {"-w", "--watch"},
      description = "Show it again each time that it has changed, looked at every 2 seconds.")
  private boolean watch;

  @Override
  int run(Api api, PrintWriter out) {
    Kind kind = KINDS.get(type);
    if (kind != null) {
      list(api, out, kind.path() + narrowed(api, kind), kind.shape());
    } else if (name == null) {
      StringBuilder path = new StringBuilder("/v1/resources/" + Api.part(type));
      path.append("?page_size=").append(PAGE).append(ended ? "&ended=true" : "");
      for (String filter : filters) {
        path.append("&filter=").append(Api.part(Named.filter(api, filter)));
      }
      list(api, out, path.toString(), Get::resources);
    } else if (filters.isEmpty()) {
      String path = Named.past(api, type, name);
      shown(
          out,
          () -> api.get(path),
          one -> output.show(out, one, List.of(one), resources(List.of(one))));
    } else {
      throw refused("%s %s is one: --filter narrows a list".formatted(type, name));
    }
    return Exit.OK;
  }

  private <T> void shown(PrintWriter out, Supplier<T> read, Consumer<T> show) {
    if (watch) {
      Anew.show(EVERY, output.isTable(), out, read, show);
    } else {
      show.accept(read.get());
    }
  }

  /** Makes a table of items. */
  private interface Shape {
    Table of(List<JsonNode> items);
  }

  /**
   * What is listed and is no resource.
   *
   * @param path of the list, to which what narrows it is added
   * @param filters what that can be
   * @param one how one of them is shown; empty where that cannot be said
   * @param over how those are shown that are over; empty where there are none
   */
  private record Kind(String path, List<String> filters, String one, String over, Shape shape) {}

  private String narrowed(Api api, Kind kind) {
    if (name != null) {
      throw refused(type + " take no NAME" + instead(kind.one()));
    }
    if (ended) {
      throw refused(type + " take no --ended" + instead(kind.over()));
    }
    StringBuilder query = new StringBuilder();
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      String what = equals < 0 ? "" : filter.substring(0, equals);
      if (!kind.filters().contains(what)) {
        throw refused(
            kind.filters().isEmpty()
                ? type + " take no --filter"
                : type + " take --filter " + String.join("=, ", kind.filters()) + "=");
      }
      String meant = Named.filter(api, filter);
      query.append('&').append(what).append('=').append(Api.part(meant.substring(equals + 1)));
    }
    return query.toString();
  }

  private static String instead(String how) {
    return how.isEmpty() ? "" : ": try " + how;
  }

  private static Exit.Failure refused(String why) {
    return new Exit.Failure(Exit.USAGE, why);
  }

  private void list(Api api, PrintWriter out, String path, Shape shape) {
    shown(out, () -> some(api, path), some -> show(out, some, shape));
  }

  /** As many of a list as are to be shown, and whether there are more. */
  private record Some(List<JsonNode> items, boolean more, String note) {}

  private Some some(Api api, String path) {
    List<JsonNode> items = new ArrayList<>();
    JsonNode page = api.get(path);
    String note = page.path("note").asText();
    page.path("items").forEach(items::add);
    while (!Lists.next(page).isEmpty() && items.size() < limit) {
      page = api.get(path + Lists.next(page));
      page.path("items").forEach(items::add);
    }
    return items.size() > limit
        ? new Some(items.subList(0, limit), true, note)
        : new Some(items, !Lists.next(page).isEmpty(), note);
  }

  private void show(PrintWriter out, Some some, Shape shape) {
    output.show(out, Lists.of(some.items()), some.items(), shape.of(some.items()));
    if (!some.note().isEmpty()) {
      err().println(some.note());
      err().flush();
    }
    if (some.more()) {
      onlySome(some.items().size(), "--limit shows more, --filter narrows them");
    }
  }

  private static Table resources(List<JsonNode> items) {
    Table table =
        new Table(
                "LABEL",
                "PARENT",
                "STATE",
                "AVAILABILITY",
                "STEP",
                "DUE",
                "HELD",
                "UPDATED",
                "UUID",
                "FIELDS")
            .onlyWide("PARENT", "STEP", "DUE", "HELD", "FIELDS");
    for (JsonNode item : items) {
      table.row(
          item.path("label").asText(),
          Words.parent(item),
          Words.state(item),
          item.path("availability").asText(),
          item.path("step").asText(),
          Words.time(item.path("due_at")),
          Words.held(item),
          Words.time(item.path("updated_at")),
          item.path("uuid").asText(),
          Words.fields(item.path("fields")));
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

  private static Table tasks(List<JsonNode> items) {
    Table table =
        new Table("TASK", "OF", "STATUS", "STATE", "RUN", "STARTED", "UUID").onlyWide("UUID");
    for (JsonNode item : items) {
      table.row(
          item.path("name").asText(),
          Words.of(item),
          item.path("status").asText(),
          item.path("state").asText(),
          item.path("run").asText(),
          Words.time(item.path("created_at")),
          item.path("uuid").asText());
    }
    return table;
  }

  private static Table errors(List<JsonNode> items) {
    Table table = new Table("AT", "KIND", "OF", "STATE", "MESSAGE");
    for (JsonNode item : items) {
      table.row(
          Words.time(item.path("at")),
          item.path("kind").asText(),
          Words.of(item) + (item.path("task").isTextual() ? " " + item.path("task").asText() : ""),
          item.path("state").asText(),
          item.path("message").asText());
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

  private static Table audit(List<JsonNode> items) {
    Table table = new Table("AT", "ACTOR", "ACTION", "STATUS", "OF", "REASON");
    for (JsonNode item : items) {
      boolean denied = item.path("outcome").asText().equals("denied");
      table.row(
          Words.time(item.path("at")),
          item.path("actor").asText(),
          item.path("action").asText(),
          item.path("status").asText("-") + (denied ? " denied" : ""),
          item.path(item.path("subject").isTextual() ? "subject" : "resource").asText("-"),
          item.path("reason").asText());
    }
    return table;
  }
}

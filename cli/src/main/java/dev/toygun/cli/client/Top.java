package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows who uses the workers up. */
@Command(
    name = "top",
    description = {
      "Show what ticks have used, and who used most of it.",
      "",
      "Examples:",
      "  toygun top",
      "  toygun top --by task --since 2h",
      "  toygun top --under website/home",
      "",
      "A tree has all that is below its root; with --under, each child of that resource has.",
      "USED is time of workers and of Postgres; what code WAITED is no part of it."
    })
public final class Top extends Verb {
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** To whom it is charged. */
  enum By {
    tree,
    type,
    task,
    resource
  }

  @Mixin private Output output = new Output();

  @Option(
      names = "--by",
      paramLabel = "WHOM",
      defaultValue = "tree",
      description = "To whom it is charged: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private By by = By.tree;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "10m",
      description =
          "In how much time, such as 30m or 2h; 24h at most by type or task, else 2h (${DEFAULT-VALUE}).")
  private String since = "";

  @Option(
      names = "--under",
      paramLabel = "RESOURCE",
      description = "Only what this used, and what is below it: TYPE/NAME, or its uuid.")
  private @Nullable String under;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Show so many at most (${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--watch", description = "Show it anew every 5 seconds.")
  private boolean watch;

  @Override
  int run(Api api, PrintWriter out) {
    String path =
        "/v1/usage?by=%s&since=%s&page_size=%d".formatted(by, Api.part(since), limit)
            + (under == null ? "" : "&under=" + Named.uuid(api, "--under", under));
    if (watch) {
      Anew.show(EVERY, output.isTable(), out, () -> api.get(path), report -> show(report, out));
    } else {
      show(api.get(path), out);
    }
    return Exit.OK;
  }

  private void show(JsonNode report, PrintWriter out) {
    List<JsonNode> items = new ArrayList<>();
    report.path("items").forEach(items::add);
    output.show(out, report, items, table(report, items));
  }

  private Table table(JsonNode report, List<JsonNode> items) {
    Table table = new Table("WHO", "SHARE", "TICKS/S", "USED", "MEAN", "WAITED");
    for (JsonNode item : items) {
      row(table, who(item), item.path("spent"));
    }
    row(table, "(all)", report.path("total"));
    return table;
  }

  private static void row(Table table, String who, JsonNode spent) {
    table.row(
        who,
        spent.path("share").isNumber()
            ? String.format(Locale.ROOT, "%.1f%%", 100 * spent.path("share").asDouble())
            : "-",
        String.format(Locale.ROOT, "%.1f", spent.path("ticks_per_second").asDouble()),
        brief(spent.path("used_seconds").asDouble()),
        spent.path("mean_seconds").isNumber() ? brief(spent.path("mean_seconds").asDouble()) : "-",
        brief(spent.path("waited_seconds").asDouble()));
  }

  /** Milliseconds, where it is not seconds. */
  private static String brief(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.1fms", 1000 * seconds)
        : Uptime.time(seconds);
  }

  private static String who(JsonNode item) {
    String type = item.path("type").asText();
    if (item.path("resource").isTextual()) {
      String label = item.path("label").asText(item.path("resource").asText());
      return type + "/" + label + (item.path("heavy").asBoolean() ? " (heavy)" : "");
    }
    return item.path("task").isTextual() ? type + "/" + item.path("task").asText() : type;
  }
}

package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Bulk runs: one thing done with all resources that a filter finds. */
@Command(
    name = "bulk",
    description = {
      "Do one thing with all resources that a filter finds, one after the other; or show what was"
          + " asked for, and have it pause, go on or end. It goes on without this command.",
      "",
      "Examples:",
      "  toygun bulk start website monitor --filter state=watched --rate 10/s --canary 5 --yes",
      "  toygun bulk retry website monitor --halt-after 3 --yes",
      "  toygun bulk set website address=http://127.0.0.1:1/ --filter label=home --yes",
      "  toygun bulk delete website --filter state=broken --yes --reason \"they moved\"",
      "  toygun bulk list",
      "  toygun bulk show 9c550123 --result failed",
      "  toygun bulk pause 9c550123",
      "",
      "BULK is a uuid, or the end of one that no other bulk run shares."
    },
    subcommands = {
      BulkActions.Start.class,
      BulkActions.Stop.class,
      BulkActions.Abort.class,
      BulkActions.Retry.class,
      BulkActions.Signal.class,
      BulkActions.Delete.class,
      BulkActions.Set.class,
      Bulk.All.class,
      Bulk.Show.class,
      Bulk.Pause.class,
      Bulk.Resume.class,
      Bulk.Cancel.class
    })
public final class Bulk extends Verb {
  private static final int MOST = 100;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Set<String> GOES_ON = Set.of("gathering", "canary", "running", "paused");

  @Mixin private Output output = new Output();

  @Override
  int run(Api api, PrintWriter out) {
    return list(api, output, out);
  }

  private static int list(Api api, Output output, PrintWriter out) {
    List<JsonNode> items = Lists.all(api, "/v1/bulk", MOST);
    output.show(out, Lists.of(items), items, table(items));
    return Exit.OK;
  }

  static Table table(List<JsonNode> items) {
    Table table = new Table("BULK", "WHAT", "STATE", "DONE", "FAILED", "OF", "BY", "SINCE");
    for (JsonNode item : items) {
      JsonNode counts = item.path("counts");
      table.row(
          Lists.ending(item.path("uuid").asText()),
          what(item),
          item.path("state").asText(),
          Long.toString(counts.path("done").asLong() + counts.path("skipped").asLong()),
          Long.toString(counts.path("failed").asLong()),
          Long.toString(counts.path("total").asLong()),
          item.path("actor").asText(),
          Words.time(item.path("created_at")));
    }
    return table;
  }

  /** What it does, in words. */
  static String what(JsonNode bulk) {
    StringJoiner words = new StringJoiner(" ");
    words.add(bulk.path("action").asText()).add(bulk.path("type").asText());
    for (String name : List.of("task", "signal")) {
      if (bulk.path(name).isTextual()) {
        words.add(bulk.path(name).asText());
      }
    }
    bulk.path("filter").forEach(one -> words.add(one.asText()));
    return words.toString();
  }

  /** How far it has come, in a line. */
  static String progress(JsonNode bulk) {
    StringJoiner counts = new StringJoiner(", ");
    for (String result : List.of("waiting", "begun", "done", "skipped", "failed")) {
      long n = bulk.path("counts").path(result).asLong();
      if (n > 0) {
        counts.add(n + " " + result);
      }
    }
    String eta = bulk.path("eta").isTextual() ? ", until " + Words.time(bulk.path("eta")) : "";
    String note = bulk.path("note").asText("");
    return "%s: %d, of which %s%s%s"
        .formatted(
            bulk.path("state").asText(),
            bulk.path("counts").path("total").asLong(),
            counts.length() == 0 ? "none" : counts,
            eta,
            note.isEmpty() ? "" : " (" + note + ")");
  }

  /** Says how far it has come until it is over or halted; whether all of it went well. */
  static int watch(Api api, String uuid, PrintWriter out) {
    String last = "";
    while (true) {
      JsonNode now = api.get("/v1/bulk/" + Api.part(uuid));
      String line = progress(now);
      if (!line.equals(last)) {
        out.println(line);
        out.flush();
        last = line;
      }
      if (!GOES_ON.contains(now.path("state").asText())) {
        boolean well =
            now.path("state").asText().equals("done")
                && now.path("counts").path("failed").asLong() == 0;
        return well ? Exit.OK : Exit.FAILED;
      }
      dev.toygun.cli.client.Pause.of(LOOK);
    }
  }

  private static String uuid(Api api, String name) {
    return name.length() == 36
        ? name
        : Lists.meant(Lists.all(api, "/v1/bulk", 1000), name, "bulk run");
  }

  /** All of them. */
  @Command(name = "list", description = "Show bulk runs, the newest first.")
  static final class All extends Verb {
    @Mixin private Output output = new Output();

    @Override
    int run(Api api, PrintWriter out) {
      return list(api, output, out);
    }
  }

  /** All about one. */
  @Command(name = "show", description = "Show a bulk run, and what became of its resources.")
  static final class Show extends Verb {
    @Mixin private Output output = new Output();

    @Parameters(index = "0", paramLabel = "BULK", description = "The bulk run.")
    private String name = "";

    @Option(
        names = "--result",
        paramLabel = "RESULT",
        description = "Only waiting, begun, done, skipped or failed ones.")
    private @Nullable String result;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "How many at most; ${DEFAULT-VALUE}.")
    private int limit = 50;

    @Option(names = "--watch", description = "Say how far it has come until it is over or halted.")
    private boolean watch;

    @Override
    int run(Api api, PrintWriter out) {
      String path = "/v1/bulk/" + Api.part(uuid(api, name));
      if (watch) {
        return Bulk.watch(api, path.substring(path.lastIndexOf('/') + 1), out);
      }
      JsonNode bulk = api.get(path);
      if (!output.isTable()) {
        output.show(out, bulk, List.of(bulk), table(List.of(bulk)));
        return Exit.OK;
      }
      out.println(what(bulk));
      out.println(progress(bulk));
      String query = result == null ? "" : "&result=" + Api.part(result);
      List<JsonNode> items = Lists.all(api, path + "/items", query, limit);
      List<JsonNode> some = items.subList(0, Math.min(limit, items.size()));
      output.print(out, items(some));
      out.flush();
      if (items.size() > limit) {
        onlySome(limit, "--limit N shows more, --result narrows them");
      }
      return Exit.OK;
    }

    private static Table items(List<JsonNode> items) {
      Table table = new Table("LABEL", "RESULT", "CODE", "AT", "MESSAGE");
      for (JsonNode item : items) {
        table.row(
            item.path("label").isTextual()
                ? item.path("label").asText()
                : item.path("resource").asText(),
            item.path("result").asText(),
            item.path("code").isTextual() ? item.path("code").asText() : "",
            Words.time(item.path("at")),
            item.path("message").asText(""));
      }
      return table;
    }
  }

  /** What all that say something to a bulk run have. */
  @Command
  abstract static class Say extends Verb {
    @Parameters(index = "0", paramLabel = "BULK", description = "The bulk run.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
    private @Nullable String reason;

    /** The verb of the API. */
    abstract String verb();

    @Override
    final int run(Api api, PrintWriter out) {
      Map<String, Object> body = reason == null ? Map.of() : Map.of("reason", reason);
      JsonNode bulk = api.post("/v1/bulk/" + Api.part(uuid(api, name)) + ":" + verb(), body);
      out.println(what(bulk) + " is " + progress(bulk));
      out.flush();
      return Exit.OK;
    }
  }

  /** Pauses one. */
  @Command(name = "pause", description = "Pause a bulk run; what it began goes on.")
  static final class Pause extends Say {
    @Override
    String verb() {
      return "pause";
    }
  }

  /** Has one go on. */
  @Command(
      name = "resume",
      description = "Have a bulk run go on that is paused or halted, or waits for its canary.")
  static final class Resume extends Say {
    @Override
    String verb() {
      return "resume";
    }
  }

  /** Ends one. */
  @Command(name = "cancel", description = "End a bulk run; what it did stays done.")
  static final class Cancel extends Say {
    @Override
    String verb() {
      return "cancel";
    }
  }
}

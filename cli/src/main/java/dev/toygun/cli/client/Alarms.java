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

/** Alarms, and what people say to them. */
@Command(
    name = "alarms",
    description = {
      "Show alarms that are not closed; or say something to one.",
      "",
      "Examples:",
      "  toygun alarms",
      "  toygun alarms ack 9c550123 --reason \"on it\"",
      "  toygun alarms snooze 9c550123 --for 2h",
      "",
      "ALARM is a uuid, or the end or the beginning of one that no other alarm shares."
    },
    subcommands = {
      Alarms.Show.class,
      Alarms.Ack.class,
      Alarms.Snooze.class,
      Alarms.Lift.class,
      Alarms.Close.class,
      Alarms.Ignore.class,
      Alarms.Unignore.class
    })
public final class Alarms extends Verb {
  private static final int MOST = 1000;

  @Mixin private Output output = new Output();

  @Option(names = "--closed", description = "Also those that are closed.")
  private boolean closed;

  @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state.")
  private @Nullable String state;

  @Override
  int run(Api api, PrintWriter out) {
    String query =
        (closed ? "&closed=true" : "") + (state == null ? "" : "&state=" + Api.part(state));
    List<JsonNode> items = Lists.all(api, "/v1/alarms", query, MOST);
    output.show(out, Lists.of(items), items, table(items));
    if (items.size() >= MOST) {
      onlySome(items.size(), "--state narrows them, `toygun get alarms --limit N` shows more");
    }
    return Exit.OK;
  }

  static Table table(List<JsonNode> items) {
    Table table = new Table("ALARM", "SEVERITY", "STATE", "OF", "NAME", "SINCE", "MESSAGE");
    for (JsonNode item : items) {
      String uuid = item.path("uuid").asText();
      table.row(
          Lists.ending(uuid),
          item.path("severity").asText(),
          item.path("state").asText(),
          Words.of(item),
          Words.alarm(item),
          Words.time(item.path("created_at")),
          item.path("message").asText());
    }
    return table;
  }

  /** The uuid of the alarm that a person means. */
  private static String uuid(Api api, String name) {
    if (name.length() == 36) {
      return name;
    }
    // Those that are not closed first: of closed ones there may be more than are looked through.
    List<JsonNode> open = Lists.all(api, "/v1/alarms", MOST);
    boolean isThere = open.stream().anyMatch(one -> Lists.isMeant(one.path("uuid").asText(), name));
    return Lists.meant(
        isThere ? open : Lists.all(api, "/v1/alarms", "&closed=true", MOST), name, "alarm");
  }

  /** What all that say something to an alarm have. */
  @Command
  abstract static class Say extends Verb {
    @Parameters(index = "0", paramLabel = "ALARM", description = "The alarm.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
    private @Nullable String reason;

    /** The verb of the API. */
    abstract String verb();

    /** Until when; null for nothing said. */
    @Nullable String until() {
      return null;
    }

    @Override
    final int run(Api api, PrintWriter out) {
      Map<String, Object> body = new LinkedHashMap<>();
      if (reason != null) {
        body.put("reason", reason);
      }
      String until = until();
      if (until != null) {
        body.put("until", until);
      }
      JsonNode alarm = api.post("/v1/alarms/" + Api.part(uuid(api, name)) + ":" + verb(), body);
      out.println(
          "%s of %s is %s"
              .formatted(Words.alarm(alarm), Words.of(alarm), alarm.path("state").asText()));
      out.flush();
      return Exit.OK;
    }
  }

  /** Takes care of an alarm. */
  @Command(name = "ack", description = "Take care of an alarm: it does not get more severe.")
  static final class Ack extends Say {
    @Option(
        names = "--for",
        paramLabel = "TIME",
        description = "So long, such as 30m or 2h; then it is open again if it has not cleared.")
    private @Nullable String time;

    @Override
    String verb() {
      return "ack";
    }

    @Override
    @Nullable String until() {
      return time == null ? null : Words.fromNow(time, "--for");
    }
  }

  /** Quiets an alarm for a time. */
  @Command(name = "snooze", description = "Quiet an alarm for a time.")
  static final class Snooze extends Say {
    @Option(
        names = "--for",
        required = true,
        paramLabel = "TIME",
        description = "So long, such as 30m or 2h; then it is open again if it has not cleared.")
    private String time = "";

    @Override
    String verb() {
      return "snooze";
    }

    @Override
    String until() {
      return Words.fromNow(time, "--for");
    }
  }

  /** Lifts a brake. */
  @Command(
      name = "lift",
      description =
          "Lift the brake that an alarm tells of: its task goes on, though so many want it.")
  static final class Lift extends Say {
    @Option(
        names = "--for",
        required = true,
        paramLabel = "TIME",
        description = "So long, such as 30m or 2h; then it holds again if still so many want it.")
    private String time = "";

    @Override
    String verb() {
      return "lift";
    }

    @Override
    String until() {
      return Words.fromNow(time, "--for");
    }
  }

  /** Closes an alarm. */
  @Command(
      name = "close",
      description = "Close an alarm; refused while what it tells of stands still.")
  static final class Close extends Say {
    @Override
    String verb() {
      return "close";
    }
  }

  /** Quiets an alarm until it clears. */
  @Command(name = "ignore", description = "Quiet an alarm until it clears; then it is armed again.")
  static final class Ignore extends Say {
    @Override
    String verb() {
      return "ignore";
    }
  }

  /** Makes an ignored alarm loud again. */
  @Command(name = "unignore", description = "Make an ignored alarm loud again.")
  static final class Unignore extends Say {
    @Override
    String verb() {
      return "unignore";
    }
  }

  /** All about an alarm. */
  @Command(
      name = "show",
      description = "Show an alarm, what puts it right, and who was told of it.")
  static final class Show extends Verb {
    @Mixin private Output output = new Output();

    @Parameters(index = "0", paramLabel = "ALARM", description = "The alarm.")
    private String name = "";

    @Override
    int run(Api api, PrintWriter out) {
      JsonNode alarm = api.get("/v1/alarms/" + Api.part(uuid(api, name)));
      if (!output.isTable()) {
        output.show(out, alarm, List.of(alarm), table(List.of(alarm)));
        return Exit.OK;
      }
      Table about = new Table("WHAT", "VALUE");
      alarm.properties().stream()
          .filter(one -> !one.getValue().isArray() && !one.getValue().isNull())
          .forEach(one -> about.row(one.getKey(), Words.value(one.getValue())));
      output.print(out, about);
      Repairs.of(api, alarm).forEach(out::println);
      List<JsonNode> told = new ArrayList<>();
      alarm.path("deliveries").forEach(told::add);
      out.println();
      if (told.isEmpty()) {
        out.println("Nobody was told.");
      } else {
        output.print(out, Deliveries.table(told));
      }
      out.flush();
      return Exit.OK;
    }
  }
}

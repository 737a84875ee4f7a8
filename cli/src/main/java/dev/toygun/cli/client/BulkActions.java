package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be done in bulk. */
final class BulkActions {
  private BulkActions() {}

  /** What all of them have: with which resources, how fast, and what halts it. */
  @Command
  abstract static class Action extends Verb {
    @Mixin private Output output = new Output();

    @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resources.")
    private String type = "";

    @Option(
        names = "--filter",
        paramLabel = "WHAT=VALUE",
        description = "Only those of which it is so, as of `toygun get`; all of it must be.")
    private List<String> filter = new ArrayList<>();

    @Option(
        names = "--rate",
        paramLabel = "RATE",
        description = "No more than so many, such as 10/s, 30/min or 5/h.")
    private @Nullable String rate;

    @Option(
        names = "--canary",
        paramLabel = "N",
        description = "So many first; the rest follows once they have turned out well.")
    private @Nullable Integer canary;

    @Option(
        names = "--watch-for",
        paramLabel = "SECONDS",
        description = "For how long what was begun has to go well; 60 where nobody says.")
    private @Nullable Integer watchFor;

    @Option(
        names = "--halt-after",
        paramLabel = "N",
        description = "So many failures halt it; 1 where nobody says.")
    private @Nullable Integer haltAfter;

    @Option(
        names = "--halt-share",
        paramLabel = "PERCENT",
        description = "So many failures in a hundred of all halt it.")
    private @Nullable Integer haltShare;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Do not ask whether that is meant.")
    private boolean yes;

    @Option(names = "--watch", description = "Say how far it has come until it is over or halted.")
    private boolean watch;

    /** Puts what the action is, and what it takes. */
    abstract void put(Map<String, Object> body, Api api, String type);

    @Override
    final int run(Api api, PrintWriter out) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("type", type);
      body.put("filter", filter.stream().map(one -> Named.filter(api, one)).toList());
      put(body, api, type);
      given(body, "rate", rate);
      given(body, "canary", canary);
      given(body, "watch", watchFor);
      given(body, "halt_after", haltAfter);
      given(body, "halt_share", haltShare);
      given(body, "reason", reason);
      JsonNode would = api.post("/v1/bulk?validate_only=true", body);
      if (would.path("count").asLong() == 0) {
        throw new Exit.Failure(
            Exit.NOT_FOUND,
            (filter.isEmpty()
                    ? "There is no active %s".formatted(type)
                    : "No active %s matches %s".formatted(type, String.join(" and ", filter)))
                + ": nothing is done"
                + slip(api));
      }
      if (!yes) {
        confirm(false, question(would, body));
      }
      JsonNode bulk = api.post("/v1/bulk", body);
      output.show(out, bulk, List.of(bulk), Bulk.table(List.of(bulk)));
      return watch ? Bulk.watch(api, bulk.path("uuid").asText(), out) : Exit.OK;
    }

    /* What a list says of the same filter. */
    private String slip(Api api) {
      StringBuilder path = new StringBuilder("/v1/resources/" + Api.part(type) + "?page_size=1");
      for (String one : filter) {
        path.append("&filter=").append(Api.part(Named.filter(api, one)));
      }
      String note = api.get(path.toString()).path("note").asText();
      return note.isEmpty() ? "" : " (%s)".formatted(note);
    }

    private String question(JsonNode would, Map<String, Object> body) {
      StringJoiner few = new StringJoiner(", ");
      would.path("few").forEach(one -> few.add(one.path("label").asText()));
      long count = would.path("count").asLong();
      boolean more = would.path("more").asBoolean() || count > would.path("few").size();
      return "%s %s%d of %s (%s%s)?"
          .formatted(
              what(body),
              would.path("more").asBoolean() ? "more than " : "",
              count,
              type,
              few,
              more ? ", …" : "");
    }

    /* None of it is secret: that was refused before anybody is asked. */
    private static String what(Map<String, Object> body) {
      String action = String.valueOf(body.get("action"));
      StringJoiner all = new StringJoiner(", ", action + " ", ":").setEmptyValue(action);
      for (String name : List.of("task", "signal")) {
        if (body.get(name) instanceof String given) {
          all.add(given);
        }
      }
      for (String name : List.of("args", "fields")) {
        if (body.get(name) instanceof Map<?, ?> given) {
          given.forEach(
              (field, value) -> all.add(value == null ? "unset " + field : field + "=" + value));
        }
      }
      return all.toString();
    }
  }

  private static void given(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private static JsonNode definition(Api api, String type) {
    return api.get("/v1/types/" + Api.part(type));
  }

  /** Starts a task on each. */
  @Command(name = "start", description = "Start a task of each; one that is active is left alone.")
  static final class Start extends Action {
    @Parameters(index = "1", paramLabel = "TASK", description = "The task.")
    private String task = "";

    @Parameters(
        index = "2..*",
        paramLabel = "ARG=VALUE",
        description = "What to start it with: fields of the task, none of them secret.")
    private List<String> args = new ArrayList<>();

    @Override
    void put(Map<String, Object> body, Api api, String type) {
      body.put("action", "start");
      body.put("task", task);
      if (!args.isEmpty()) {
        for (JsonNode known : definition(api, type).path("tasks")) {
          if (known.path("name").asText().equals(task)) {
            body.put("args", Values.of(args, known.path("fields"), task));
          }
        }
      }
    }
  }

  /** Stops a task of each. */
  @Command(name = "stop", description = "Stop the active runs of a task.")
  static final class Stop extends Action {
    @Parameters(index = "1", paramLabel = "TASK", description = "The task.")
    private String task = "";

    @Override
    void put(Map<String, Object> body, Api api, String type) {
      body.put("action", "stop");
      body.put("task", task);
    }
  }

  /** Breaks a task of each off. */
  @Command(name = "abort", description = "Break the active runs of a task off.")
  static final class Abort extends Action {
    @Parameters(index = "1", paramLabel = "TASK", description = "The task.")
    private String task = "";

    @Override
    void put(Map<String, Object> body, Api api, String type) {
      body.put("action", "abort");
      body.put("task", task);
    }
  }

  /** Retries what stands still. */
  @Command(
      name = "retry",
      description = "Retry the runs of a task that have panicked or timed out; or resources.")
  static final class Retry extends Action {
    @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "The task.")
    private @Nullable String task;

    @Override
    void put(Map<String, Object> body, Api api, String type) {
      body.put("action", "retry");
      given(body, "task", task);
    }
  }

  /** Sends a signal to each. */
  @Command(name = "signal", description = "Send a signal to each, or to the active runs of a task.")
  static final class Signal extends Action {
    @Parameters(index = "1", paramLabel = "SIGNAL", description = "The type of the signal.")
    private String signal = "";

    @Parameters(
        index = "2..*",
        paramLabel = "FIELD=VALUE",
        description = "What it carries, none of it secret.")
    private List<String> fields = new ArrayList<>();

    @Option(names = "--task", paramLabel = "TASK", description = "The task that it is sent to.")
    private @Nullable String task;

    @Override
    void put(Map<String, Object> body, Api api, String type) {
      body.put("action", "signal");
      body.put("signal", signal);
      given(body, "task", task);
      if (!fields.isEmpty()) {
        JsonNode carried =
            dev.toygun.cli.client.Signal.carried(definition(api, type), type, task, signal);
        body.put("fields", Values.of(fields, carried, signal));
      }
    }
  }

  /** Takes each down. */
  @Command(name = "delete", description = "Take each down: its tasks and children end first.")
  static final class Delete extends Action {
    @Override
    void put(Map<String, Object> body, Api api, String type) {
      body.put("action", "delete");
    }
  }

  /** Changes fields of each. */
  @Command(name = "set", description = "Change fields of each. What is not named stays as it is.")
  static final class Set extends Action {
    @Parameters(
        index = "1..*",
        paramLabel = "FIELD=VALUE",
        description = "Fields and what they are to be, none of them secret.")
    private List<String> fields = new ArrayList<>();

    @Option(
        names = "--unset",
        paramLabel = "FIELD",
        description = "Take the value of a field away.")
    private List<String> unset = new ArrayList<>();

    @Override
    void put(Map<String, Object> body, Api api, String type) {
      body.put("action", "set");
      Map<String, Object> values = new LinkedHashMap<>();
      if (!fields.isEmpty()) {
        values.putAll(Values.of(fields, definition(api, type).path("fields"), type));
      }
      unset.forEach(field -> values.put(field, null));
      body.put("fields", values);
    }
  }
}

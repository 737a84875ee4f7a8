package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells everything about a resource, or a type. */
@Command(
    name = "describe",
    description = {
      "Tell all about a resource: its fields, tasks, alarms, last moves, and what can be done with"
          + " it. Or about a type.",
      "",
      "Examples:",
      "  toygun describe website home",
      "  toygun describe type website"
    })
public final class Describe extends Verb {
  private static final int MOVES = 10;
  private static final String FACT = "%-14s %s%n";

  @Parameters(index = "0", paramLabel = "TYPE", description = "Its type, or `type`.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Override
  int run(Api api, PrintWriter out) {
    if (type.equals("type")) {
      type(api.get("/v1/types/" + Api.part(name)), out);
    } else {
      String path = Named.past(api, type, name);
      resource(api.get(path), api.get(path + "/availability"), out);
      errors(
          api.get("/v1/errors?page_size=3&resource=" + path.substring(path.lastIndexOf('/') + 1)),
          out);
      Story story = Story.of(api, path, MOVES);
      out.printf("%nLast moves%n");
      out.print(Story.table(story.moves()).text(Screen.width()));
      if (story.moreRuns()) {
        out.println(Story.OF_RUNS);
      }
    }
    out.flush();
    return 0;
  }

  private static void resource(JsonNode it, JsonNode availability, PrintWriter out) {
    out.printf(FACT, "Name", Output.name(it));
    out.printf(FACT, "Uuid", it.path("uuid").asText());
    out.printf(FACT, "State", Words.state(it));
    out.printf(FACT, "Availability", Uptime.now(availability));
    out.printf(FACT, "Last 30 days", Uptime.share(availability));
    for (JsonNode repairs : availability.path("repairs")) {
      out.printf(FACT, "Repairs", Uptime.repairs(repairs));
    }
    out.printf(
        FACT, "Step, version", it.path("step").asText() + ", " + it.path("version").asText());
    out.printf(FACT, "Parent", parent(it));
    out.printf(FACT, "Children", it.path("children").path("total").asText("0"));
    out.printf(FACT, "Created", Words.time(it.path("created_at")));
    out.printf(FACT, "Updated", Words.time(it.path("updated_at")));
    out.printf(FACT, "Due", Words.time(it.path("due_at")));
    if (it.path("error").isObject()) {
      JsonNode error = it.path("error");
      out.printf(
          FACT,
          "Last error",
          Words.oneLine(error.path("kind").asText() + ": " + error.path("message").asText()));
    }

    Table fields = new Table("FIELD", "TYPE", "VALUE");
    it.path("field_types")
        .properties()
        .forEach(
            field -> {
              JsonNode value = it.path("fields").path(field.getKey());
              boolean there = !value.isMissingNode() && !value.isNull();
              fields.row(
                  field.getKey(), field.getValue().asText(), there ? Words.value(value) : "-");
            });
    section(out, "Fields", fields);

    Table tasks = new Table("TASK", "RUN", "STATUS", "STATE", "STEP", "CAN START");
    for (JsonNode task : it.path("tasks")) {
      tasks.row(
          task.path("name").asText(),
          task.path("run").asText(),
          task.path("status").asText(),
          task.path("state").asText("-"),
          task.path("step").asText("-"),
          task.path("can_start").asBoolean() ? "yes" : "no: " + task.path("why_not").asText());
    }
    section(out, "Tasks", tasks);

    Table turns = new Table("TASK", "BEGINS");
    for (JsonNode task : it.path("tasks")) {
      if (task.path("waits_for").isTextual()) {
        turns.row(task.path("name").asText(), task.path("waits_for").asText());
      }
    }
    section(out, "Waits for its turn", turns);

    Table triggers = new Table("TASK", "BY ITSELF");
    for (JsonNode task : it.path("tasks")) {
      if (task.path("trigger").isTextual()) {
        triggers.row(task.path("name").asText(), task.path("trigger").asText());
      }
    }
    section(out, "Triggers", triggers);

    schedules(it, out);

    Table signals = new Table("SIGNAL", "TO", "FROM", "SENT");
    for (JsonNode signal : it.path("signals")) {
      signals.row(
          signal.path("type").asText(),
          signal.path("task").asText("-"),
          signal.path("from").asText("-"),
          Words.time(signal.path("sent_at")));
    }
    section(out, "Signals that wait, of each type the oldest", signals);

    Table alarms = new Table("ALARM", "STATE", "SINCE");
    for (JsonNode alarm : it.path("alarms")) {
      alarms.row(
          alarm.path("name").asText(),
          alarm.path("state").asText(),
          Words.time(alarm.path("created_at")));
    }
    section(out, "Alarms", alarms);

    Table blockers = new Table("WAITS FOR", "NAME", "STATE", "WHY");
    for (JsonNode blocker : it.path("waits_for")) {
      blockers.row(
          blocker.path("what").asText(),
          blocker.path("name").asText(),
          blocker.path("state").asText(),
          blocker.path("why").asText());
    }
    section(out, "On its way down", blockers);

    Table actions = new Table("ACTION", "ALLOWED");
    for (JsonNode action : it.path("actions")) {
      actions.row(
          action.path("name").asText(),
          action.path("allowed").asBoolean() ? "yes" : "no: " + action.path("why_not").asText());
    }
    section(out, "Actions", actions);
  }

  private static void schedules(JsonNode it, PrintWriter out) {
    Table schedules = new Table("TASK", "STARTS", "NEXT", "LAST");
    StringBuilder notes = new StringBuilder();
    for (JsonNode task : it.path("tasks")) {
      JsonNode schedule = task.path("schedule");
      if (schedule.isObject()) {
        String name = task.path("name").asText();
        schedules.row(
            name,
            Words.schedule(schedule),
            Words.time(schedule.path("next_at")),
            Words.time(schedule.path("last_at")));
        String note = Words.oneLine(schedule.path("note").asText());
        notes.append(note.isEmpty() ? "" : "%s: %s%n".formatted(name, note));
      }
    }
    section(out, "Schedules", schedules);
    out.print(notes);
  }

  /* In full: it is what somebody looks for who describes what is broken. */
  private static void errors(JsonNode page, PrintWriter out) {
    if (!page.path("items").isEmpty()) {
      out.printf("%nLast errors%n");
    }
    for (JsonNode error : page.path("items")) {
      out.printf(
          "%s  %s in %s, try %s%n  %s%n",
          Words.time(error.path("at")),
          error.path("kind").asText(),
          error.path("state").asText(),
          error.path("attempt").asText(),
          Words.oneLine(error.path("message").asText()));
    }
  }

  private static void type(JsonNode it, PrintWriter out) {
    out.printf(FACT, "Type", it.path("name").asText());
    out.printf(FACT, "Version", it.path("version").asText());
    out.printf(FACT, "First state", it.path("first").asText());
    out.printf(FACT, "Last seen", Words.time(it.path("last_seen")));
    out.printf(FACT, "Ended ones stay", time(it.path("keep").asLong()));

    Table fields = new Table("FIELD", "TYPE", "REQUIRED", "SECRET", "TAKES", "AT FIRST");
    for (JsonNode field : it.path("fields")) {
      fields.row(
          field.path("name").asText(),
          field.path("type").asText(),
          field.path("required").asBoolean() ? "yes" : "no",
          field.path("secret").asBoolean() ? "yes" : "no",
          field.path("takes").asText("-"),
          field.path("initial").isNull() ? "-" : Words.value(field.path("initial")));
    }
    section(out, "Fields", fields);
    section(out, "States", states(it));
    for (JsonNode task : it.path("tasks")) {
      JsonNode keep = task.path("keep");
      String title =
          "Task %s%s (ended runs that stay: the latest %d, and all for %s)"
              .formatted(
                  task.path("name").asText(),
                  limits(task.path("limits")),
                  keep.path("runs").asInt(),
                  time(keep.path("seconds").asLong()));
      JsonNode schedule = task.path("schedule");
      if (schedule.isObject()) {
        title += ", starts " + Words.schedule(schedule);
      }
      section(out, title, states(task));
    }
  }

  private static String limits(JsonNode limits) {
    JsonNode most = limits.path("concurrency");
    JsonNode rate = limits.path("rate");
    JsonNode brake = limits.path("brake");
    return (most.isNumber() ? ", at most %s at once".formatted(most.asText()) : "")
        + (rate.isObject()
            ? ", at most %s begin within %s s"
                .formatted(rate.path("runs").asText(), rate.path("per").asText())
            : "")
        + (brake.isObject()
            ? ", none while more than %s %% of %s want it"
                .formatted(
                    brake.path("percent").asText(),
                    brake.path("per_parent").asBoolean() ? "those under the same parent" : "all")
            : "")
        + (limits.path("approval").asBoolean() ? ", begins once somebody approves it" : "")
        + (limits.path("breaker").isTextual() ? ", breaker " + limits.path("breaker").asText() : "")
        + (limits.path("demote_below").isObject()
            ? ", asks once less than %s %% of %s runs worked"
                .formatted(
                    limits.path("demote_below").path("percent").asText(),
                    limits.path("demote_below").path("runs").asText())
            : "");
  }

  private static Table states(JsonNode machine) {
    Table states = new Table("STATE", "CODE", "TO", "EVERY", "WITHIN", "RETRIES");
    for (JsonNode state : machine.path("states")) {
      StringBuilder to = new StringBuilder();
      state.path("to").forEach(next -> to.append(next.asText()).append(' '));
      states.row(
          state.path("name").asText(),
          state.path("code").asText(),
          to + (state.path("finishes").asBoolean() ? "(end)" : ""),
          seconds(state.path("every")),
          seconds(state.path("within")),
          state.path("retries").asText());
    }
    return states;
  }

  /** The nearest of what is above it. */
  private static String parent(JsonNode it) {
    JsonNode above = it.path("ancestors");
    return above.isEmpty()
        ? it.path("parent").asText("-")
        : Output.name(above.get(above.size() - 1));
  }

  private static String time(long seconds) {
    long day = 86_400;
    return seconds % day == 0 ? seconds / day + " d" : seconds + " s";
  }

  private static String seconds(JsonNode seconds) {
    return seconds.isNumber() ? seconds.asText() + " s" : "-";
  }

  private static void section(PrintWriter out, String title, Table table) {
    if (!table.isEmpty()) {
      out.printf("%n%s%n", title);
      out.print(table.text(Screen.width()));
    }
  }
}

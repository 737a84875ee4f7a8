package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells everything about a resource, or a type. */
@Command(
    name = "describe",
    description = {
      "Tell all about a resource: its fields, tasks, alarms, last moves, and what can be done with"
          + " it. Or about a type: its fields, states, signals, alarms, repairs, tasks and limits.",
      "",
      "Examples:",
      "  toygun describe website home",
      "  toygun describe type website",
      "  toygun describe type website -o yaml"
    })
public final class Describe extends Verb {
  private static final int MOVES = 10;
  private static final String FACT = "%-14s %s%n";

  @Mixin private Output output = new Output();

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
      if (!output.isTable()) {
        JsonNode one = api.get(path);
        output.show(out, one, List.of(one), new Table());
        return 0;
      }
      resource(api.get(path), api.get(path + "/availability"), out);
      errors(
          api.get("/v1/errors?page_size=3&resource=" + path.substring(path.lastIndexOf('/') + 1)),
          out);
      Story story = Story.of(api, path, MOVES);
      out.printf("%nLast moves%n");
      output.print(out, Story.table(story.moves()));
      if (story.moreRuns()) {
        out.println(Story.OF_RUNS);
      }
    }
    out.flush();
    return 0;
  }

  private void resource(JsonNode it, JsonNode availability, PrintWriter out) {
    out.printf(FACT, "Name", Output.name(it));
    out.printf(FACT, "Uuid", it.path("uuid").asText());
    out.printf(FACT, "State", Words.state(it));
    if (it.path("held").isObject()) {
      out.printf(FACT, "Held by", Words.held(it));
    }
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
    restarts(it.path("restarts"), out);

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

    Table alarms = new Table("ALARM", "SEVERITY", "STATE", "NAME", "SINCE", "MESSAGE");
    for (JsonNode alarm : it.path("alarms")) {
      alarms.row(
          Lists.ending(alarm.path("uuid").asText()),
          alarm.path("severity").asText(),
          alarm.path("state").asText(),
          Words.alarm(alarm),
          Words.time(alarm.path("created_at")),
          alarm.path("message").asText());
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

    StringJoiner actions = new StringJoiner(", ").setEmptyValue("none");
    for (JsonNode action : it.path("actions")) {
      if (action.path("allowed").asBoolean()) {
        actions.add(action.path("name").asText());
      }
    }
    out.printf("%n" + FACT, "Actions", actions);
  }

  private static void restarts(JsonNode it, PrintWriter out) {
    if (!it.isObject()) {
      return;
    }
    out.printf(
        "%nRestarts: %s in all%s%s%n",
        it.path("total").asText(),
        it.path("most").isNumber()
            ? ", %s within the last %s s (allowed: %s)"
                .formatted(
                    it.path("within_window").asText(),
                    it.path("window_seconds").asText(),
                    it.path("most").asText())
            : "",
        it.path("under_way").asBoolean() ? "; it is being restarted" : "");
  }

  private void schedules(JsonNode it, PrintWriter out) {
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

  private void type(JsonNode it, PrintWriter out) {
    if (!output.isTable()) {
      output.show(out, it, List.of(it), new Table());
      return;
    }
    TypeSections type = new TypeSections(it);
    type.all().forEach((what, said) -> out.printf(FACT, what, said));
    type.sections().forEach((title, table) -> section(out, title, table));
  }

  /** The nearest of what is above it. */
  private static String parent(JsonNode it) {
    JsonNode above = it.path("ancestors");
    return above.isEmpty()
        ? it.path("parent").asText("-")
        : Output.name(above.get(above.size() - 1));
  }

  private void section(PrintWriter out, String title, Table table) {
    if (!table.isEmpty()) {
      out.printf("%n%s%n", title);
      output.print(out, table);
    }
  }
}

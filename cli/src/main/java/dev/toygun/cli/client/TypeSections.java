package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** All that a type says, in sections. */
final class TypeSections {
  private final JsonNode type;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Map<String, Table> sections = new LinkedHashMap<>();

  TypeSections(JsonNode type) {
    this.type = type;
    facts();
    sections.put("Fields", fields(type.path("fields")));
    sections.put("States", states(type));
    sections.put("Signals", signals());
    sections.put("Alarms", alarms());
    sections.put("Repairs", repairs());
    sections.put("Tasks", tasks());
    sections.put("Before a run begins", limits());
    for (JsonNode task : type.path("tasks")) {
      String title = "Task " + task.path("name").asText();
      sections.put(title, states(task));
      sections.put("Fields of task " + task.path("name").asText(), fields(task.path("fields")));
    }
  }

  /** What it is in a word or two, by what that is called. */
  Map<String, String> all() {
    return facts;
  }

  /** The rest, by their titles; some may be empty. */
  Map<String, Table> sections() {
    return sections;
  }

  private void facts() {
    facts.put("Type", type.path("name").asText());
    String versions = Words.list(type.path("versions"));
    facts.put("Version", type.path("version").asText() + " (published: %s)".formatted(versions));
    facts.put(
        "Queue", "%s, %s".formatted(type.path("queue").asText(), type.path("priority").asText()));
    facts.put("First state", type.path("first").asText());
    facts.put(
        "Children", type.path("children").isEmpty() ? "-" : Words.list(type.path("children")));
    facts.put("Last seen", Words.time(type.path("last_seen")));
    facts.put("Builds", Words.list(type.path("builds")));
    facts.put("Ended ones stay", time(type.path("keep").asLong()));
    JsonNode restarts = type.path("restarts");
    if (restarts.isObject()) {
      facts.put(
          "Restarted by code",
          "%s times in %s s at most"
              .formatted(restarts.path("runs").asText(), restarts.path("per").asText()));
    }
    JsonNode quota = type.path("quota");
    if (quota.isObject()) {
      facts.put(
          "Quota",
          "%s s of the workers in %s, with all below it"
              .formatted(quota.path("used_seconds").asText(), time(quota.path("per").asLong())));
    }
  }

  private static Table fields(JsonNode all) {
    Table fields =
        new Table(
                "FIELD",
                "TYPE",
                "REQUIRED",
                "SECRET",
                "INTERNAL",
                "INDEXED",
                "TAKES",
                "AT FIRST",
                "FORMERLY")
            .onlyWide("FORMERLY");
    for (JsonNode field : all) {
      fields.row(
          field.path("name").asText(),
          field.path("type").asText(),
          field.path("required").asBoolean() ? "yes" : "no",
          field.path("secret").asBoolean() ? "yes" : "no",
          field.path("internal").asBoolean() ? "yes" : "no",
          field.path("indexed").asBoolean() ? "yes" : "no",
          field.path("takes").asText("-"),
          field.path("initial").isNull() ? "-" : Words.value(field.path("initial")),
          Words.list(field.path("formerly")));
    }
    return fields;
  }

  private static Table states(JsonNode machine) {
    Table states =
        new Table("STATE", "CODE", "TO", "EVERY", "WITHIN", "LIMIT", "RETRIES", "ALSO", "FORMERLY")
            .onlyWide("LIMIT", "FORMERLY");
    for (JsonNode state : machine.path("states")) {
      StringJoiner to = new StringJoiner(" ");
      state.path("to").forEach(next -> to.add(next.asText()));
      StringJoiner also = new StringJoiner(", ");
      also(also, state.path("name").equals(machine.path("first")), "first");
      also(also, state.path("rests").asBoolean(), "rests");
      also(also, state.path("waits").asBoolean(), "waits");
      also(also, state.path("on_delete").asBoolean(), "on delete");
      states.row(
          state.path("name").asText(),
          state.path("code").asText(),
          (to + (state.path("finishes").asBoolean() ? " (end)" : "")).strip(),
          seconds(state.path("every")),
          seconds(state.path("within")),
          seconds(state.path("limit")),
          state.path("retries").asText(),
          also.toString(),
          Words.list(state.path("formerly")));
    }
    return states;
  }

  private static void also(StringJoiner also, boolean so, String word) {
    if (so) {
      also.add(word);
    }
  }

  private Table signals() {
    Table signals = new Table("SIGNAL", "TO", "IN STATE", "FIELDS");
    signals(signals, "-", type);
    type.path("tasks").forEach(task -> signals(signals, task.path("name").asText(), task));
    return signals;
  }

  private static void signals(Table signals, String to, JsonNode machine) {
    for (JsonNode state : machine.path("states")) {
      for (JsonNode signal : state.path("signals")) {
        StringJoiner fields = new StringJoiner(", ");
        for (JsonNode field : signal.path("fields")) {
          fields.add(
              "%s (%s%s)"
                  .formatted(
                      field.path("name").asText(),
                      field.path("type").asText(),
                      field.path("required").asBoolean() ? ", required" : ""));
        }
        signals.row(
            signal.path("name").asText(), to, state.path("name").asText(), fields.toString());
      }
    }
  }

  private Table alarms() {
    Table alarms = new Table("ALARM", "SEVERITY", "OPENS", "ESCALATES", "RUNBOOK");
    List<String> own = new ArrayList<>();
    for (JsonNode alarm : type.path("alarm_types")) {
      own.add(alarm.path("name").asText());
      long atLeast = alarm.path("for_at_least").asLong();
      alarms.row(
          alarm.path("name").asText(),
          alarm.path("severity").asText(),
          (alarm.path("judged").asBoolean() ? "by itself" : "by code")
              + (atLeast == 0 ? "" : ", after %d s".formatted(atLeast)),
          seconds(alarm.path("escalate_after")),
          alarm.path("runbook").asText("-"));
    }
    for (JsonNode name : type.path("alarms")) {
      if (!own.contains(name.asText())) {
        alarms.row(name.asText(), "-", "of every type", "-", "-");
      }
    }
    return alarms;
  }

  private Table repairs() {
    Table repairs = new Table("ALARM", "IS REPAIRED BY", "A PERSON MAY START");
    for (JsonNode alarm : type.path("alarm_types")) {
      JsonNode repair = alarm.path("repair");
      if (repair.isObject() || !alarm.path("suggested").isEmpty()) {
        repairs.row(
            alarm.path("name").asText(),
            repair.isObject()
                ? "%s, %s times in %s s at most"
                    .formatted(
                        repair.path("task").asText(),
                        repair.path("most").asText(),
                        repair.path("within").asText())
                : "-",
            alarm.path("suggested").isEmpty() ? "-" : Words.list(alarm.path("suggested")));
      }
    }
    return repairs;
  }

  private Table tasks() {
    Table tasks = new Table("TASK", "STARTS BY ITSELF", "WITHIN", "ENDED RUNS STAY", "ALSO");
    for (JsonNode task : type.path("tasks")) {
      StringJoiner starts = new StringJoiner(", ");
      also(starts, task.path("starts_when").asBoolean(), "on a condition");
      JsonNode schedule = task.path("schedule");
      also(starts, schedule.isObject(), schedule.isObject() ? schedule(schedule) : "");
      StringJoiner also = new StringJoiner(", ");
      also(also, task.path("stops_when").asBoolean(), "stops on a condition");
      also(also, task.path("shared").asBoolean(), "shared");
      also(also, task.path("internal").asBoolean(), "internal");
      also(also, task.path("exits").asBoolean(), "cleans up");
      JsonNode keep = task.path("keep");
      tasks.row(
          task.path("name").asText(),
          starts.length() == 0 ? "-" : starts.toString(),
          seconds(task.path("within")),
          "the latest %d, all for %s"
              .formatted(keep.path("runs").asInt(), time(keep.path("seconds").asLong())),
          also.length() == 0 ? "-" : also.toString());
    }
    return tasks;
  }

  private static String schedule(JsonNode schedule) {
    long jitter = schedule.path("jitter").asLong();
    String missed = schedule.path("missed").asText();
    return Words.schedule(schedule)
        + (jitter == 0 ? "" : ", up to %d s later".formatted(jitter))
        + (missed.isEmpty() ? "" : ", missed: " + missed);
  }

  private Table limits() {
    Table limits = new Table("TASK", "A RUN WAITS");
    for (JsonNode task : type.path("tasks")) {
      for (String limit : limits(task.path("limits"))) {
        limits.row(task.path("name").asText(), limit);
      }
    }
    return limits;
  }

  private static List<String> limits(JsonNode limits) {
    List<String> all = new ArrayList<>();
    if (limits.path("concurrency").isNumber()) {
      all.add("while %s are under way".formatted(limits.path("concurrency").asText()));
    }
    JsonNode rate = limits.path("rate");
    if (rate.isObject()) {
      all.add(
          "while %s have begun within %s s"
              .formatted(rate.path("runs").asText(), rate.path("per").asText()));
    }
    JsonNode shared = limits.path("shared");
    if (shared.isObject()) {
      for (String bound : limits(shared)) {
        all.add("%s of the limit %s".formatted(bound, shared.path("name").asText()));
      }
    }
    JsonNode brake = limits.path("brake");
    if (brake.isObject()) {
      all.add(
          "while more than %s %% of %s want it"
              .formatted(
                  brake.path("percent").asText(),
                  brake.path("per_parent").asBoolean() ? "those under the same parent" : "all"));
    }
    if (limits.path("breaker").isTextual()) {
      all.add("while the breaker %s is open".formatted(limits.path("breaker").asText()));
    }
    if (limits.path("approval").asBoolean()) {
      all.add("until somebody approves it");
    }
    JsonNode least = limits.path("demote_below");
    if (least.isObject()) {
      all.add(
          "until somebody approves it, once less than %s %% of %s runs worked"
              .formatted(least.path("percent").asText(), least.path("runs").asText()));
    }
    return all;
  }

  private static String time(long seconds) {
    long day = 86_400;
    return seconds % day == 0 ? seconds / day + " d" : seconds + " s";
  }

  private static String seconds(JsonNode seconds) {
    return seconds.isNumber() ? seconds.asText() + " s" : "-";
  }
}

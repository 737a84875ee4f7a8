package dev.toygun.api;

import dev.toygun.Availability;
import dev.toygun.store.Explained;
import dev.toygun.store.Observed;
import dev.toygun.store.Views.AlarmRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with what is asked about, beside why it waits: whether it answers, and its alarms.
 *
 * @param observed what is known of whether it answers; null of a run
 * @param since since when; null where nothing has ever observed it
 * @param items it and its tasks
 * @param alarms not closed
 * @param above of what they are folded under, that of which the caller may know
 */
record Standing(
    @Nullable Observed observed,
    @Nullable Instant since,
    List<Explained> items,
    List<AlarmRow> alarms,
    Map<UUID, AlarmRow> above) {
  /** So many alarms are told of in a sentence. */
  private static final int TOLD = 3;

  private static final String FOLDED = "folded";

  /** What is known of whether it answers; null where it does, or nothing has ever observed it. */
  @Nullable JsonObject availability() {
    String words = answers();
    return observed == null || words.isEmpty()
        ? null
        : new JsonObject()
            .put("availability", observed.availability().stored())
            .put("since", TypeShow.time(since))
            .put("observers", new JsonArray(observed.observers()))
            .put("because", words);
  }

  JsonArray shownAlarms() {
    return TypeShow.array(alarms, this::show);
  }

  /** All of it, to follow a sentence; empty where there is nothing to say. */
  String words() {
    List<String> all = new ArrayList<>();
    all.add(answers());
    alarms.stream().limit(TOLD).map(this::because).forEach(all::add);
    int others = alarms.size() - TOLD;
    all.add(others > 0 ? "and %d other alarm%s".formatted(others, others == 1 ? "" : "s") : "");
    all.removeIf(String::isEmpty);
    return String.join("; ", all);
  }

  private String answers() {
    if (observed == null || since == null || observed.availability() == Availability.ONLINE) {
      return "";
    }
    String from = " since " + Because.time(since);
    return switch (observed.availability()) {
      case OFFLINE -> "it is offline" + from + says();
      case UNCERTAIN ->
          "it is uncertain%s whether it answers, after %d bad look%s in a row"
                  .formatted(from, observed.misses(), observed.misses() == 1 ? "" : "s")
              + says();
      case KNOWN_OFFLINE ->
          "it is down on purpose"
              + from
              + (observed.plannedUntil() == null
                  ? ""
                  : ", until %s at most".formatted(Because.time(observed.plannedUntil())));
      case UNKNOWN ->
          "it is unknown%s whether it answers".formatted(from)
              + (observed.observers().isEmpty() ? ": nothing observes it any more" : says());
      case ONLINE -> "";
    };
  }

  /** Which tasks say so, and what they said last. */
  private String says() {
    List<String> tasks = new ArrayList<>();
    for (String task : observed == null ? List.<String>of() : observed.observers()) {
      String said =
          items.stream()
              .filter(item -> item.task().equals(task) && !item.last().said().isEmpty())
              .findFirst()
              .map(item -> " (%s)".formatted(item.last().said()))
              .orElse("");
      tasks.add(task + said);
    }
    return tasks.isEmpty() ? "" : ": so says " + String.join(" and ", tasks);
  }

  private JsonObject show(AlarmRow alarm) {
    UUID under = alarm.under();
    boolean isHidden = alarm.state().equals(FOLDED) && !above.containsKey(under);
    return new JsonObject()
        .put("uuid", alarm.uuid().toString())
        .put("name", alarm.name())
        .put("task", alarm.task())
        .put("state", alarm.state())
        .put("severity", alarm.severity())
        .put("message", alarm.message())
        .put("since", alarm.createdAt().toString())
        .put("under", under == null || isHidden ? null : under.toString())
        .put("because", because(alarm));
  }

  private String because(AlarmRow alarm) {
    String message = alarm.message().isEmpty() ? "" : " (%s)".formatted(alarm.message());
    return "its alarm %s%s %s".formatted(named(alarm), message, stands(alarm));
  }

  private String stands(AlarmRow alarm) {
    String since = " since " + Because.time(alarm.createdAt());
    return switch (alarm.state()) {
      case FOLDED -> folded(above.get(alarm.under()), since);
      case "acknowledged" -> "is acknowledged by %s".formatted(alarm.acknowledged());
      case "snoozed" -> "is snoozed until " + Because.time(alarm.snoozedUntil());
      case "held" -> "is quiet%s, as it is on hold".formatted(since);
      default -> "is " + alarm.state() + since;
    };
  }

  private static String folded(@Nullable AlarmRow above, String since) {
    return above == null
        ? "is folded%s under one of what is above it".formatted(since)
        : "is folded%s under alarm %s of %s/%s"
            .formatted(since, named(above), above.type(), above.label());
  }

  private static String named(AlarmRow alarm) {
    return alarm.task() == null ? alarm.name() : alarm.task() + ":" + alarm.name();
  }
}

package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import dev.toygun.time.SystemTime;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API says, as a person reads it. */
final class Words {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([smhd])");

  private Words() {}

  /** A state, and whether it is on its way down, or on hold. */
  static String state(JsonNode resource) {
    return state(resource, resource.path("held").isObject());
  }

  static String state(JsonNode resource, boolean held) {
    if (!resource.path("active").asBoolean(true)) {
      return "ended";
    }
    StringJoiner more = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (resource.path("deleting").asBoolean()) {
      more.add("deleting");
    }
    if (held) {
      more.add("held");
    }
    return resource.path("state").asText() + more;
  }

  /** What a resource is a child of, as people call it; a dash for none. */
  static String parent(JsonNode resource) {
    return resource.path("parent_label").isTextual()
        ? resource.path("parent_type").asText() + "/" + resource.path("parent_label").asText()
        : resource.path("parent").asText("-");
  }

  /** Who holds it, why, and where the hold lies; a dash where nobody does. */
  static String held(JsonNode resource) {
    JsonNode hold = resource.path("held");
    if (!hold.isObject()) {
      return "-";
    }
    String what = hold.path("resource").isTextual() ? of(hold) : hold.path("name").asText("");
    return "%s: %s (%s since %s)"
        .formatted(
            hold.path("actor").asText(),
            hold.path("reason").asText(),
            (hold.path("scope").asText() + " " + what).strip(),
            time(hold.path("created_at")));
  }

  /**
   * The resource that something hangs off, as people call it, and whose child it is; its uuid where
   * it was removed since.
   */
  static String of(JsonNode item) {
    return item.path("label").isTextual() ? child(item) : item.path("resource").asText();
  }

  /** A resource by its label, which is its own below its parent only. */
  static String child(JsonNode item) {
    return item.path("type").asText()
        + "/"
        + item.path("label").asText()
        + (item.path("parent_label").isTextual() ? " of " + parent(item) : "");
  }

  /** What an alarm is called: of a task with that before it. */
  static String alarm(JsonNode alarm) {
    return (alarm.path("task").isTextual() ? alarm.path("task").asText() + ":" : "")
        + alarm.path("name").asText();
  }

  /** A time without its day's fraction of a second; a dash where there is none. */
  static String time(JsonNode time) {
    String text = time.asText("");
    if (!time.isTextual()) {
      return "-";
    }
    int fraction = text.indexOf('.');
    return fraction < 0 ? text : text.substring(0, fraction) + "Z";
  }

  /** When a task starts by its schedule: {@code every 6h}, {@code 0 3 * * * Europe/Berlin}. */
  static String schedule(JsonNode schedule) {
    if (schedule.path("cron").isTextual()) {
      return schedule.path("cron").asText() + " " + schedule.path("zone").asText();
    }
    long seconds = schedule.path("every").asLong();
    long unit =
        seconds % 86_400 == 0 ? 86_400 : seconds % 3600 == 0 ? 3600 : seconds % 60 == 0 ? 60 : 1;
    String letter = unit == 86_400 ? "d" : unit == 3600 ? "h" : unit == 60 ? "m" : "s";
    return "every " + seconds / unit + letter;
  }

  /** The time of the day, to the millisecond. */
  static String clock(JsonNode time) {
    String text = time.asText("");
    return text.length() < 23 ? text : text.substring(11, 23);
  }

  /** What a program wrote may hold anything; a screen shall not obey it. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /** Fields as name=value. */
  static String fields(JsonNode fields) {
    StringJoiner all = new StringJoiner(" ");
    fields.properties().forEach(field -> all.add(field.getKey() + "=" + value(field.getValue())));
    return all.toString();
  }

  /** A value; text without its quotes. */
  static String value(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  /** What is in a list. */
  static String list(JsonNode list) {
    StringJoiner all = new StringJoiner(", ");
    list.forEach(item -> all.add(value(item)));
    return all.toString();
  }

  /** The names of what is in a list. */
  static String names(JsonNode list) {
    StringJoiner all = new StringJoiner(", ");
    list.forEach(item -> all.add(item.path("name").asText()));
    return all.toString();
  }

  /** The time that comes so much after now, as the API takes it. */
  static String fromNow(String time, String what) {
    Matcher matcher = TIME.matcher(time);
    if (!matcher.matches()) {
      throw new Exit.Failure(Exit.USAGE, what + ": expected a time such as 30m, 2h or 3d");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration much =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return SystemTime.host().plus(much).toString();
  }
}

package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the availability of a resource went, in words. */
public final class Uptime {
  private Uptime() {}

  /** {@code known_offline since …, on hold; last seen online}. */
  static String now(JsonNode it) {
    StringBuilder text = new StringBuilder(it.path("availability").asText());
    if (it.path("since").isTextual()) {
      text.append(" since ").append(Words.time(it.path("since")));
    }
    if (it.path("held").asBoolean()) {
      text.append(", on hold; last seen ").append(it.path("observed").asText());
    } else if (it.path("planned_until").isTextual()) {
      text.append(", on purpose until ").append(Words.time(it.path("planned_until")));
    } else if (!it.path("availability").equals(it.path("observed"))) {
      text.append("; last seen ").append(it.path("observed").asText());
    }
    return text.toString();
  }

  /** {@code online 99.95%; online 2h, offline 3s}. */
  public static String share(JsonNode it) {
    List<String> parts = new ArrayList<>();
    it.path("seconds")
        .properties()
        .forEach(
            one -> {
              double seconds = one.getValue().asDouble();
              if (seconds > 0) {
                parts.add(one.getKey() + " " + time(seconds));
              }
            });
    String times = parts.isEmpty() ? "nothing is known" : String.join(", ", parts);
    JsonNode share = it.path("online_share");
    return share.isNumber()
        ? String.format(Locale.ROOT, "online %.2f%%: %s", 100 * share.asDouble(), times)
        : times;
  }

  /** {@code restart under alarm down: 1 of 3 within 1h, 4 in all}. */
  public static String repairs(JsonNode it) {
    return "%s under alarm %s: %d of %d within %s, %d in all%s"
        .formatted(
            it.path("task").asText(),
            it.path("alarm").asText(),
            it.path("within_window").asInt(),
            it.path("most").asInt(),
            time(it.path("window_seconds").asDouble()),
            it.path("total").asInt(),
            it.path("used_up").asBoolean() ? "; no more is tried" : "");
  }

  /** {@code 2h 3m}, {@code 3.5s}. */
  static String time(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1fs", seconds);
    }
    Duration whole = Duration.ofSeconds(Math.round(seconds));
    List<String> parts = new ArrayList<>();
    part(parts, whole.toDays(), "d");
    part(parts, whole.toHoursPart(), "h");
    part(parts, whole.toMinutesPart(), "m");
    part(parts, whole.toSecondsPart(), "s");
    return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  private static void part(List<String> parts, long n, String unit) {
    if (n > 0) {
      parts.add(n + unit);
    }
  }
}

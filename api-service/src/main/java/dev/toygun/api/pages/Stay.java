package dev.toygun.api.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A move, and how long it took until the next one.
 *
 * @param time null where nobody knows yet, since there is no next one
 * @param longest the longest of those beside it, to draw it to scale
 */
public record Stay(Shown move, @Nullable Duration time, Duration longest) {
  /** These moves of one machine, the last one first. */
  public static List<Stay> of(List<Shown> moves) {
    List<@Nullable Duration> times = new ArrayList<>();
    @Nullable Instant next = null;
    Duration longest = Duration.ZERO;
    for (Shown move : moves) {
      Instant at = Instant.parse(move.text("at"));
      @Nullable Duration time = next == null ? null : Duration.between(at, next);
      if (time != null && time.compareTo(longest) > 0) {
        longest = time;
      }
      times.add(time);
      next = at;
    }
    List<Stay> stays = new ArrayList<>();
    for (int i = 0; i < moves.size(); i++) {
      stays.add(new Stay(moves.get(i), times.get(i), longest));
    }
    return List.copyOf(stays);
  }

  /** As a number, to draw it. */
  public long millis() {
    return time == null ? 0 : time.toMillis();
  }

  /** In words of two units at most; empty where nobody knows yet. */
  public String words() {
    if (time == null) {
      return "";
    }
    if (time.toDays() > 0) {
      return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
    if (time.toMinutes() > 0) {
      return "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
    }
    return time.toSeconds() > 9
        ? time.toSeconds() + " s"
        : "%d.%03d s".formatted(time.toSeconds(), time.toMillisPart());
  }
}

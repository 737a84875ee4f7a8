package dev.toygun.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toygun.Missed;
import dev.toygun.Schedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A task's schedule as data. Times are in seconds.
 *
 * @param every the period, or null
 * @param cron the expression, or null
 * @param zone of the expression, or null
 * @param missed {@code skip}, {@code once} or {@code all}
 */
public record ScheduleDefinition(
    @Nullable Long every,
    @Nullable String cron,
    @Nullable String zone,
    String missed,
    long jitter) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A schedule of the model. */
  public static ScheduleDefinition of(Schedule schedule) {
    Duration every = schedule.every();
    return new ScheduleDefinition(
        every == null ? null : every.toSeconds(),
        schedule.cron(),
        schedule.zone(),
        schedule.missed().stored(),
        schedule.jitter().toSeconds());
  }

  /**
   * One that was stored.
   *
   * @throws IllegalArgumentException where the text is none
   */
  static ScheduleDefinition ofText(String text) {
    try {
      return JSON.readValue(text, ScheduleDefinition.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no schedule: " + text, e);
    }
  }

  /** As it is stored: equal schedules have equal texts. */
  public String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write a schedule", e);
    }
  }

  /** As the model has it. */
  public Schedule schedule() {
    return new Schedule(
        every == null ? null : Duration.ofSeconds(every),
        cron,
        zone,
        Missed.ofStored(missed),
        Duration.ofSeconds(jitter));
  }
}

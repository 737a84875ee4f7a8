package dev.toygun;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a task starts, again and again: by a period or by the calendar. A clock starts it, without
 * any user's code, so that a resource at rest stays so.
 *
 * @param every how long after each other it starts, from when its resource was made; or null
 * @param cron the minutes at which it starts, as Unix has it in five fields; or null
 * @param zone of which these are; null without them
 * @param missed what becomes of times at which it could not start
 * @param jitter how much later it starts at most, by the resource's uuid
 */
public record Schedule(
    @Nullable Duration every,
    @Nullable String cron,
    @Nullable String zone,
    Missed missed,
    Duration jitter) {
  /** What a schedule is drawn from: it has no times yet. */
  static final Schedule NEVER = new Schedule(null, null, null, Missed.ONCE, Duration.ZERO);

  Schedule every(Duration period) {
    return new Schedule(period, cron, zone, missed, jitter);
  }

  Schedule cron(String expression, String of) {
    return new Schedule(every, expression, of, missed, jitter);
  }

  Schedule missed(Missed rule) {
    return new Schedule(every, cron, zone, rule, jitter);
  }

  Schedule jitter(Duration most) {
    return new Schedule(every, cron, zone, missed, most);
  }
}

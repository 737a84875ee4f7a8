package dev.toygun.clock;

import dev.toygun.store.Retention;
import java.time.Duration;

/**
 * How a clock goes.
 *
 * @param interval between two passes
 * @param passTime how long a pass is this clock's before another may take it over
 * @param overlap how far behind its cursor a pass looks again, for what was committed late
 * @param sweepEvery how often all that is due is gone through from the start
 * @param lostAfter how long what was queued may stay due before it is taken for lost
 * @param mark how many tickets a list may hold before no more are added
 * @param page how many rows one statement returns
 * @param mostPerPass how many rows of a list one pass queues at most
 * @param mostRemembered how many queued rows are remembered at most, of all lists together
 * @param mostPolled how many rows that poll one statement returns; more are asked for page by page
 * @param keep how long that stays of which no type says it
 */
public record ClockSettings(
    Duration interval,
    Duration passTime,
    Duration overlap,
    Duration sweepEvery,
    Duration lostAfter,
    int mark,
    int page,
    int mostPerPass,
    int mostRemembered,
    int mostPolled,
    Retention.Settings keep) {

  /** What a service uses unless it is told otherwise. */
  public static final ClockSettings STANDARD =
      new ClockSettings(
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          2_000,
          1_000,
          10_000,
          500_000,
          10_000,
          Retention.Settings.STANDARD);

  public ClockSettings {
    if (interval.toMillis() < 1 || passTime.compareTo(interval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "a clock's interval is %d ms and its pass time %d ms: at least 1 ms, and twice that"
              .formatted(interval.toMillis(), passTime.toMillis()));
    }
    if (mark < 1 || page < 1 || mostPerPass < 1 || mostRemembered < 1 || mostPolled < 1) {
      throw new IllegalArgumentException("a clock's limits must all be above zero");
    }
  }

  public ClockSettings withInterval(Duration other) {
    return new ClockSettings(
        other,
        passTime,
        overlap,
        sweepEvery,
        lostAfter,
        mark,
        page,
        mostPerPass,
        mostRemembered,
        mostPolled,
        keep);
  }

  public ClockSettings withMark(int other) {
    return new ClockSettings(
        interval,
        passTime,
        overlap,
        sweepEvery,
        lostAfter,
        other,
        page,
        mostPerPass,
        mostRemembered,
        mostPolled,
        keep);
  }

  public ClockSettings withPage(int other) {
    return new ClockSettings(
        interval,
        passTime,
        overlap,
        sweepEvery,
        lostAfter,
        mark,
        other,
        mostPerPass,
        mostRemembered,
        mostPolled,
        keep);
  }

  public ClockSettings withKeep(Retention.Settings other) {
    return new ClockSettings(
        interval,
        passTime,
        overlap,
        sweepEvery,
        lostAfter,
        mark,
        page,
        mostPerPass,
        mostRemembered,
        mostPolled,
        other);
  }
}

package dev.toygun.store;

import java.time.Duration;

/** How long an alarm has to stay clear that has closed again and again. */
final class Damping {
  /** How often it may close within a quarter of an hour before it has to. */
  private static final int FLAPS = 2;

  private static final Duration LEAST = Duration.ofSeconds(30);
  private static final Duration MOST = Duration.ofMinutes(10);

  private Damping() {}

  /** How long after so many closings; zero where it closes at once. */
  static Duration after(int closings) {
    if (closings < FLAPS) {
      return Duration.ZERO;
    }
    Duration damping = LEAST.multipliedBy(1L << Math.min(closings - FLAPS, 6));
    return damping.compareTo(MOST) < 0 ? damping : MOST;
  }
}

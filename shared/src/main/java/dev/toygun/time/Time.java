package dev.toygun.time;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Now, later, and chance. Safe to use from any thread, but timers run on their owner's event loop.
 */
public interface Time {
  /**
   * Now by the database's clock, as far as this process knows it: what is due and when something
   * happened is judged by one clock, not by each host's.
   */
  Instant now();

  /** A monotonic reading in nanoseconds, for measuring; its zero means nothing. */
  long nanos();

  /** Runs the action once after this time (at least 1 ms). */
  Timer after(Duration delay, Runnable action);

  /** A new uuid of version 7: in order of time, with a random tail. */
  UUID uuid();

  /** Fills the array with bytes that nobody can guess. */
  void random(byte[] bytes);

  /** Even between 0 (included) and 1 (not included); for jitter, never for secrets. */
  double random();

  /** An action that has not run yet. */
  interface Timer {
    /** Does nothing once the action has run. */
    void cancel();
  }
}

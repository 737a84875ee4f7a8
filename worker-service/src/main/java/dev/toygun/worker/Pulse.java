package dev.toygun.worker;

import dev.toygun.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event loop turns: code that never returns keeps it, and then nothing on it could say
 * so. Begins and ends on the loop, and is looked at from any thread.
 */
final class Pulse {
  private static final Duration BEAT = Duration.ofSeconds(1);
  static final Duration MISSED = Duration.ofSeconds(30);

  private final Time time;
  private Time.@Nullable Timer next;
  private volatile long last;
  private volatile boolean beats;

  Pulse(Time time) {
    this.time = time;
  }

  void start() {
    beat();
    beats = true;
  }

  void stop() {
    beats = false;
    if (next != null) {
      next.cancel();
    }
  }

  /** Whether the loop has turned in the last half of a minute, or need not. */
  boolean isThere() {
    return !beats || time.nanos() - last < MISSED.toNanos();
  }

  private void beat() {
    last = time.nanos();
    next = time.after(BEAT, this::beat);
  }
}

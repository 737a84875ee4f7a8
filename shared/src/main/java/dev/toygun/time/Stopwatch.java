package dev.toygun.time;

import java.time.Duration;

/** How long something has taken, for commands that tell it. */
public final class Stopwatch {
  private final long from = System.nanoTime();

  private Stopwatch() {}

  /** One that runs from now on. */
  public static Stopwatch start() {
    return new Stopwatch();
  }

  /** The time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /** The same in seconds. */
  public double seconds() {
    return elapsed().toNanos() / 1e9;
  }
}

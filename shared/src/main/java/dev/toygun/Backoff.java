package dev.toygun;

import java.time.Duration;

/** How long to wait before a failed try is tried again. */
public record Backoff(Duration first, Duration most) {
  /** 1 s, doubling to 1 min. */
  public static final Backoff DEFAULT = exponential(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** Doubles from {@code first}, and never waits longer than {@code most}. */
  public static Backoff exponential(Duration first, Duration most) {
    return new Backoff(first, most);
  }

  /** Always the same. */
  public static Backoff fixed(Duration delay) {
    return new Backoff(delay, delay);
  }

  /** The wait after the n-th failed try of a state, counted from 1. */
  public Duration after(int tries) {
    Duration delay = first;
    for (int i = 1; i < tries && delay.compareTo(most) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(most) < 0 ? delay : most;
  }
}

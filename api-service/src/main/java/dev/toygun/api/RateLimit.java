package dev.toygun.api;

import dev.toygun.time.Time;
import java.util.Map;

/**
 * A bucket of tokens for each caller: so many at once, and so many a second in the long run. Holds
 * a bounded number of callers; the one that called longest ago is forgotten first, when its bucket
 * is full again anyway. Used by one event loop.
 */
final class RateLimit {
  private final Time time;
  private final double perSecond;
  private final double burst;
  private final Map<Object, Bucket> buckets = new Recent<>();

  private static final class Bucket {
    double tokens;
    long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }

  RateLimit(Time time, double perSecond, int burst) {
    this.time = time;
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /**
   * Takes a token.
   *
   * @return 0, or after how many seconds there is one again
   */
  int take(Object caller) {
    return take(caller, 1);
  }

  /** The same, taking none. */
  int look(Object caller) {
    return take(caller, 0);
  }

  private int take(Object caller, int cost) {
    long now = time.nanos();
    Bucket bucket = buckets.computeIfAbsent(caller, c -> new Bucket(burst, now));
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / 1e9 * perSecond);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= cost;
      return 0;
    }
    return Math.max(1, (int) Math.ceil((1 - bucket.tokens) / perSecond));
  }

  /** What a caller is told who has to wait. */
  static Problem tooMany(int seconds) {
    return new Problem(
        429,
        "too_many_requests",
        "too many requests: try again in %d s".formatted(seconds),
        java.util.List.of(),
        Map.of("Retry-After", Integer.toString(seconds)));
  }
}

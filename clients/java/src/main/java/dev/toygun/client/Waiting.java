package dev.toygun.client;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something is so: looks at once, whenever its resource moves, and now and then.
 *
 * @param look how it is, asked for within so much time
 * @param resource whose events say that it may have changed
 * @param words how it is, in words
 */
record Waiting<T extends Answer>(
    Requests requests,
    Function<Duration, T> look,
    Function<T, UUID> resource,
    Function<T, String> words) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /* Who waits for a moment only still wants to know how it is. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /**
   * @param over whether it never will be so
   */
  T until(Predicate<T> so, Predicate<T> over, Map<String, @Nullable Object> given) {
    Duration timeout = given.get("timeout") instanceof Duration time ? time : TIMEOUT;
    long begun = requests.time().nanos();
    T last = null;
    try (Stirring stirring = new Stirring(requests)) {
      while (true) {
        Duration left = timeout.minus(requests.time().since(begun));
        T now = look(left.compareTo(LOOK) > 0 ? left : LOOK);
        if (now != null) {
          if (so.test(now)) {
            return now;
          }
          if (over.test(now)) {
            String told = words.apply(now) + ": it will never be what was waited for";
            throw new Ended(told, now);
          }
          stirring.follow(resource.apply(now));
          last = now;
        }
        left = timeout.minus(requests.time().since(begun));
        if (left.isNegative() || left.isZero()) {
          String told =
              last == null ? "nobody knows how it is: the API is away" : words.apply(last);
          throw new WaitedTooLong(
              "after %s s: %s".formatted(timeout.toMillis() / 1000.0, told), last);
        }
        stirring.await(left);
      }
    } catch (InterruptedException e) {
      throw new Interrupted(e);
    }
  }

  /* Null where the API is away: that it is started anew is no end of waiting. */
  private @Nullable T look(Duration within) {
    try {
      return look.apply(within);
    } catch (Problem.Unavailable | Problem.RateLimited e) {
      return null;
    }
  }
}

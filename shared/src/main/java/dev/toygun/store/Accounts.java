package dev.toygun.store;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts for everything that is active, as it is at one moment. */
@FunctionalInterface
public interface Accounts {
  /** What everything that is active waits for. */
  Future<Account> account();

  /**
   * What was found.
   *
   * @param counts how many machines wait for each reason
   * @param late those that are due for more than a minute, the first 100 of each list; 5,000 at
   *     most
   * @param leftOver the first 100 that nothing explains
   */
  record Account(Map<Liveness.Reason, Long> counts, List<Waiting> late, List<Waiting> leftOver) {
    /** How many nothing explains: what must be 0. */
    public long unaccounted() {
      return counts.getOrDefault(Liveness.Reason.LEFT_OVER, 0L);
    }

    /** How many of a list are late and named. */
    public long late(ListName list) {
      return late.stream().filter(machine -> machine.list().equals(list)).count();
    }

    /** How many are active. */
    public long total() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * A machine that should go on by now.
   *
   * @param version at which it was seen
   * @param dueAt null for one that is due at no time
   * @param seenAt when it was seen, by the clock that it is due by
   */
  record Waiting(
      SubjectKey subject, long version, ListName list, @Nullable Instant dueAt, Instant seenAt) {
    /** Whether it is due for longer than this. */
    public boolean isLateBy(Duration much) {
      return dueAt != null && dueAt.plus(much).isBefore(seenAt);
    }
  }
}

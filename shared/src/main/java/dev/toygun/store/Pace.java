package dev.toygun.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How soon a task begins again that a decide wants without having moved: no sooner than 1 s after
 * its last run ended, doubling to 5 min while runs live under a minute.
 *
 * @param streak how many runs in a row lived that shortly
 * @param dueAt when the new run is due
 */
record Pace(int streak, Instant dueAt) {
  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofMinutes(5);

  static Pace of(TaskStart start, GroupRows.@Nullable Run last, Instant now) {
    if (!start.paced() || last == null || last.endedAt() == null) {
      return new Pace(0, now);
    }
    int streak = livedShortly(last, last.endedAt()) ? last.streak() + 1 : 0;
    Instant rested = last.endedAt().plus(rest(streak));
    return new Pace(streak, rested.isAfter(now) ? rested : now);
  }

  /** The rest before it began does not count as its life. */
  private static boolean livedShortly(GroupRows.Run run, Instant ended) {
    Instant began = run.streak() == 0 ? run.createdAt() : run.createdAt().plus(rest(run.streak()));
    return Duration.between(began, ended).compareTo(SHORT) < 0;
  }

  private static Duration rest(int streak) {
    Duration rest = Duration.ofSeconds(1L << Math.min(Math.max(0, streak - 1), 9));
    return rest.compareTo(MOST) < 0 ? rest : MOST;
  }
}

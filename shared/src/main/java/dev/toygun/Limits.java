package dev.toygun;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a task waits for before it begins: room, over all resources of a type ({@link
 * TaskType#concurrency}, {@link TaskType#rate}, {@link TaskType#brake}), and a person ({@link
 * TaskType#approval}); and what keeps it from running ({@link TaskType#breaker}).
 *
 * @param concurrency how many may be under way at once, or null
 * @param rate how many may begin within a time, or null
 * @param shared what it shares with other tasks, or null
 * @param brake when none begin any more, or null
 * @param approval whether somebody has to approve each run
 * @param breaker what keeps it from running while what it needs does not work, or null
 * @param demoteBelow how well it has to work for its runs not to ask for approval, or null
 */
public record Limits(
    @Nullable Integer concurrency,
    @Nullable Rate rate,
    @Nullable SharedLimit shared,
    @Nullable Brake brake,
    boolean approval,
    @Nullable Breaker breaker,
    @Nullable Efficacy demoteBelow) {
  /** No limit: every run begins at once. */
  public static final Limits NONE = new Limits(null, null, null, null, false, null, null);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * So many runs may begin within this time.
   *
   * @param per whole seconds
   */
  public record Rate(int runs, Duration per) {
    /** The same, if it can be kept. */
    Rate checked(String whose) {
      if (runs < 1) {
        throw new IllegalArgumentException(
            "%s: rate(%d, …): at least 1 run has to be let in; leave the rate out where there is no limit"
                .formatted(whose, runs));
      }
      boolean fits =
          per.compareTo(SHORTEST) >= 0
              && per.compareTo(LONGEST) <= 0
              && per.equals(Duration.ofSeconds(per.toSeconds()));
      if (!fits) {
        throw new IllegalArgumentException(
            "%s: rate(%d, %s): the time has to be whole seconds, from 1 s to 1 day"
                .formatted(whose, runs, per));
      }
      return this;
    }
  }

  static void checkConcurrency(String whose, int runs) {
    if (runs < 1) {
      throw new IllegalArgumentException(
          "%s: concurrency(%d): at least 1 run has to be let in; leave it out where there is no limit"
              .formatted(whose, runs));
    }
  }

  /** Whether there is none. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether a run waits for something before it begins. */
  public boolean askToWait() {
    return concurrency != null || rate != null || shared != null || brake != null || approval;
  }

  Limits with(Breaker other) {
    return new Limits(concurrency, rate, shared, brake, approval, other, demoteBelow);
  }

  Limits with(TaskName task, Rate other) {
    return new Limits(
        concurrency, other.checked("task " + task), shared, brake, approval, breaker, demoteBelow);
  }

  Limits with(SharedLimit other) {
    return new Limits(concurrency, rate, other, brake, approval, breaker, demoteBelow);
  }

  Limits with(TaskName task, int runs) {
    checkConcurrency("task " + task, runs);
    return new Limits(runs, rate, shared, brake, approval, breaker, demoteBelow);
  }

  Limits with(TaskName task, Brake other) {
    if (other.percent() < 1 || other.percent() > 99) {
      throw new IllegalArgumentException(
          "task %s: brake(percent(%d)): 1 to 99 of 100 peers may want it; leave it out where all may"
              .formatted(task, other.percent()));
    }
    return new Limits(concurrency, rate, shared, other, approval, breaker, demoteBelow);
  }

  Limits with(TaskName task, Efficacy other) {
    if (other.percent() < 1 || other.percent() > 100 || other.runs() < 1 || other.runs() > 1_000) {
      throw new IllegalArgumentException(
          "task %s: demoteBelow(percent(%d).of(%d)): it has to be 1 to 100 of 100, of 1 to 1,000 runs"
              .formatted(task, other.percent(), other.runs()));
    }
    return new Limits(concurrency, rate, shared, brake, approval, breaker, other);
  }

  Limits approved() {
    return new Limits(concurrency, rate, shared, brake, true, breaker, demoteBelow);
  }
}

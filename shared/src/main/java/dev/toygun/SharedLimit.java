package dev.toygun;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit that tasks share, of whatever types: what they all need can serve so many at once, or so
 * many within some time, as an API of somebody else. Declare it once, as a constant, and give it to
 * each of them: {@link TaskType#limitedBy}.
 *
 * <pre>{@code
 * static final SharedLimit CLOUD = SharedLimit.named("cloud").concurrency(50).rate(100, ofMinutes(1));
 * }</pre>
 *
 * @param name of what they need
 * @param concurrency how many of their runs may be under way at once, or null
 * @param rate how many of them may begin within a time, or null
 */
public record SharedLimit(String name, @Nullable Integer concurrency, Limits.@Nullable Rate rate) {
  /**
   * A limit of this name, which limits nothing yet.
   *
   * @throws IllegalArgumentException where it is no name
   */
  public static SharedLimit named(String name) {
    List<String> problems = Names.problems("shared limit", name);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.get(0));
    }
    return new SharedLimit(name, null, null);
  }

  /**
   * At most so many runs of all that share it are under way at once.
   *
   * @param runs at least 1
   * @throws IllegalArgumentException where it is less
   */
  public SharedLimit concurrency(int runs) {
    Limits.checkConcurrency("shared limit " + name, runs);
    return new SharedLimit(name, runs, rate);
  }

  /**
   * At most so many runs of all that share it begin within this time.
   *
   * @param runs at least 1
   * @param per whole seconds, 1 s to 1 day
   * @throws IllegalArgumentException where one of them is not within this
   */
  public SharedLimit rate(int runs, Duration per) {
    Limits.Rate other = new Limits.Rate(runs, per).checked("shared limit " + name);
    return new SharedLimit(name, concurrency, other);
  }

  @Override
  public String toString() {
    String atOnce = concurrency == null ? "" : concurrency + " at once";
    String within = rate == null ? "" : rate.runs() + " within " + rate.per();
    return atOnce + (atOnce.isEmpty() || within.isEmpty() ? "" : ", ") + within;
  }

  /** Whether it limits nothing. */
  boolean isNone() {
    return concurrency == null && rate == null;
  }
}

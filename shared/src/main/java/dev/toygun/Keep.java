package dev.toygun;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ended runs of a task stay: the latest ones, and those that ended a short while ago. The
 * others are removed with their history. The latest run stays as long as its resource does.
 *
 * @param runs how many of the latest stay, however long ago they ended; 1 or more
 * @param time how long after its end one stays, however many came after it; whole seconds
 */
public record Keep(int runs, Duration time) {
  /** The latest 10, and all that ended within 30 days. */
  public static final Keep DEFAULT = new Keep(10, Duration.ofDays(30));

  /** How long an ended resource stays unless its type says otherwise. */
  public static final Duration RESOURCE = Duration.ofDays(90);

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (runs < 1) {
      problems.add("keep(%d runs): 1 or more, since code sees the latest".formatted(runs));
    }
    problems.addAll(problems(time));
    return problems;
  }

  static List<String> problems(Duration time) {
    return time.isNegative() || time.toNanosPart() != 0
        ? List.of("keep(%s): whole seconds, 0 or more".formatted(time))
        : List.of();
  }
}

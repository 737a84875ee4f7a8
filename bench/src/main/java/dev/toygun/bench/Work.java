package dev.toygun.bench;

import java.time.Duration;
import java.util.List;

/**
 * A workload and how much of it.
 *
 * @param size how many of {@link Workload#unit}
 * @param code how the steps are written, where there is a choice
 * @param time how long a resident load is held
 */
public record Work(Workload workload, int size, Code code, Duration time) {
  /** How many steps a chain has. */
  public static final int STEPS = 10;

  /** How steps are written. */
  public enum Code {
    /** They answer with a future, on the event loop. */
    ASYNC,
    /** They may block, and run on threads. */
    BLOCKING
  }

  /** A workload of its usual size. */
  public static Work of(Workload workload) {
    return new Work(workload, workload.size(), Code.ASYNC, Duration.ofMinutes(5));
  }

  /** As words, to be sent to another process. */
  String words() {
    return "%s %d %s %s".formatted(workload, size, code, time);
  }

  /** What {@link #words} has written. */
  public static Work ofWords(List<String> words) {
    return new Work(
        Workload.valueOf(words.get(0)),
        Integer.parseInt(words.get(1)),
        Code.valueOf(words.get(2)),
        Duration.parse(words.get(3)));
  }

  /** The same with another size. */
  public Work size(int other) {
    return new Work(workload, other, code, time);
  }
}

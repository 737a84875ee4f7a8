package dev.toygun.bench;

import java.time.Duration;
import java.util.List;

/**
 * A workload and how much of it.
 *
 * @param size how many of {@link Workload#unit}
 * @param code how the steps are written, where there is a choice
 * @param time how long a resident load is held
 * @param warm how long each works before it is measured, at least; its whole work once in any case
 * @param pace how long after one task the next is started, where they come singly
 */
public record Work(
    Workload workload, int size, Code code, Duration time, Duration warm, Duration pace) {
  /** How many steps a chain has. */
  public static final int STEPS = 10;

  /* A minute of the first is a thousand tasks, after which Java is far from its speed yet. */
  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration HURRIED = Duration.ofMillis(5);

  /** How steps are written. */
  public enum Code {
    /** They answer with a future, on the event loop. */
    ASYNC,
    /** They may block, and run on threads. */
    BLOCKING
  }

  /** Work whose single tasks come at the pace at which they are measured. */
  static Work of(Workload workload, int size, Code code, Duration time, Duration warm) {
    return new Work(workload, size, code, time, warm, PACE);
  }

  /** The least of a workload, without more warming up than must be. */
  public static Work least(Workload workload) {
    return of(workload, workload.least(), Code.ASYNC, Duration.ofMinutes(1), Duration.ZERO);
  }

  /** As words, to be sent to another process. */
  String words() {
    return "%s %d %s %s %s %s".formatted(workload, size, code, time, warm, pace);
  }

  /** What {@link #words} has written. */
  public static Work ofWords(List<String> words) {
    return new Work(
        Workload.valueOf(words.get(0)),
        Integer.parseInt(words.get(1)),
        Code.valueOf(words.get(2)),
        Duration.parse(words.get(3)),
        Duration.parse(words.get(4)),
        Duration.parse(words.get(5)));
  }

  /** What is done to warm up. */
  public interface WarmUp {
    /** The whole work, once: single tasks come ten times as fast as when they are measured. */
    void once(Work hurried) throws Exception;
  }

  /** Warms up. */
  public void warmUp(WarmUp up) throws Exception {
    long until = System.nanoTime() + warm.toNanos();
    Work hurried = new Work(workload, size, code, time, warm, HURRIED);
    do {
      up.once(hurried);
    } while (System.nanoTime() < until);
  }
}

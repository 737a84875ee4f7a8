package dev.toygun.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** How long after its start each of several tasks ran its first step, and its last. */
public final class Latencies {
  private final long[] started;
  private final long[] first;
  private final long[] last;
  private final long[] answered;

  /** Of so many tasks. */
  public Latencies(int tasks) {
    this.started = new long[tasks];
    this.first = new long[tasks];
    this.last = new long[tasks];
    this.answered = new long[tasks];
  }

  /** A task is about to be started; all moments are of {@link System#nanoTime}. */
  public void started(int task, long nanos) {
    started[task] = nanos;
  }

  /** Who started it has been told that it is started. */
  public void answered(int task, long nanos) {
    answered[task] = nanos;
  }

  /** Its step was run: the first, the last, or one between. Tasks that are not timed are none. */
  public void ran(int task, int step, long nanos) {
    if (task >= started.length) {
      return;
    }
    if (step == 0) {
      first[task] = nanos;
    } else if (step == Work.STEPS - 1) {
      last[task] = nanos;
    }
  }

  /** Adds quantiles in milliseconds; something is wrong where a moment is missing. */
  public void tell(ObjectNode figures, Wrongs wrongs) {
    tell(figures, wrongs, "answer", answered);
    tell(figures, wrongs, "first", first);
    tell(figures, wrongs, "tenth", last);
  }

  private void tell(ObjectNode figures, Wrongs wrongs, String name, long[] ran) {
    long[] waits = new long[ran.length];
    int missing = 0;
    for (int task = 0; task < ran.length; task++) {
      waits[task] = ran[task] - started[task];
      missing += ran[task] == 0 || waits[task] < 0 ? 1 : 0;
    }
    wrongs.unless("tasks whose " + name + " was not seen", 0, missing);
    Arrays.sort(waits);
    figures.put(name + "_p50_ms", quantile(waits, 0.5));
    figures.put(name + "_p99_ms", quantile(waits, 0.99));
    figures.put(name + "_max_ms", quantile(waits, 1));
  }

  private static double quantile(long[] sorted, double share) {
    int at = (int) Math.ceil(sorted.length * share) - 1;
    return Math.round(sorted[Math.max(0, at)] / 1e4) / 1e2;
  }
}

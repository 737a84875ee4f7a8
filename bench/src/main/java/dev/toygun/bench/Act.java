package dev.toygun.bench;

import java.util.List;

/**
 * A part of a workload that is measured by itself.
 *
 * @param name such as {@code run}
 * @param variant tells several tries of the same apart; empty where there is one
 * @param unit what is counted: the rate is called {@code UNIT_per_s}
 * @param best whether of several variants only the fastest counts
 */
public record Act(String name, String variant, String unit, boolean best) {
  /** The steps of chains are run. */
  public static final Act RUN_STEPS = new Act("run", "", "steps", false);

  /** Jobs are started, many by one request. */
  public static final Act BULK = new Act("bulk", "", "starts", false);

  /** Jobs are started, one by each request, by 32 callers. */
  public static final Act ONE_BY_ONE = new Act("one-by-one", "", "starts", false);

  /** Jobs that were started are run. */
  public static final Act RUN_JOBS = new Act("run", "", "jobs", false);

  /** Single tasks in an idle system. */
  public static final Act LATENCY = new Act("latency", "", "tasks", false);

  /** The same, started through the HTTP API. */
  public static final Act LATENCY_HTTP = new Act("latency", "http", "tasks", false);

  /** Nothing is done. */
  public static final Act IDLE = new Act("idle", "", "seconds", false);

  /** A load is held. */
  public static final Act RESIDENT = new Act("resident", "", "checks", false);

  /** What most contestants do of a workload. */
  public static List<Act> usual(Workload workload) {
    return switch (workload) {
      case W0 -> List.of(IDLE);
      case W1 -> List.of(RUN_STEPS);
      case W2 -> List.of(BULK, RUN_JOBS, ONE_BY_ONE);
      case W3 -> List.of(LATENCY);
      case W4 -> List.of(RESIDENT);
      case W5, W6, W7 -> List.of();
    };
  }

  /** Whether it has no end of its own: what it takes is reckoned by the minute. */
  public boolean goesOn() {
    return equals(IDLE) || name.equals(RESIDENT.name);
  }

  /** The name of the rate, such as {@code steps_per_s}. */
  public String rate() {
    return unit + "_per_s";
  }

  /** Its name with its variant. */
  public String label() {
    return variant.isEmpty() ? name : name + " " + variant;
  }
}

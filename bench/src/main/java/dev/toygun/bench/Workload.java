package dev.toygun.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is measured. */
public enum Workload {
  /** What the machine gives: the floor under every other figure. */
  W0("the machine, and everybody when there is nothing to do", "samples", 2_000, 50),
  /** Steps. */
  W1("chains of ten durable steps", "chains", 2_000, 50),
  /** Jobs. */
  W2("jobs of one step: started in bulk, started one by one, run", "jobs", 20_000, 100),
  /** Latency. */
  W3("an idle system: one task of ten steps every 50 ms", "tasks", 200, 10),
  /** Resident load. */
  W4("resources at rest, each checked every 60 s", "resources", 100_000, 500),
  /** Growth. */
  W5("chains of ten steps, beside resources that are there already", "resources", 1_000_000, 500),
  /** Scale-out. */
  W6("chains of ten steps that wait 10 ms, on 1, 2 and 4 workers", "chains", 2_000, 50),
  /** Fairness. */
  W7("an idle type beside one with ticks queued that wait 10 ms", "ticks", 100_000, 5_000);

  private final String what;
  private final String unit;
  private final int size;
  private final int least;

  Workload(String what, String unit, int size, int least) {
    this.what = what;
    this.unit = unit;
    this.size = size;
    this.least = least;
  }

  /** What it is, in a few words. */
  public String what() {
    return what;
  }

  /** What its size counts. */
  public String unit() {
    return unit;
  }

  /** Its size unless said otherwise. */
  public int size() {
    return size;
  }

  /** The size that shows that it works, and nothing more. */
  public int least() {
    return least;
  }

  /** The name on the command line, such as {@code w1}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The workload of this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Workload of(String label) {
    List<Workload> all = Arrays.asList(values());
    return all.stream()
        .filter(workload -> workload.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no workload "
                        + label
                        + ": "
                        + all.stream().map(Workload::label).collect(Collectors.joining(", "))));
  }
}

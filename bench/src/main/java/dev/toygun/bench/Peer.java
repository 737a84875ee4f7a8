package dev.toygun.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who is measured. */
public enum Peer {
  /** What the machine gives; only in w0. */
  MACHINE,
  /** Ourselves: one worker process and one clock process, on Postgres and Redis. */
  TOYGUN,
  /** db-scheduler: jobs in a table of Postgres, no history. */
  DB_SCHEDULER,
  /** DBOS Transact: workflows whose steps are kept in Postgres. */
  DBOS_JAVA,
  /** Plain SQL, one commit for each move. */
  LIMIT_ONE,
  /** Plain SQL, groups of moves in one commit. */
  LIMIT_GROUP;

  /** Whether it can do this at all. */
  public boolean does(Workload workload) {
    return switch (this) {
      case TOYGUN -> true;
      case MACHINE -> workload == Workload.W0;
      case DB_SCHEDULER -> workload.compareTo(Workload.W4) <= 0;
      case DBOS_JAVA -> workload.compareTo(Workload.W3) <= 0;
      case LIMIT_ONE, LIMIT_GROUP -> workload == Workload.W1;
    };
  }

  /** The name on the command line and in the JSON, such as {@code db-scheduler}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The peer of this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Peer of(String label) {
    List<Peer> all = Arrays.asList(values());
    return all.stream()
        .filter(peer -> peer.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no peer "
                        + label
                        + ": "
                        + all.stream().map(Peer::label).collect(Collectors.joining(", "))));
  }
}

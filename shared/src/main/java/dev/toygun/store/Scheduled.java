package dev.toygun.store;

import java.util.List;

/**
 * What a look at schedules that are due came to.
 *
 * @param seen how many it found and saw to
 * @param started how many tasks began
 * @param due who is due by that
 */
public record Scheduled(int seen, int started, List<Committed.Woken> due) {
  /** Nothing was due. */
  public static final Scheduled NOTHING = new Scheduled(0, 0, List.of());

  /** Both together. */
  Scheduled and(Scheduled other) {
    return new Scheduled(
        seen + other.seen,
        started + other.started,
        java.util.stream.Stream.concat(due.stream(), other.due.stream()).toList());
  }
}

package dev.toygun.store;

import java.util.List;

/**
 * What a look at schedules that are due came to.
 *
 * @param more whether more than it looked at may be due
 * @param started how many tasks began
 * @param due who is due by that
 */
public record Scheduled(boolean more, int started, List<Committed.Woken> due) {
  /** Nothing was due. */
  public static final Scheduled NOTHING = new Scheduled(false, 0, List.of());

  /** The same, of a page that was full or was not. */
  Scheduled more(boolean full) {
    return new Scheduled(full, started, due);
  }

  /** Both together. */
  Scheduled and(Scheduled other) {
    return new Scheduled(
        more || other.more,
        started + other.started,
        java.util.stream.Stream.concat(due.stream(), other.due.stream()).toList());
  }
}

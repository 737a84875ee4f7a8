package dev.toygun.store;

import dev.toygun.Availability;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of whether a resource answers.
 *
 * @param misses bad looks in a row, capped where more would change nothing
 * @param plannedUntil of one that is down on purpose: from then on bad looks count
 * @param observers the tasks that have looked since nothing was known, by name and in order: once
 *     none of them looks any more, nothing is known again
 */
public record Observed(
    Availability availability, int misses, @Nullable Instant plannedUntil, List<String> observers) {
  /** Nobody has looked yet, or nobody does any more. */
  public static final Observed NOTHING = new Observed(Availability.UNKNOWN, 0, null, List.of());

  public Observed {
    observers = List.copyOf(observers);
  }

  /** The observers, and this one. */
  List<String> observers(@Nullable String another) {
    if (another == null || observers.contains(another)) {
      return observers;
    }
    return Stream.concat(observers.stream(), Stream.of(another)).sorted().toList();
  }
}

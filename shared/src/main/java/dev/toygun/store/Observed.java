package dev.toygun.store;

import dev.toygun.Availability;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of whether a resource answers.
 *
 * @param misses bad looks in a row, capped where more would change nothing
 * @param plannedUntil of one that is down on purpose: from then on bad looks count
 */
public record Observed(Availability availability, int misses, @Nullable Instant plannedUntil) {
  /** Nobody has looked yet. */
  public static final Observed NOTHING = new Observed(Availability.UNKNOWN, 0, null);
}

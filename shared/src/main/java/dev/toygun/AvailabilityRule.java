package dev.toygun;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many bad observations in a row make a resource uncertain, and how many make it offline; one
 * good one makes it online again. And for how long that holds which nobody observes any more.
 *
 * @param unknownAfter how long what a run saw holds that has finished; null for until another looks
 */
public record AvailabilityRule(
    int uncertainAfter, int offlineAfter, @Nullable Duration unknownAfter) {
  /** Uncertain after 1, offline after 3; what a run that has finished saw stands. */
  public static final AvailabilityRule DEFAULT = new AvailabilityRule(1, 3, null);

  public AvailabilityRule uncertainAfter(int misses) {
    return new AvailabilityRule(misses, offlineAfter, unknownAfter);
  }

  public AvailabilityRule offlineAfter(int misses) {
    return new AvailabilityRule(uncertainAfter, misses, unknownAfter);
  }

  /**
   * Unknown again so long after the end of the last run that observed it, if that has finished: for
   * a task that looks once and is started again and again, longer than from one start to the next.
   * Of one that was stopped, aborted or timed out, or that panics, nothing holds but that it is
   * offline.
   */
  public AvailabilityRule unknownAfter(Duration time) {
    return new AvailabilityRule(uncertainAfter, offlineAfter, time);
  }

  /** What a resource is after this many bad observations in a row (0: the last was good). */
  public Availability after(int misses, Availability before) {
    if (misses == 0) {
      return Availability.ONLINE;
    }
    if (misses >= offlineAfter) {
      return Availability.OFFLINE;
    }
    return misses >= uncertainAfter ? Availability.UNCERTAIN : before;
  }
}

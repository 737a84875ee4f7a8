package dev.toygun;

/**
 * How many bad observations in a row make a resource uncertain, and how many make it offline. One
 * good one makes it online again.
 */
public record AvailabilityRule(int uncertainAfter, int offlineAfter) {
  /** Uncertain after 1, offline after 3. */
  public static final AvailabilityRule DEFAULT = new AvailabilityRule(1, 3);

  public AvailabilityRule uncertainAfter(int misses) {
    return new AvailabilityRule(misses, offlineAfter);
  }

  public AvailabilityRule offlineAfter(int misses) {
    return new AvailabilityRule(uncertainAfter, misses);
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

package dev.toygun.store;

import dev.toygun.Availability;
import org.jspecify.annotations.Nullable;

/**
 * What a task's outcome writes on its resource's row.
 *
 * @param version the resource's version as it was loaded, or null where nothing is compared: an
 *     observation by a task that is leased on its own
 * @param fields the resource's fields, or null to leave them
 * @param observation what to do about its availability, or null to leave it
 */
public record OwnerWrite(
    @Nullable Long version, @Nullable Fields fields, @Nullable Observation observation) {

  /**
   * The resource's fields as they are from now on.
   *
   * @param attrs decorated JSON
   * @param schemaVersion the version of the type that they are written by
   */
  public record Fields(String attrs, int schemaVersion) {}

  /**
   * What one more look makes of the resource, by its misses so far: judged under its lock.
   *
   * @param up whether it answered
   */
  public record Observation(boolean up, int uncertainAfter, int offlineAfter) {
    /** The misses in a row after this look; capped where more would change nothing. */
    public int misses(int before) {
      return up ? 0 : Math.min(before + 1, offlineAfter);
    }

    /** The availability after this look. */
    public Availability availability(int misses, Availability before) {
      return new dev.toygun.AvailabilityRule(uncertainAfter, offlineAfter).after(misses, before);
    }
  }
}

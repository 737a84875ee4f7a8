package dev.toygun.store;

import dev.toygun.Availability;
import dev.toygun.AvailabilityRule;
import java.time.Instant;
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
   * What one more look makes of the resource, by what was known of it: judged under its lock.
   *
   * @param by the name of the task that looked; null where the resource did, or nobody
   * @param up whether it answered
   * @param at when somebody looked
   * @param plannedUntil null for a look; else that it is down on purpose, and until when at most
   */
  public record Observation(
      @Nullable String by,
      boolean up,
      Instant at,
      @Nullable Instant plannedUntil,
      AvailabilityRule rule) {

    /** What is known after this. */
    public Observed after(Observed before) {
      if (plannedUntil != null) {
        return new Observed(Availability.KNOWN_OFFLINE, 0, plannedUntil, before.observers());
      }
      Instant until = before.plannedUntil();
      if (!up && until != null && at.isBefore(until)) {
        return before;
      }
      int misses = up ? 0 : Math.min(before.misses() + 1, rule.offlineAfter());
      Availability now = rule.after(misses, before.availability());
      return new Observed(
          now, misses, now == Availability.KNOWN_OFFLINE ? until : null, before.observers(by));
    }
  }
}

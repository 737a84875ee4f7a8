package dev.toygun.api;

import dev.toygun.store.MachineRow;
import java.util.OptionalLong;

/**
 * What can be said before a request is carried out. It is judged again, and for good, under the
 * lock of the row.
 */
final class Alive {
  private Alive() {}

  /** Refuses what has ended, and what the caller knows in another version. */
  static void check(String what, MachineRow row, OptionalLong version) {
    if (version.isPresent() && version.getAsLong() != row.version()) {
      throw new Problem(
          412,
          "stale",
          "%s is at version %d, not %d: read it again"
              .formatted(what, row.version(), version.getAsLong()));
    }
    if (!row.active()) {
      throw Problem.conflict(
          "ended", "%s has ended, so nothing can be asked of it any more".formatted(what));
    }
  }
}

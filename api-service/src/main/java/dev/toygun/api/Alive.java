package dev.toygun.api;

import dev.toygun.store.Checks;
import dev.toygun.store.MachineRow;
import dev.toygun.store.ResourceRow;
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

  /** Refuses also what is not stuck, so that it cannot be retried. */
  static void checkStuck(String what, MachineRow row, OptionalLong version) {
    check(what, row, version);
    Checks.retriable(row);
  }

  /** Refuses what would be added to a resource that has ended, or is on its way down. */
  static void checkAddition(String what, ResourceRow row) {
    check(what, row.machine(), OptionalLong.empty());
    if (row.deleting() != ResourceRow.Deleting.NO) {
      throw Problem.conflict("deleting", what + " is being taken down");
    }
  }
}

package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What requests ask of the row that it is about. */
public final class Checks {
  private Checks() {}

  static MachineRow alive(Family family, UUID uuid) {
    MachineRow row =
        family
            .machine(new SubjectKey(family.resource().uuid(), uuid))
            .orElseThrow(
                () -> new Refusal(Refusal.Code.ENDED, uuid + " is not the latest run of its task"));
    if (!row.active()) {
      throw new Refusal(Refusal.Code.ENDED, "it has ended, so nothing can be asked of it any more");
    }
    return row;
  }

  static void current(MachineRow row, OptionalLong version) {
    current(row.version(), version);
  }

  static void current(long is, OptionalLong version) {
    if (version.isPresent() && version.getAsLong() != is) {
      throw new Refusal(
          Refusal.Code.STALE,
          "it is at version %d, not %d: read it again".formatted(is, version.getAsLong()));
    }
  }

  /**
   * That it is stuck, so that it can be retried.
   *
   * @throws Refusal of code {@code WRONG_STATE} where it is not
   */
  public static void retriable(MachineRow row) {
    if (!row.state().equals(BuiltIn.PANIC) && !row.state().equals(BuiltIn.TIMEOUT)) {
      throw new Refusal(
          Refusal.Code.WRONG_STATE,
          "it is in state %s: only what is panicked or timed out can be retried"
              .formatted(row.state()));
    }
  }

  /**
   * That it can be asked to end so: a stop lets what cleans up go on, but this stands still.
   *
   * @throws Refusal of code {@code WRONG_STATE} where it cannot
   */
  static void endable(MachineRow row, End how) {
    if (how == End.STOPPED && row.isExiting() && row.state().equals(BuiltIn.PANIC)) {
      throw new Refusal(
          Refusal.Code.WRONG_STATE, "it panicked while it cleaned up: retry it, or abort it");
    }
  }

  /**
   * That a person's approval is what it waits for.
   *
   * @throws Refusal of code {@code WRONG_STATE} where it is not
   */
  public static void approvable(Optional<TaskRow> run) {
    if (run.filter(TaskRow::waitsForApproval).isEmpty()) {
      throw new Refusal(Refusal.Code.WRONG_STATE, "it does not wait for approval");
    }
  }

  static void rewindable(String state) {
    if (BuiltIn.reserved(state)) {
      throw new Refusal(
          Refusal.Code.INVALID, state + " is a built-in state: nothing is rewound into it");
    }
  }
}

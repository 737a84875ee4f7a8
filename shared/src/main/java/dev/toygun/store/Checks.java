package dev.toygun.store;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Limits;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  /**
   * That nothing stands in the way of its restart.
   *
   * @throws Refusal of code {@code WRONG_STATE} where something does
   */
  public static void restartable(Family family) {
    if (family.resource().machine().state().equals(BuiltIn.NEW)) {
      throw new Refusal(Refusal.Code.WRONG_STATE, "it is being made: there is nothing to restart");
    }
    family
        .task(BuiltIn.RESTART_TASK.value())
        .filter(run -> run.machine().active())
        .ifPresent(
            run -> {
              throw new Refusal(
                  Refusal.Code.WRONG_STATE,
                  "its restart is under way already, in state " + run.machine().state());
            });
  }

  /**
   * When it may be restarted without force; nothing where that is now.
   *
   * @param most null where it may as often as somebody asks
   * @throws Refusal of code {@code USED_UP} where it would take force, and there is none
   */
  public static Optional<Instant> restarts(
      Family family, Limits.@Nullable Rate most, boolean force, Instant now) {
    if (most == null) {
      return Optional.empty();
    }
    Optional<Instant> next = Restarts.of(family).next(most, now);
    if (next.isPresent() && !force) {
      throw new Refusal(
          Refusal.Code.USED_UP,
          "it was restarted as often as its type allows, %d within %d s; it may be again from %s on, or now with force"
              .formatted(most.runs(), most.per().toSeconds(), wholeSecond(next.get())));
    }
    return next;
  }

  /* The first one that is not before it. */
  private static Instant wholeSecond(Instant at) {
    return at.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
  }

  static void rewindable(String state) {
    if (BuiltIn.reserved(state)) {
      throw new Refusal(
          Refusal.Code.INVALID, state + " is a built-in state: nothing is rewound into it");
    }
  }
}

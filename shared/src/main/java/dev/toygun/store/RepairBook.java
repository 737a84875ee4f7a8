package dev.toygun.store;

import dev.toygun.store.Repairs.Seen;
import dev.toygun.store.Repairs.Standing;
import dev.toygun.store.TypeDefinition.EfficacyDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of repairs, all of them: what a run has done to an alarm, and when a task is demoted.
 * It neither reads nor writes, so both stores keep the same rules.
 *
 * <pre>
 *   (ended) ─► looked at ─► cleared ─► looked at for a day ─► it stayed so
 *                       └─► in vain                      └─► relapsed
 * </pre>
 */
public final class RepairBook {
  /** How long after its end a run may still have cleared the alarm. */
  public static final Duration CLEARS = Duration.ofMinutes(5);

  /** For how long an alarm has to stay away. */
  public static final Duration STAYS = Duration.ofDays(1);

  /** How long the rows stay, and so for how long is counted. */
  public static final Duration KEEP = Duration.ofDays(30);

  /** How many of the latest rows of a repair are counted. */
  public static final int COUNTED = 1_000;

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration LATE = Duration.ofHours(1);

  private RepairBook() {}

  /** What has become of it by what was seen; nothing where it cannot be judged any more. */
  public static Optional<RepairRow> judge(RepairRow row, Seen seen) {
    if (row.clearedAt() != null) {
      return Optional.of(stays(row, row.clearedAt(), seen));
    }
    if (seen.gone()) {
      return Optional.empty(); // What ends takes its alarms with it: no run has cleared them.
    }
    Instant last = row.aborted() ? row.endedAt() : row.endedAt().plus(CLEARS);
    Instant next = seen.nextBegan();
    if (next != null && next.isBefore(last)) {
      last = next;
    }
    Instant over = seen.clear();
    if (over != null && !over.isAfter(last)) {
      return Optional.of(row.cleared(over, SOON, seen.now()));
    }
    boolean inVain = over != null || !seen.now().isBefore(last);
    return Optional.of(row.due(inVain ? null : seen.now().plus(SOON)));
  }

  /* What has stayed away for long is looked at less often. */
  private static RepairRow stays(RepairRow row, Instant cleared, Seen seen) {
    Instant until = cleared.plus(STAYS);
    Instant again = seen.openAgain();
    if (again != null && again.isBefore(until)) {
      return row.relapsed(again);
    }
    if (seen.gone() || !seen.now().isBefore(until)) {
      return row.due(null);
    }
    Duration wait = Duration.between(cleared, seen.now()).dividedBy(4);
    wait = wait.compareTo(SOON) < 0 ? SOON : wait.compareTo(LATE) > 0 ? LATE : wait;
    Instant next = seen.now().plus(wait);
    return row.due(next.isAfter(until) ? until : next);
  }

  /** A task whose repairs do not work is demoted. */
  public static Optional<DemotionChange> judge(Standing standing) {
    EfficacyDefinition least = standing.demoteBelow();
    if (standing.demotion().demoted()
        || least == null
        || standing.judged() < least.runs()
        || standing.worked() * 100 >= (long) least.percent() * standing.judged()) {
      return Optional.empty();
    }
    String why =
        "of its last %d automatic runs %d worked, less than %d %%"
            .formatted(standing.judged(), standing.worked(), least.percent());
    return Optional.of(new DemotionChange(standing.demotion(), true, "system", why));
  }

  /** One that does not say any more how well it has to work asks no more. */
  public static Optional<DemotionChange> judge(Demotion demotion, boolean isDeclared) {
    return demotion.demoted() && !isDeclared
        ? Optional.of(
            new DemotionChange(demotion, false, "system", "its type says demoteBelow no more"))
        : Optional.empty();
  }

  /**
   * A person promotes it: it is counted anew from then on.
   *
   * @throws Refusal where it is not demoted
   */
  public static DemotionChange promoted(Demotion demotion, By by) {
    if (!demotion.demoted()) {
      throw new Refusal(
          Refusal.Code.WRONG_STATE,
          "%s/%s is not demoted".formatted(demotion.type(), demotion.task()));
    }
    return new DemotionChange(demotion, false, by.actor(), by.reason());
  }
}

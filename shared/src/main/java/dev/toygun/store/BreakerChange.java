package dev.toygun.store;

import dev.toygun.Severity;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers.Declared;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a breaker.
 *
 * @param before how it stood
 * @param state how it stands then
 * @param declared whose tasks a new hold keeps; null where the hold stays, or none is needed
 * @param probes how many runs are let go, in place of those that were; 0 for none
 * @param time until it is looked at again; null where a person is to, or it is closed
 * @param times how often in a row it was opened
 * @param actor who brought it there
 * @param reason why
 * @param alarm how severe the alarm is that it opens, unless that is open, or null
 */
public record BreakerChange(
    BreakerRow before,
    State state,
    @Nullable Declared declared,
    int probes,
    @Nullable Duration time,
    int times,
    String actor,
    String reason,
    @Nullable Severity alarm) {
  /** The alarm of the system that tells that a breaker is open. */
  public static final String ALARM = "breaker:";

  /** The name of its alarm. */
  public String alarmName() {
    return ALARM + before.name();
  }

  /** What its alarm says. */
  public String alarmMessage() {
    return "breaker %s is open: %s; see `toygun breakers`".formatted(before.name(), reason);
  }

  /** What its hold says. */
  public String holdReason() {
    return "breaker %s is %s: %s"
        .formatted(before.name(), state.stored().replace('_', ' '), reason);
  }

  /**
   * The hold that it has then.
   *
   * @param fresh should it need a new one
   */
  public @Nullable UUID holdOf(UUID fresh) {
    if (state == State.CLOSED) {
      return null;
    }
    return declared == null ? before.hold() : fresh;
  }
}

package dev.toygun.store;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a breaker stands.
 *
 * @param version counts its changes: what was decided from another one is not carried out
 * @param since when it came to stand so: what failed before that does not count
 * @param until when it is looked at again; null where it is closed, or a person opened it
 * @param times how often in a row it was opened
 * @param hold what keeps its tasks from running; null where it is closed
 * @param actor who brought it there: {@code system}, or a person
 * @param reason why
 */
public record BreakerRow(
    String name,
    State state,
    long version,
    Instant since,
    @Nullable Instant until,
    int times,
    @Nullable UUID hold,
    String actor,
    String reason) {

  /** The states of a breaker. */
  public enum State {
    /** All runs go on. */
    CLOSED,
    /** What is due waits. */
    OPEN,
    /** The same, but for a few that are let go to see whether things work again. */
    HALF_OPEN;

    /** As it is stored. */
    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofStored(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }

  /** One that was never opened. */
  public static BreakerRow closed(String name) {
    return new BreakerRow(name, State.CLOSED, 0, Instant.EPOCH, null, 0, null, "", "");
  }

  /** Whether a person opened it, who alone closes it. */
  public boolean isByHand() {
    return state == State.OPEN && until == null;
  }
}

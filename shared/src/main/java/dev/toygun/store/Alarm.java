package dev.toygun.store;

import dev.toygun.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as it is stored: a machine that is moved by the store's own rules, see {@link
 * AlarmBook}.
 *
 * @param key the resource it hangs off, and the alarm itself
 * @param subject whose alarm it is: the resource itself, or a task of it
 * @param task the name of that task, or null
 * @param list the list of its subject
 * @param error what opened it; null for one that a type declares, and for {@code stuck}
 * @param judged whether a worker judges it, by a predicate; if not, it is true until code clears it
 *     or its subject moves
 * @param escalateS after how many seconds without an acknowledgement it becomes more severe
 * @param dueAt when the clock looks at it
 * @param clearAt of an open one that has flapped: when it closes if it stays clear; of a quiet one
 *     that is free, and of a pending one that waits for those above: not before this is it open
 * @param snoozedUntil from then on it is open again if it is still true
 * @param acknowledged who takes care of it
 * @param under the alarm or the hold that keeps it quiet; null in a quiet state: to be judged again
 * @param repairs when its repair was started
 * @param openedAt when it was first open; null for one that never was
 * @param standsAt of {@code stuck}: the version of its subject at which that stands; it closes once
 *     that is another one
 */
public record Alarm(
    SubjectKey key,
    UUID subject,
    String name,
    @Nullable String task,
    ListName list,
    State state,
    long step,
    long version,
    Severity severity,
    String message,
    @Nullable UUID error,
    boolean judged,
    @Nullable String runbook,
    @Nullable Integer escalateS,
    @Nullable Instant dueAt,
    @Nullable Instant clearAt,
    @Nullable Instant snoozedUntil,
    @Nullable String acknowledged,
    @Nullable UUID under,
    List<Instant> repairs,
    Instant createdAt,
    @Nullable Instant openedAt,
    @Nullable Instant endedAt,
    @Nullable Long standsAt) {

  /** Where an alarm is. */
  public enum State {
    /** It is true, but not for long enough; or one further up may open in a moment. */
    PENDING,
    /** A panic on its way up: nobody has been told, since somebody may handle it. */
    CLIMBING,
    /** Somebody has been told. */
    OPEN,
    /** Somebody takes care of it. */
    ACKNOWLEDGED,
    /** Quiet until a time. */
    SNOOZED,
    /** Of a brake: a person has said that its task goes on until a time. */
    LIFTED,
    /** Quiet until it clears. */
    IGNORED,
    /** Quiet under an open alarm of an ancestor, and judged again when that one closes. */
    FOLDED,
    /** Opened while its subject was held, and judged again when that is over. */
    HELD,
    /** Over. */
    CLOSED;

    /** The stored name: {@code climbing}. */
    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this stored name. */
    public static State ofStored(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** Whether it may be open in a moment. */
    public boolean isAbout() {
      return this == PENDING || this == CLIMBING;
    }

    /** Whether it may be one in which it is left until a time. */
    boolean isForATime() {
      return this == SNOOZED || this == LIFTED || this == ACKNOWLEDGED;
    }

    /** Whether alarms further down fold under it: somebody looks after it, or will hear of it. */
    public boolean covers() {
      return switch (this) {
        case OPEN, ACKNOWLEDGED, SNOOZED, LIFTED -> true;
        case PENDING, CLIMBING, IGNORED, FOLDED, HELD, CLOSED -> false;
      };
    }
  }

  public Alarm {
    repairs = List.copyOf(repairs);
  }

  /** Whether it is not closed. */
  public boolean active() {
    return state != State.CLOSED;
  }
}

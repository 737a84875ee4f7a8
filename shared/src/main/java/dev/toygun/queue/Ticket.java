package dev.toygun.queue;

import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that subjects of one list want a tick: at most {@link #MOST}, whose leases share a hash.
 *
 * @param poll whether they are polled, rather than due: a poll is dropped where its subject is
 *     being ticked
 * @param at when it was queued; kept in milliseconds
 * @param trace the trace id of the request that led to it
 */
public record Ticket(
    ListName list,
    List<SubjectKey> subjects,
    Cause cause,
    boolean poll,
    Instant at,
    @Nullable String trace) {
  /** The most subjects of one ticket. */
  public static final int MOST = 64;

  /** How long a ticket is good for; the clock queues again what is still due. */
  public static final Duration GOOD_FOR = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if it names no subject, or more than {@link #MOST}
   */
  public Ticket {
    subjects = List.copyOf(subjects);
    if (subjects.isEmpty() || subjects.size() > MOST) {
      throw new IllegalArgumentException(
          "a ticket for %s names %d subjects: 1 to %d".formatted(list, subjects.size(), MOST));
    }
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}

package dev.toygun.queue;

import dev.toygun.store.Cause;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that subjects of one list want a tick: at most {@link #MOST}, whose leases share a hash.
 *
 * @param poll whether they are polled, rather than due: a poll is dropped where its subject is
 *     being ticked
 * @param at when it was queued, by the queue's clock
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

  public Ticket {
    subjects = List.copyOf(subjects);
  }
}

package dev.toygun.worker;

import dev.toygun.queue.Queue;
import dev.toygun.queue.Ticket;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes tickets for whoever was woken, and nudges whoever follows events: only for speed, they
 * find all of it all the same.
 */
final class Telling {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  /** A nudge says nothing but that there is something: one in this time is enough. */
  private static final Duration NUDGE = Duration.ofMillis(100);

  private final Queue queue;
  private final Time time;
  private boolean nudging;

  Telling(Queue queue, Time time) {
    this.queue = queue;
    this.time = time;
  }

  void tell(List<Committed.Woken> woken, Cause cause, @Nullable String trace) {
    push(Tickets.of(woken, cause, time.now(), trace));
  }

  /** These were polled, and somebody else is to tick them. */
  void poll(ListName list, Collection<SubjectKey> polled) {
    push(Tickets.of(list, polled, Cause.CLOCK, true, time.now()));
  }

  private void push(List<Ticket> tickets) {
    if (!tickets.isEmpty()) {
      queue.push(tickets).onFailure(error -> LOG.debug("not announced: {}", error.getMessage()));
    }
  }

  /** Whoever ticks these breaks the tick off. */
  void interrupt(Collection<SubjectKey> toEnd) {
    toEnd.forEach(
        subject ->
            queue
                .interrupt(subject)
                .onFailure(error -> LOG.debug("not interrupted: {}", error.getMessage())));
  }

  /** Something was committed that who follows events wants to see. */
  void nudge() {
    if (!nudging) {
      nudging = true;
      time.after(
          NUDGE,
          () -> {
            nudging = false;
            queue.nudge().onFailure(error -> LOG.debug("not nudged: {}", error.getMessage()));
          });
    }
  }
}

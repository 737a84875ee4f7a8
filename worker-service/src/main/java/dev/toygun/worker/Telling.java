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

  /** As long as the clock leaves what is due and was queued: a lock may be held for long. */
  private static final Duration PUT_OFF = Duration.ofSeconds(15);

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

  /** These were polled and not ticked, and go through the queue again. */
  void poll(ListName list, Collection<SubjectKey> polled, boolean later) {
    Runnable push = () -> push(Tickets.of(list, polled, Cause.CLOCK, true, time.now()));
    if (later && !polled.isEmpty()) {
      time.after(PUT_OFF, push);
    } else {
      push.run();
    }
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

package dev.toygun.worker;

import dev.toygun.queue.Queue;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.time.Time;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes tickets for whoever was woken: only for speed, the clock finds them all the same. */
final class Telling {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  private final Queue queue;
  private final Time time;

  Telling(Queue queue, Time time) {
    this.queue = queue;
    this.time = time;
  }

  void tell(List<Committed.Woken> woken, Cause cause, @Nullable String trace) {
    if (!woken.isEmpty()) {
      queue
          .push(Tickets.of(woken, cause, time.now(), trace))
          .onFailure(error -> LOG.debug("not announced: {}", error.getMessage()));
    }
  }
}

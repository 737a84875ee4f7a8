package dev.toygun.worker;

import dev.toygun.store.Work;
import dev.toygun.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the good tries of tasks with a breaker, and writes them down once a second. Failed ones
 * are in the same commit as what they come to; of good ones a second may be lost with the worker.
 */
final class Tries {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Tries.class);

  private final Work store;
  private final Time time;
  private Map<String, Integer> good = new HashMap<>();

  Tries(Work store, Time time) {
    this.store = store;
    this.time = time;
  }

  /** A try went well, of a task with this breaker; or with none, of which nothing is written. */
  void good(@Nullable String breaker) {
    if (breaker != null) {
      if (good.isEmpty()) {
        time.after(AGAIN, this::write);
      }
      good.merge(breaker, 1, Integer::sum);
    }
  }

  private void write() {
    Map<String, Integer> counted = good;
    good = new HashMap<>();
    store
        .tried(counted)
        .onFailure(e -> LOG.debug("good tries of {} are not counted: {}", counted, e.getMessage()));
  }
}

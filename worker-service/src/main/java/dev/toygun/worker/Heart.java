package dev.toygun.worker;

import dev.toygun.queue.Queue;
import dev.toygun.store.ListName;
import dev.toygun.time.Time;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every second that this worker lives, and what it defines. */
final class Heart {
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

  private final Queue queue;
  private final Time time;
  private Queue.Worker worker;
  private boolean stopped;

  Heart(Queue queue, Time time, WorkerSettings settings, List<ListName> lists) {
    this.queue = queue;
    this.time = time;
    this.worker =
        new Queue.Worker(
            settings.id(),
            settings.build(),
            lists.stream()
                .map(list -> list.queue() + ":" + list.type() + ":" + list.version())
                .distinct()
                .toList());
  }

  void start() {
    beat();
  }

  /** It lives, and defines nothing for anybody: it takes nothing on any more. */
  void drains() {
    worker = new Queue.Worker(worker.id(), worker.build(), List.of());
  }

  void stop() {
    stopped = true;
  }

  private void beat() {
    if (stopped) {
      return;
    }
    time.after(BEAT, this::beat);
    queue.heartbeat(worker).onFailure(error -> LOG.warn("no heartbeat: {}", error.getMessage()));
  }
}

package dev.toygun.worker;

import dev.toygun.queue.Queue;
import dev.toygun.store.ListName;
import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every second that this worker lives, what it takes, and how busy it is. */
final class Heart {
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

  private final Queue queue;
  private final Time time;
  private final WorkerSettings settings;
  private final IntSupplier inFlight;
  private final Instant started;
  private List<String> taken;
  private boolean drains;
  private boolean stopped;

  /**
   * Of a worker that takes from these lists.
   *
   * @param inFlight how many subjects it has in hand
   */
  Heart(
      Queue queue, Time time, WorkerSettings settings, List<ListName> lists, IntSupplier inFlight) {
    this.queue = queue;
    this.time = time;
    this.settings = settings;
    this.inFlight = inFlight;
    this.started = time.now();
    this.taken = lists.stream().map(ListName::taken).distinct().toList();
  }

  void start() {
    beat();
  }

  /** It lives, and defines nothing for anybody: it takes nothing on any more. */
  void drains() {
    taken = List.of();
    drains = true;
  }

  void stop() {
    stopped = true;
  }

  private void beat() {
    if (stopped) {
      return;
    }
    time.after(BEAT, this::beat);
    queue.heartbeat(worker()).onFailure(error -> LOG.warn("no heartbeat: {}", error.getMessage()));
  }

  private Queue.Worker worker() {
    return new Queue.Worker(
        settings.id(),
        settings.build(),
        taken,
        new Queue.About(
            settings.host(), settings.queues(), started, time.now(), inFlight.getAsInt(), drains));
  }
}

package dev.toygun.clock;

import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the leases of workers whose heartbeat stopped, so that their work need not wait until the
 * leases run out. A worker that this clock never saw is none of its business: its leases run out.
 */
final class DeadWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(DeadWorkers.class);

  /* While the queue was away no heartbeat could reach it: the living get time to say so. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Queue queue;
  private final Leases leases;
  private final Time time;
  private final Set<String> known = new HashSet<>();
  private @Nullable Long awayAt;

  DeadWorkers(Queue queue, Leases leases, Time time) {
    this.queue = queue;
    this.leases = leases;
    this.time = time;
  }

  /** Forgets the workers: another clock looks after them, or the queue has forgotten them. */
  void forget() {
    known.clear();
  }

  /** The queue cannot be reached, and so no heartbeat either. */
  void wereOutOfReach() {
    awayAt = time.nanos();
  }

  /** Ends the leases of those that died since the last look, and says which leases. */
  Future<Set<UUID>> look() {
    return queue
        .workers()
        .onFailure(away -> wereOutOfReach())
        .compose(
            workers -> {
              Set<String> living = new HashSet<>();
              workers.forEach(worker -> living.add(worker.id()));
              List<String> dead = new ArrayList<>(known);
              dead.removeAll(living);
              known.addAll(living);
              Set<UUID> ended = new HashSet<>();
              if (dead.isEmpty() || isBackJustNow()) {
                return Future.succeededFuture(ended);
              }
              return InTurn.each(
                      dead,
                      worker -> bury(worker, ended),
                      (worker, failure) ->
                          LOG.warn(
                              "the leases of worker {} are not ended yet: {}",
                              worker,
                              failure.getMessage()))
                  .map(done -> ended);
            });
  }

  private Future<Void> bury(String worker, Set<UUID> ended) {
    return leases
        .expire(worker)
        .map(
            those -> {
              LOG.info("worker {} is gone; {} of its leases are ended", worker, those.size());
              known.remove(worker);
              ended.addAll(those);
              return null;
            });
  }

  private boolean isBackJustNow() {
    return awayAt != null && time.nanos() - awayAt < GRACE.toNanos();
  }
}

package dev.toygun.client;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Says when it is worth looking at a resource again: once its stream of events is open, and at each
 * event. Where it cannot be followed, now and then.
 */
final class Stirring implements AutoCloseable {
  private static final Duration FOLLOWED = Duration.ofSeconds(2); // What changes without a move.
  private static final Duration ALONE = Duration.ofMillis(500);

  private final Requests requests;
  private final Semaphore stirred = new Semaphore(0);
  private volatile boolean followed;
  private volatile boolean closed;
  private volatile @Nullable EventStream stream;
  private @Nullable Thread reader;

  Stirring(Requests requests) {
    this.requests = requests;
  }

  /** Begins to follow it, if nothing is followed yet. */
  void follow(UUID resource) {
    if (reader == null) {
      reader = new Thread(() -> read(resource), "toygun-events");
      reader.setDaemon(true);
      reader.start();
    }
  }

  private void read(UUID resource) {
    try (EventStream events = new Events(requests).follow(Options.resource(Named.of(resource)))) {
      stream = events;
      followed = true;
      stirred.release();
      if (!closed) {
        events.forEach(event -> stirred.release());
      }
    } catch (ToygunException | IllegalStateException e) {
      // Too many streams, a proxy that allows none, a client that is closed: it is asked instead.
    } finally {
      followed = false;
    }
  }

  /** Waits until it is worth looking again, for so long at most. */
  void await(Duration most) throws InterruptedException {
    Duration usual = followed ? FOLLOWED : ALONE;
    Duration time = most.compareTo(usual) < 0 ? most : usual;
    requests.time().await(stirred, time);
    stirred.drainPermits();
  }

  @Override
  public void close() {
    closed = true;
    EventStream events = stream;
    if (events != null) {
      events.close();
    }
  }
}

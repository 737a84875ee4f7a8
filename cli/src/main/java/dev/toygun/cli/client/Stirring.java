package dev.toygun.cli.client;

import dev.toygun.cli.Exit;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Says when it is worth looking at a resource again: as soon as it has moved, by the stream of
 * events. What changes without a move is no event, and a stream may break: so it says so after a
 * while in any case, and soon where there is no stream.
 */
final class Stirring implements AutoCloseable {
  private static final Duration FOLLOWED = Duration.ofSeconds(2);
  private static final Duration ALONE = Duration.ofMillis(500);

  private final Duration followed;
  private final Semaphore moved = new Semaphore(0);
  private volatile boolean closed;
  private volatile boolean broken;

  private Stirring(Duration followed) {
    this.followed = followed;
  }

  /** Follows a resource: what happens from now on is not missed. */
  static Stirring of(Api api, String uuid) {
    return of(api, uuid, FOLLOWED);
  }

  /**
   * The same.
   *
   * @param followed after how long it says so though nothing was heard
   */
  static Stirring of(Api api, String uuid, Duration followed) {
    Stirring stirring = new Stirring(followed);
    try {
      Feed feed = new Feed(api, "/v1/events?resource=" + uuid);
      Thread reader = new Thread(() -> stirring.read(feed), "events");
      reader.setDaemon(true);
      reader.start();
    } catch (Exit.Failure | Api.Problem e) {
      stirring.broken = true; // Too many streams, a proxy that allows none: it asks instead.
    }
    return stirring;
  }

  private void read(Feed feed) {
    try (feed) {
      while (!closed) {
        if (feed.nextOrSign() != null) {
          moved.release();
        }
      }
    } catch (Exit.Failure | Api.Problem e) {
      broken = true;
    }
  }

  /** Waits for something to look at, at most so long; false if it was told to stop waiting. */
  boolean await(Duration most) {
    Duration look = broken ? ALONE : followed;
    Duration time = most.compareTo(look) < 0 ? most : look;
    try {
      if (moved.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
        moved.drainPermits();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}

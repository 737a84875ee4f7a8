package dev.toygun.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Passes where somebody pauses, at once. */
final class VirtualTime implements Time {
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public void pause(Duration time, CountDownLatch over) {
    pauses.add(time);
    now.addAndGet(time.toNanos());
  }

  /** As if nobody ever looked by himself. */
  @Override
  public void await(Semaphore stirred, Duration most) throws InterruptedException {
    stirred.acquire();
  }

  /** How much has passed. */
  Duration passed() {
    return Duration.ofNanos(now.get());
  }
}

package dev.toygun.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How time passes for a client; tests have one of their own. */
interface Time {
  /** That of the machine. */
  Time REAL =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration time, CountDownLatch over) throws InterruptedException {
          over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void await(Semaphore stirred, Duration most) throws InterruptedException {
          stirred.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        }
      };

  /** Nanoseconds since some moment. */
  long nanos();

  /** Lets so much time pass, or less where this is over before. */
  void pause(Duration time, CountDownLatch over) throws InterruptedException;

  /** Waits until something stirs, for so long at most. */
  void await(Semaphore stirred, Duration most) throws InterruptedException;

  /** How much has passed since {@link #nanos} was so. */
  default Duration since(long nanos) {
    return Duration.ofNanos(nanos() - nanos);
  }

  /** Between half of it and all of it, so that those who were turned away do not come together. */
  static Duration about(Duration time) {
    return Duration.ofNanos(
        (long) (time.toNanos() * (0.5 + ThreadLocalRandom.current().nextDouble() / 2)));
  }
}

package dev.toygun.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One thing after another, at moments that do not depend on how long each takes. */
public final class Paced {
  private Paced() {}

  /** What is done each time. */
  public interface One {
    /** The one of this number, from 0. */
    void go(int number) throws Exception;
  }

  /** Does so many, one every so often, on this thread. */
  public static void each(int many, Duration pace, One one) throws Exception {
    long begun = System.nanoTime();
    for (int number = 0; number < many; number++) {
      long at = begun + number * pace.toNanos();
      for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      one.go(number);
    }
  }
}

package dev.toygun.bench;

import java.util.concurrent.locks.LockSupport;

/** One thing after another, at moments that do not depend on how long each takes. */
public final class Paced {
  private Paced() {}

  /** What is done each time. */
  public interface One {
    /** The one of this number, from 0. */
    void go(int number) throws Exception;
  }

  /** Does so many, one every so many milliseconds, on this thread. */
  public static void each(int many, long ms, One one) throws Exception {
    long begun = System.nanoTime();
    for (int number = 0; number < many; number++) {
      long at = begun + number * ms * 1_000_000;
      for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      one.go(number);
    }
  }
}

package dev.toygun.examples;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for processes, which nobody can hurry. */
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  /** Something that is or is not so yet. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Eventually() {}

  /** Waits until it is so, at most 30 s. */
  public static void until(String what, Condition condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new AssertionError("not within " + LIMIT + ": " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** The result, within 30 s. */
  public static <T> T result(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}

package dev.toygun.testing;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a thread that hangs in {@link Future#await()}. This one wait goes by the host's time: the
 * thread on which virtual time passes is the one that hangs.
 */
final class AwaitGuard {
  private static final long LOOK_MILLIS = 250;
  private static final int LOOKS = 4;

  private static final ScheduledExecutorService GUARD =
      Executors.newSingleThreadScheduledExecutor(
          code -> {
            Thread thread = new Thread(code, "toygun-await-guard");
            thread.setDaemon(true);
            return thread;
          });

  private AwaitGuard() {}

  /** Watches the calling thread until it is closed. */
  static Watch watch() {
    return new Watch(Thread.currentThread());
  }

  /** A thread that is watched. */
  static final class Watch implements AutoCloseable {
    private final Thread thread;
    private final ScheduledFuture<?> looking;
    private int seen;
    private volatile boolean stuck;
    private volatile String where = "";

    private Watch(Thread thread) {
      this.thread = thread;
      this.looking =
          GUARD.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
      StackTraceElement[] stack = thread.getStackTrace();
      boolean awaits =
          Arrays.stream(stack)
              .anyMatch(
                  f ->
                      f.getMethodName().equals("await")
                          && f.getClassName().equals(Future.class.getName()));
      boolean waits =
          thread.getState() == Thread.State.WAITING
              || thread.getState() == Thread.State.TIMED_WAITING;
      seen = awaits && waits ? seen + 1 : 0;
      if (seen >= LOOKS && !stuck) {
        stuck = true;
        where = caller(stack);
        thread.interrupt();
      }
    }

    private static String caller(StackTraceElement[] stack) {
      return Arrays.stream(stack)
          .filter(f -> !f.getClassName().startsWith("java."))
          .filter(f -> !f.getClassName().startsWith("jdk."))
          .filter(f -> !f.getClassName().startsWith("io.vertx."))
          .findFirst()
          .map(StackTraceElement::toString)
          .orElse("an unknown place");
    }

    /** Whether it hung, and was interrupted. */
    boolean stuck() {
      return stuck;
    }

    /** The line of code that hung. */
    String where() {
      return where;
    }

    @Override
    public synchronized void close() {
      looking.cancel(false);
      if (stuck && Thread.interrupted()) {
        seen = 0; // It went on before it noticed; what comes next must not be interrupted.
      }
    }
  }
}

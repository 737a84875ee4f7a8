package dev.toygun.service;

import dev.toygun.service.Service.Body;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * Runs a service as a process: until SIGTERM or Ctrl-C, after which it drains and exits 0. Exits 2
 * where the configuration cannot be, and 1 where the start fails.
 */
public final class Launcher {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final Duration STOP_MARGIN = Duration.ofSeconds(30);

  private Launcher() {}

  /** Runs a service on Redis, with the settings of the environment. Does not return. */
  public static void main(Body body) {
    Config config = configOrExit(System.getenv(), System.err, body);
    logAs(config);
    // The first logger is made after that, so that it writes as it was asked to.
    Ground ground = Ground.open(body.name(), config, Ground.Queues.REDIS);
    Service service = null;
    try {
      service = wait(Service.open(ground), Duration.ofSeconds(30));
    } catch (Exception e) {
      LoggerFactory.getLogger(Launcher.class).error("{} cannot start: {}", body.name(), said(e));
      exit(FAILED);
      throw new AssertionError("has exited", e);
    }
    Service running = service;
    Duration most = config.get(Keys.DRAIN).plus(STOP_MARGIN);
    onStop(() -> wait(running.stop(), most));
    running
        .start(body)
        .onFailure(
            e -> {
              LoggerFactory.getLogger(Launcher.class)
                  .error("{} cannot start: {}", body.name(), said(e));
              new Thread(() -> exit(FAILED), "exit").start();
            });
    stay();
  }

  /** Leaves the process to its other threads. Does not return. */
  public static void stay() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // Nobody interrupts the main thread; and if so, it has nothing better to do.
      }
    }
  }

  /** Reads the settings; where they cannot be, says why and exits 2. */
  private static Config configOrExit(Map<String, String> environment, PrintStream err, Body body) {
    try {
      return Config.read(environment, body.needs());
    } catch (BadConfig e) {
      err.println(e.getMessage());
      err.println("`toygun settings` explains every setting.");
      Runtime.getRuntime().halt(USAGE);
      throw new AssertionError("has exited", e);
    }
  }

  /** Makes log lines as the setting says; only before the first logger is made. */
  public static void logAs(Config config) {
    System.setProperty(Keys.LOG.name(), config.get(Keys.LOG).name().toLowerCase(Locale.ROOT));
  }

  /** Something that is to be done before the process ends, and may fail. */
  @FunctionalInterface
  public interface Last {
    void run() throws Exception;
  }

  /*
   * A signal ends a JVM with a code of its own, 143 or 130. Whoever asks a service to stop wants to
   * see that it did: so its last deed, once all is given back, is to halt with 0.
   */
  /** On SIGTERM or Ctrl-C: does this, and exits 0; 1 where it fails. */
  public static void onStop(Last last) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (EXITING.getCount() == 0) {
                    return; // It was not asked to stop: it exits with a code of its own.
                  }
                  int code = 0;
                  try {
                    last.run();
                  } catch (Exception e) {
                    LoggerFactory.getLogger(Launcher.class).error("While stopping: {}", said(e));
                    code = FAILED;
                  }
                  Runtime.getRuntime().halt(code);
                },
                "stop"));
  }

  private static final CountDownLatch EXITING = new CountDownLatch(1);

  /** Ends the process with this code, without what {@link #onStop} would do. */
  public static void exit(int code) {
    EXITING.countDown();
    System.exit(code);
  }

  /**
   * Waits for a future, on a thread that is nobody's event loop.
   *
   * @throws Exception what it fails with, or that the time is over
   */
  public static <T> T wait(Future<T> future, Duration most) throws Exception {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } catch (TimeoutException e) {
      throw new TimeoutException("nothing came of it within " + most.toSeconds() + " s");
    }
  }

  private static String said(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}

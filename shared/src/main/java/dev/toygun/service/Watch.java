package dev.toygun.service;

import dev.toygun.store.WrongDatabase;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after what a process stands on: waits for it at the start, with back-off, and notices when
 * it goes away later.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration SAY_AGAIN = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Time time;
  private final Readiness readiness;
  private volatile boolean stopped;

  Watch(Vertx vertx, Time time, Readiness readiness) {
    this.vertx = vertx;
    this.time = time;
    this.readiness = readiness;
  }

  /**
   * Watches a part from now on.
   *
   * @param look ends, with a failure where the part is not there
   * @return done once the part was there for the first time
   */
  Future<Void> over(String part, Supplier<Future<Void>> look) {
    readiness.waiting(part, "not asked yet");
    Promise<Void> first = Promise.promise();
    new Part(part, look, first).look();
    return first.future();
  }

  Future<Void> stop() {
    stopped = true;
    return Future.succeededFuture();
  }

  private final class Part {
    private final String name;
    private final Supplier<Future<Void>> look;
    private final Promise<Void> first;
    private Duration wait = FIRST;
    private String said = "";
    private long saidAt;

    Part(String name, Supplier<Future<Void>> look, Promise<Void> first) {
      this.name = name;
      this.look = look;
      this.first = first;
    }

    void look() {
      if (stopped) {
        return;
      }
      look.get()
          .onComplete(
              answer -> {
                if (answer.succeeded()) {
                  there();
                } else {
                  missing(answer.cause());
                }
              });
    }

    private void there() {
      if (readiness.there(name) && !said.isEmpty()) {
        LOG.info("{} is there", name);
        said = "";
      }
      first.tryComplete();
      wait = FIRST;
      again(EVERY);
    }

    private void missing(Throwable cause) {
      String why = why(cause);
      // Anybody may ask whether we are ready, so hosts and users of other servers are not told.
      readiness.waiting(name, cause instanceof WrongDatabase ? why : "does not answer");
      boolean again = time.nanos() - saidAt > SAY_AGAIN.toNanos();
      if (!stopped && (!why.equals(said) || again)) {
        LOG.warn("Waiting for {}: {}", name, why);
        said = why;
        saidAt = time.nanos();
      }
      again(wait);
      Duration twice = wait.multipliedBy(2);
      wait = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    // Not all services at the same moment, when a server comes back that all of them lost.
    private void again(Duration delay) {
      long millis = Math.round(delay.toMillis() * (0.8 + 0.4 * time.random()));
      vertx.setTimer(Math.max(1, millis), fired -> look());
    }
  }

  private static String why(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}

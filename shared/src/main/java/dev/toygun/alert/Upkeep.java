package dev.toygun.alert;

import dev.toygun.store.Outbox;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an outbox needs besides being delivered: that sinks that are new are told of what is open,
 * that those of error trackers are told of errors, that old messages are deleted, and that secrets
 * are sealed by the newest key. In any number of processes; for one thread.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  static final Duration CATCH_UP = Duration.ofSeconds(10);
  static final Duration ERRORS = Duration.ofSeconds(5);
  static final Duration PURGE = Duration.ofMinutes(10);

  /** For how long it can be seen that somebody was told. */
  static final Duration KEEP_SENT = Duration.ofDays(30);

  /** For how long it can be seen that somebody was not. */
  static final Duration KEEP_FAILED = Duration.ofDays(90);

  private static final int PAGE = 500;

  /* So much at most before others have a turn; the next round goes on. */
  private static final int PAGES = 20;

  private final Time time;
  private final Outbox outbox;
  private final MeterRegistry metrics;
  private final List<Round> rounds;
  private boolean stopped;

  /**
   * Does nothing until it is started.
   *
   * @param seals seals what an older key has sealed; see {@link SinkSeals#renew}
   */
  Upkeep(Time time, Outbox outbox, Supplier<Future<Integer>> seals, MeterRegistry metrics) {
    this.time = time;
    this.outbox = outbox;
    this.metrics = metrics;
    this.rounds =
        List.of(
            new Round(
                "telling new sinks of what is open", CATCH_UP, () -> pages(outbox::catchUp, PAGES)),
            new Round("telling sinks of errors", ERRORS, () -> pages(outbox::reportErrors, PAGES)),
            new Round("deleting old messages", PURGE, () -> purge(PAGES)),
            new Round("sealing secrets of sinks by the newest key", PURGE, seals::get));
  }

  void start() {
    rounds.forEach(Round::begin);
  }

  /** Begins nothing more. What is under way is a few statements, and ends by itself. */
  void stop() {
    stopped = true;
    rounds.forEach(Round::cancel);
  }

  private static Future<Void> pages(IntFunction<Future<Boolean>> page, int pages) {
    return page.apply(PAGE)
        .compose(
            more -> more && pages > 1 ? pages(page, pages - 1) : Future.<Void>succeededFuture());
  }

  private Future<Void> purge(int pages) {
    return outbox
        .purge(KEEP_SENT, KEEP_FAILED, PAGE)
        .compose(
            deleted ->
                deleted >= PAGE && pages > 1 ? purge(pages - 1) : Future.<Void>succeededFuture());
  }

  /** Something that is done again and again. */
  private final class Round {
    private final String what;
    private final Duration every;
    private final Supplier<Future<?>> work;
    private Time.@Nullable Timer next;
    private boolean complained;

    Round(String what, Duration every, Supplier<Future<?>> work) {
      this.what = what;
      this.every = every;
      this.work = work;
    }

    void begin() {
      work.get()
          .onSuccess(done -> complained = false)
          .onFailure(this::complain)
          .onComplete(
              done -> {
                if (!stopped) {
                  long about = Math.round(every.toMillis() * (0.8 + 0.4 * time.random()));
                  next = time.after(Duration.ofMillis(about), this::begin);
                }
              });
    }

    void cancel() {
      if (next != null) {
        next.cancel();
      }
    }

    private void complain(Throwable error) {
      metrics.counter("toygun_delivery_errors_total").increment();
      if (!complained) {
        LOG.warn("While {}: {}", what, error.toString());
        complained = true;
      }
    }
  }
}

package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.store.Due;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is due and queues it. Any number may run: each pass is one clock's at a time, and
 * another takes it over within 5 s. For one thread; start, stop and every future's completion
 * happen there.
 */
public final class Clock {
  private static final Logger LOG = LoggerFactory.getLogger(Clock.class);
  private static final Duration MOST_STOPPING = Duration.ofSeconds(5);

  private final ClockSettings settings;
  private final String id;
  private final Time time;
  private final Due store;
  private final ClockMetrics metrics;
  private final Complaints complaints = new Complaints();
  private final List<Turn> turns;
  private @Nullable Promise<Void> stopping;

  /**
   * A clock that stands still until it is started.
   *
   * @param id whose a pass is; no two clocks have the same
   */
  public Clock(
      ClockSettings settings,
      String id,
      Time time,
      Due store,
      Queue queue,
      Leases leases,
      MeterRegistry registry) {
    this.settings = settings;
    this.id = id;
    this.time = time;
    this.store = store;
    this.metrics = new ClockMetrics(registry, time);
    Parts parts = new Parts(settings, time, store, queue, leases, metrics);
    Marks marks = new Marks(settings.mark());
    this.turns =
        List.of(
            new Turn(new DuePass(id, parts, marks, new DeadWorkers(queue, leases, time))),
            new Turn(new PollPass(id, parts, marks)),
            new Turn(new AlarmPass(id, parts)),
            new Turn(new SchedulePass(id, parts)),
            new Turn(new HoldPass(parts)),
            new Turn(new AdmissionPass(id, parts)),
            new Turn(new BreakerPass(parts)),
            new Turn(new RepairPass(id, parts)),
            new Turn(new QuotaPass(id, parts)),
            new Turn(new BulkPass(id, parts)),
            new Turn(new AbandonPass(id, parts)),
            new Turn(new BackfillPass(id, parts)),
            new Turn(new IndexPass(id, parts)),
            new Turn(new QueuePass(id, parts)),
            new Turn(new RetentionPass(id, parts)));
  }

  /** Begins with its passes. */
  public void start() {
    turns.forEach(Turn::begin);
  }

  /**
   * Begins no more passes, waits for those under way (5 s at most), and hands them to another
   * clock. Never fails.
   */
  public Future<Void> stop() {
    if (stopping == null) {
      Promise<Void> promise = Promise.promise();
      stopping = promise;
      turns.forEach(Turn::cancel);
      Time.Timer timer = time.after(MOST_STOPPING, promise::tryComplete);
      promise.future().onComplete(stopped -> timer.cancel());
      handOver();
    }
    return stopping.future();
  }

  private void handOver() {
    Promise<Void> promise = stopping;
    if (promise == null || turns.stream().anyMatch(turn -> turn.running)) {
      return;
    }
    InTurn.each(
            turns,
            turn -> store.claim(turn.pass.name(), id, Duration.ZERO),
            (turn, failure) -> LOG.debug("pass {} is not handed over", turn.pass.name(), failure))
        .onComplete(done -> promise.tryComplete());
  }

  /** One pass, again and again. */
  private final class Turn {
    private final Pass pass;
    private Time.@Nullable Timer next;
    private boolean running;

    Turn(Pass pass) {
      this.pass = pass;
    }

    void begin() {
      running = true;
      long from = time.nanos();
      run()
          .onComplete(
              done -> {
                metrics.passed(pass.name(), Duration.ofNanos(time.nanos() - from));
                tell(done.failed() ? done.cause() : null);
                running = false;
                if (stopping == null) {
                  next = time.after(pass.pause(settings.interval()), this::begin);
                } else {
                  handOver();
                }
              });
    }

    void cancel() {
      if (next != null) {
        next.cancel();
      }
    }

    private Future<Void> run() {
      try {
        return pass.run();
      } catch (RuntimeException e) {
        return Future.failedFuture(e);
      }
    }

    private void tell(@Nullable Throwable failure) {
      if (failure == null) {
        int often = complaints.worksAgain(pass);
        if (often > 0) {
          LOG.info("pass {} works again, after {} that failed", pass.name(), often);
        }
        return;
      }
      metrics.failed(pass.name());
      if (complaints.isNews(pass)) {
        LOG.warn("pass {} failed, and is tried again: {}", pass.name(), failure.getMessage());
        LOG.debug("pass {} failed", pass.name(), failure);
      }
    }
  }
}

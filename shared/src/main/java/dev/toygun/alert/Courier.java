package dev.toygun.alert;

import dev.toygun.Severity;
import dev.toygun.store.Outbox;
import dev.toygun.store.Outbox.Claimed;
import dev.toygun.time.Stopwatch;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from the outbox to their sinks, in any number of processes. For one thread: its
 * timers and the answers of what it works with come on the same one.
 *
 * <p>A message is claimed, sent, and settled. Who dies in between leaves a claim that ends by
 * itself, and the message is sent again: at least once, never lost. A sink has a few messages under
 * way at most, so memory is bounded by the number of sinks.
 */
public final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final String ERRORS = "toygun_delivery_errors_total";

  /** How many messages of a sink are under way at most. */
  static final int LANE = 4;

  /** After so many tries a message has failed for good: two hours with the waits in between. */
  static final int TRIES = 8;

  /* Longer than a message may take to be sent and settled, or it would be sent twice. */
  private static final Duration CLAIM = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration WATCH = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Time time;
  private final Outbox outbox;
  private final Sending sending;
  private final MeterRegistry metrics;
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile Map<Severity, Long> open = Map.of();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Promise<Void> idle = Promise.promise();
  private Time.@Nullable Timer look;
  private Time.@Nullable Timer watch;
  private boolean looking;
  private boolean stopped;
  private boolean complained;

  /** Sends a message that was claimed; see {@link Sinks}. */
  @FunctionalInterface
  public interface Sending {
    /** Fails with {@link NotDelivered} where it was not sent. */
    Future<Void> send(Claimed delivery);
  }

  /** What is under way to a sink. */
  private static final class Lane {
    private int underWay;
    private boolean more;
  }

  /** One that does nothing until it is started. */
  public Courier(Time time, Outbox outbox, Sending sending, MeterRegistry metrics) {
    this.time = time;
    this.outbox = outbox;
    this.sending = sending;
    this.metrics = metrics;
    metrics.counter(ERRORS); // From 0, so that the first one is seen to be more.
    Gauge.builder("toygun_deliveries_pending", pending, AtomicLong::get)
        .description("how many messages about alarms wait to be sent")
        .register(metrics);
    Gauge.builder("toygun_deliveries_failed", failed, AtomicLong::get)
        .description("how many messages about alarms were given up")
        .register(metrics);
    for (Severity severity : Severity.values()) {
      Gauge.builder("toygun_alarms_open", () -> open.getOrDefault(severity, 0L))
          .tag("severity", severity.stored())
          .description("how many alarms are open")
          .register(metrics);
    }
  }

  /** Begins. */
  public void start() {
    look();
    watch();
  }

  /** Claims nothing more, and ends when what is under way has. */
  public Future<Void> stop() {
    stopped = true;
    cancel(look);
    cancel(watch);
    if (lanes.isEmpty() && !looking) {
      idle.tryComplete();
    }
    return idle.future();
  }

  private static void cancel(Time.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void look() {
    if (stopped || looking) {
      return;
    }
    looking = true;
    outbox
        .claim(List.copyOf(lanes.keySet()), LANE, CLAIM)
        .onComplete(
            claimed -> {
              looking = false;
              if (claimed.succeeded()) {
                complained = false;
                claimed.result().forEach(this::underWay);
                // Only when all are under way: a lane may be done before the next of it is counted.
                claimed.result().forEach(this::deliver);
              } else {
                complain("looking for messages to send", claimed.cause());
              }
              again();
            });
  }

  private void again() {
    if (stopped) {
      if (lanes.isEmpty()) {
        idle.tryComplete();
      }
      return;
    }
    cancel(look);
    look = time.after(jittered(LOOK), this::look);
  }

  private void underWay(Claimed delivery) {
    Lane lane = lanes.computeIfAbsent(delivery.sink(), sink -> new Lane());
    lane.underWay++;
    lane.more = lane.underWay == LANE;
  }

  private void deliver(Claimed delivery) {
    Stopwatch watch = Stopwatch.start();
    sending
        .send(delivery)
        .transform(
            done -> {
              String result = result(delivery, done.succeeded() ? null : done.cause());
              metrics
                  .timer("toygun_delivery_seconds", "kind", delivery.kind(), "result", result)
                  .record(watch.elapsed());
              return settle(delivery, result, done.succeeded() ? null : done.cause());
            })
        .onFailure(error -> complain("noting how a message went", error))
        .onComplete(settled -> ended(delivery));
  }

  private void ended(Claimed delivery) {
    Lane lane = lanes.get(delivery.sink());
    if (lane == null || --lane.underWay > 0) {
      return;
    }
    lanes.remove(delivery.sink());
    if (stopped) {
      again();
    } else if (lane.more) {
      look();
    }
  }

  private static String result(Claimed delivery, @Nullable Throwable cause) {
    if (cause == null) {
      return "sent";
    }
    boolean forGood = cause instanceof NotDelivered known && known.forGood();
    return forGood || delivery.attempt() >= TRIES ? "failed" : "later";
  }

  private Future<Void> settle(Claimed delivery, String result, @Nullable Throwable cause) {
    if (cause == null) {
      return outbox.sent(delivery);
    }
    String why = String.valueOf(cause.getMessage());
    if (result.equals("failed")) {
      String last =
          delivery.attempt() >= TRIES ? "given up after %d tries: %s".formatted(TRIES, why) : why;
      LOG.error("sink {} was not told: {}", delivery.sink(), last);
      return outbox.failed(delivery, last);
    }
    LOG.warn("sink {} was not told yet: {}", delivery.sink(), why);
    return outbox.later(delivery, wait(delivery.attempt(), cause), why);
  }

  /** 1, 2, 4 … 32 minutes, an hour, more or less; longer where the other side asks for it. */
  private Duration wait(int attempt, Throwable cause) {
    Duration usual = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 10));
    Duration wait = jittered(usual.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : usual);
    Duration asked =
        cause instanceof NotDelivered known
            ? known.askedToWait().orElse(Duration.ZERO)
            : Duration.ZERO;
    return asked.compareTo(wait) > 0 ? asked : wait;
  }

  private Duration jittered(Duration about) {
    return Duration.ofMillis(Math.round(about.toMillis() * (0.8 + 0.4 * time.random())));
  }

  private void watch() {
    if (stopped) {
      return;
    }
    outbox
        .watch(time.uuid())
        .onComplete(
            counts -> {
              if (counts.succeeded()) {
                pending.set(counts.result().pending());
                failed.set(counts.result().failed());
                open = counts.result().open();
              } else {
                complain("looking whether somebody was told", counts.cause());
              }
              if (!stopped) {
                watch = time.after(jittered(WATCH), this::watch);
              }
            });
  }

  /** Once, until it works again: without Postgres every second has a reason to. */
  private void complain(String what, Throwable error) {
    metrics.counter(ERRORS).increment();
    if (!complained) {
      LOG.warn("While {}: {}", what, error.toString());
      complained = true;
    }
  }
}

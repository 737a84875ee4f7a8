package dev.toygun.worker;

import dev.toygun.store.Outcome;
import dev.toygun.store.Stamp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a worker measures of itself. Meters are looked up once for each state. */
final class Telemetry {
  private static final List<String> UNTIL = List.of("queued", "popped", "leased", "done");

  /**
   * What may become of a tick. Each is counted from 0, so that the first one is seen to be more.
   */
  private static final List<String> RESULTS =
      List.of("changed", "unchanged", "skipped", "failed", "broken_off", "fenced", "set_back");

  private final MeterRegistry metrics;
  private final dev.toygun.time.Time time;
  private final Charges charges;
  private final TickSpans spans;
  private final Counter transitions;
  private final Map<String, Map<String, Map<String, Timer>>> ticks = new HashMap<>();
  private final Map<String, Counter> results = new HashMap<>();
  private final Timer[] delays = new Timer[UNTIL.size()];

  Telemetry(MeterRegistry metrics, dev.toygun.time.Time time, Charges charges, TickSpans spans) {
    this.charges = charges;
    this.spans = spans;
    this.metrics = metrics;
    this.time = time;
    this.transitions =
        Counter.builder("toygun_transitions_total")
            .description("moves that were committed")
            .register(metrics);
    for (int i = 0; i < delays.length; i++) {
      delays[i] =
          Timer.builder("toygun_delay_seconds")
              .description(
                  "of a first tick, from due to queued, to popped, to leased, to committed")
              .tag("until", UNTIL.get(i))
              .register(metrics);
    }
    RESULTS.forEach(result -> count(result, 0));
  }

  void ticked(Errand errand, Subject subject, Ticker.Ticked ticked, long nanos) {
    charges.ticked(subject, errand.stint.ran(nanos), errand.stint.waited(nanos));
    spans.ticked(errand.trace, subject, ticked, nanos);
    timer(subject).record(nanos, TimeUnit.NANOSECONDS);
    if (ticked instanceof Ticker.Ticked.Changes changes) {
      count(changes.outcome().error() == null ? "changed" : "failed", 1);
    } else if (ticked instanceof Ticker.Ticked.BrokenOff) {
      count("broken_off", 1);
    } else {
      count(ticked instanceof Ticker.Ticked.Skipped ? "skipped" : "unchanged", 1);
    }
  }

  /* No string is built for a tick, though its timer has one of type and task. */
  private Timer timer(Subject subject) {
    Map<String, Timer> states =
        ticks
            .computeIfAbsent(subject.type().name(), type -> new HashMap<>())
            .computeIfAbsent(Charges.task(subject), task -> new HashMap<>());
    Timer timer = states.get(subject.state());
    if (timer == null) {
      timer =
          Timer.builder("toygun_tick_seconds")
              .description("one tick of a subject, from its begin to its answer")
              .tag("type", subject.name())
              .tag("state", subject.state())
              .register(metrics);
      states.put(subject.state(), timer);
    }
    return timer;
  }

  /** A subject decided, for so many nanoseconds, beside what made it decide. */
  void decided(Subject subject, long nanos) {
    charges.ticked(subject, nanos, 0);
  }

  /** There is an answer to what a subject decided: its share of the time that took. */
  void answered(Subject subject, long share) {
    charges.committed(subject, share);
  }

  /** An outcome was committed: of a first tick, that is what its subject waited for. */
  void committed(Errand errand, Outcome outcome) {
    transitions.increment(outcome.transitions().size());
    if (!outcome.stamp().delays().equals(Stamp.Delays.NONE)) {
      delays[3].record(micros(errand.leased, time.now()), TimeUnit.MICROSECONDS);
    }
  }

  /** An outcome, or an errand, that came to nothing, and why. */
  void dropped(String why) {
    count(why, 1);
  }

  private void count(String result, int ticks) {
    results
        .computeIfAbsent(
            result,
            key ->
                Counter.builder("toygun_tick_total")
                    .description("ticks, by what became of them")
                    .tag("result", key)
                    .register(metrics))
        .increment(ticks);
  }

  /**
   * The delays of a subject's first tick in an errand; those that it goes on with had none, and
   * neither has what became due in it.
   */
  Stamp.Delays delays(Errand errand, Subject subject) {
    Instant due = subject.row().dueAt();
    if (due == null || due.isAfter(errand.leased) || !errand.first(subject.key())) {
      return Stamp.Delays.NONE;
    }
    Stamp.Delays found =
        new Stamp.Delays(
            micros(due, errand.queued),
            micros(errand.queued, errand.popped),
            micros(errand.popped, errand.leased),
            micros(errand.leased, time.now()));
    delays[0].record(found.queued(), TimeUnit.MICROSECONDS);
    delays[1].record(found.popped(), TimeUnit.MICROSECONDS);
    delays[2].record(found.leased(), TimeUnit.MICROSECONDS);
    return found;
  }

  private static long micros(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos() / 1_000);
  }
}

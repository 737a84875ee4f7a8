package dev.toygun.clock;

import dev.toygun.queue.Queue.Depth;
import dev.toygun.store.Admissions.Waiting;
import dev.toygun.store.BreakerRow.State;
import dev.toygun.store.Breakers.Standing;
import dev.toygun.store.Bulk;
import dev.toygun.store.ListName;
import dev.toygun.store.Retention;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a clock measures. Lists differ by queue and type here; versions and priorities are added up.
 */
final class ClockMetrics {
  private static final String QUEUED = "toygun_queued_total";
  private static final String REQUEUED = "toygun_requeued_total";
  private static final String POLLS_SKIPPED = "toygun_polls_skipped_total";
  private static final String BACKFILLED = "toygun_backfilled_total";
  private static final String BULK_ITEMS = "toygun_bulk_items_total";
  private static final String REMOVED = "toygun_removed_total";

  private final MeterRegistry registry;
  private final Map<Label, Gauges> lists = new HashMap<>();
  /* A pass that looks on time comes round sooner than this. */
  private static final Duration UNSEEN = Duration.ofSeconds(10);

  private final Time time;
  private volatile Looked looked;
  private final AtomicReference<Double> retained = new AtomicReference<>(0.0);
  private final Counter scheduled;

  private final Map<String, AtomicReference<Double>> breakers = new HashMap<>();
  private final Map<List<String>, Line> waits = new HashMap<>();

  private final Map<String, Passes> passes = new HashMap<>();

  /* There are many a second: what measures them is looked up once. */
  private record Passes(Timer took, Counter errors) {}

  /* Who waits for one task, and for how long the first of them has. */
  private record Line(AtomicReference<Double> runs, AtomicReference<Double> oldest) {
    void zero() {
      runs.set(0.0);
      oldest.set(0.0);
    }
  }

  private record Label(String queue, String type) {
    static Label of(ListName list) {
      return new Label(list.queue(), list.type());
    }
  }

  /* Gauges are read by another thread than the clock's. */
  private record Gauges(AtomicReference<Double> depth, AtomicReference<Double> oldest) {}

  /**
   * When it was last looked for what is due.
   *
   * @param oldest since when the oldest was due; null where nothing was, or another clock looks
   * @param at on the stopwatch
   */
  private record Looked(@Nullable Instant oldest, long at) {}

  ClockMetrics(MeterRegistry registry, Time time) {
    this.registry = registry;
    this.time = time;
    this.looked = new Looked(null, time.nanos());
    this.scheduled =
        Counter.builder("toygun_scheduled_total")
            .description("how many tasks their schedules started")
            .register(registry);
    Gauge.builder("toygun_due_oldest_seconds", this, ClockMetrics::dueOldest)
        .description("how long the oldest row has been due")
        .register(registry);
    Gauge.builder("toygun_retention_age_seconds", retained, AtomicReference::get)
        .description("how long ago all that is old had last been removed")
        .register(registry);
    Retention.TABLES.forEach(table -> removed(table, 0));
    for (Bulk.Result result : Bulk.Result.values()) {
      bulkItems(Map.of(result, 0));
    }
  }

  /** How long the lists are, and how old their heads. */
  void depths(Map<ListName, Depth> depths, Instant now) {
    Map<Label, Double> tickets = new HashMap<>();
    Map<Label, Double> ages = new HashMap<>();
    depths.forEach(
        (list, depth) -> {
          tickets.merge(Label.of(list), (double) depth.tickets(), Double::sum);
          ages.merge(Label.of(list), seconds(depth.head(), now), Math::max);
        });
    tickets.forEach(
        (label, sum) -> {
          Gauges gauges = lists.computeIfAbsent(label, this::gauges);
          gauges.depth.set(sum);
          gauges.oldest.set(ages.getOrDefault(label, 0.0));
        });
    Set<Label> gone = new HashSet<>(lists.keySet());
    gone.removeAll(tickets.keySet());
    for (Label label : gone) {
      zero(label);
    }
  }

  /** How long the oldest row has been due. */
  void oldestDue(Optional<Instant> dueAt) {
    looked = new Looked(dueAt.orElse(null), time.nanos());
  }

  /* While nobody can look, it grows all the same: whatever has become due since waits that long. */
  private double dueOldest() {
    Looked last = looked;
    Duration unseen = Duration.ofNanos(time.nanos() - last.at()).minus(UNSEEN);
    return Math.max(
        Math.max(0, unseen.toMillis() / 1000.0),
        seconds(Optional.ofNullable(last.oldest()), time.now()));
  }

  /** Another clock measures now. */
  void notMine() {
    lists.keySet().forEach(this::zero);
    looked = new Looked(null, time.nanos());
  }

  /**
   * Subjects were queued.
   *
   * @param why {@code due} or {@code poll}
   */
  void queued(ListName list, String why, int subjects) {
    registry
        .counter(QUEUED, "queue", list.queue(), "type", list.type(), "why", why)
        .increment(subjects);
  }

  /** Of those that were queued, so many because their tickets were lost. */
  void requeued(ListName list, int subjects) {
    registry.counter(REQUEUED, "queue", list.queue(), "type", list.type()).increment(subjects);
  }

  /** Seconds of polls were left out, because their list was above its mark. */
  void skipped(ListName list, int seconds) {
    registry.counter(POLLS_SKIPPED, "queue", list.queue(), "type", list.type()).increment(seconds);
  }

  /** Resources of an older version of their type were woken, to be written up. */
  void backfilled(ListName list, int resources) {
    registry.counter(BACKFILLED, "queue", list.queue(), "type", list.type()).increment(resources);
  }

  /** How long ago all that is old had last been removed; nothing where another clock does it. */
  void retained(Duration ago) {
    retained.set(ago.toMillis() / 1000.0);
  }

  /** So many rows of a table were removed. */
  void removed(String table, int rows) {
    registry.counter(REMOVED, "table", table).increment(rows);
  }

  /** So many tasks were started by their schedules. */
  void scheduled(int started) {
    scheduled.increment(started);
  }

  /** So many items of bulk runs have got these results. */
  void bulkItems(Map<Bulk.Result, Integer> results) {
    results.forEach(
        (result, items) ->
            registry.counter(BULK_ITEMS, "result", result.stored()).increment(items));
  }

  /** Whose runs wait for their turn; of the others none does. */
  void waiting(List<Waiting> waiting) {
    waits.values().forEach(Line::zero);
    for (Waiting one : waiting) {
      Line line = waits.computeIfAbsent(List.of(one.type(), one.task()), this::line);
      line.runs.set((double) one.runs());
      line.oldest.set(seconds(Optional.of(one.oldest()), one.now()));
    }
  }

  private Line line(List<String> typeAndTask) {
    Line line = new Line(new AtomicReference<>(0.0), new AtomicReference<>(0.0));
    Gauge.builder("toygun_waiting_runs", line.runs, AtomicReference::get)
        .description("how many runs wait for their turn, counted up to 1,000")
        .tag("type", typeAndTask.get(0))
        .tag("task", typeAndTask.get(1))
        .register(registry);
    Gauge.builder("toygun_waiting_oldest_seconds", line.oldest, AtomicReference::get)
        .description("how long the first of them has waited")
        .tag("type", typeAndTask.get(0))
        .tag("task", typeAndTask.get(1))
        .register(registry);
    return line;
  }

  /** How all breakers stand. */
  void breakers(List<Standing> looks) {
    breakers.values().forEach(open -> open.set(0.0));
    for (Standing look : looks) {
      breakers
          .computeIfAbsent(look.row().name(), this::breaker)
          .set(look.row().state() == State.CLOSED ? 0.0 : 1.0);
    }
  }

  private AtomicReference<Double> breaker(String name) {
    AtomicReference<Double> open = new AtomicReference<>(0.0);
    Gauge.builder("toygun_breaker_open", open, AtomicReference::get)
        .description("1 while a breaker is open or half open")
        .tag("breaker", name)
        .register(registry);
    return open;
  }

  /** A pass ended. */
  void passed(String pass, Duration took) {
    passes.computeIfAbsent(pass, this::pass).took.record(took);
  }

  /** Something of a pass failed; the rest went on. */
  void failed(String pass) {
    passes.computeIfAbsent(pass, this::pass).errors.increment();
  }

  private Passes pass(String name) {
    return new Passes(
        Timer.builder("toygun_clock_pass_seconds")
            .description("how long a pass of the clock takes")
            .tag("pass", name)
            .register(registry),
        registry.counter("toygun_clock_errors_total", "pass", name));
  }

  private void zero(Label label) {
    Gauges gauges = lists.get(label);
    if (gauges != null) {
      gauges.depth.set(0.0);
      gauges.oldest.set(0.0);
    }
  }

  private Gauges gauges(Label label) {
    Gauges gauges = new Gauges(new AtomicReference<>(0.0), new AtomicReference<>(0.0));
    Gauge.builder("toygun_queue_depth", gauges.depth, AtomicReference::get)
        .description("how many tickets wait")
        .tag("queue", label.queue)
        .tag("type", label.type)
        .register(registry);
    Gauge.builder("toygun_queue_oldest_seconds", gauges.oldest, AtomicReference::get)
        .description("how long the oldest ticket has waited")
        .tag("queue", label.queue)
        .tag("type", label.type)
        .register(registry);
    // From 0, so that the first one is seen to be more.
    for (String counter : List.of(REQUEUED, POLLS_SKIPPED, BACKFILLED)) {
      registry.counter(counter, "queue", label.queue, "type", label.type);
    }
    for (String why : List.of("due", "poll")) {
      registry.counter(QUEUED, "queue", label.queue, "type", label.type, "why", why);
    }
    return gauges;
  }

  private static double seconds(Optional<Instant> since, Instant now) {
    return since.map(at -> Math.max(0, Duration.between(at, now).toMillis() / 1000.0)).orElse(0.0);
  }
}

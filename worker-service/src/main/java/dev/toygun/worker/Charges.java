package dev.toygun.worker;

import dev.toygun.store.TaskRow;
import dev.toygun.store.Usage;
import dev.toygun.store.Usage.Spent;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges the time of ticks to whom it belongs: to types and tasks exactly, to resources by a
 * {@link Sample}. It is said to the store every 15 s and forgotten then: what a worker that dies
 * had not said yet is lost, and so is what the store did not take, as nobody knows whether it did.
 */
final class Charges {
  /** How often it is said what was used. */
  static final Duration OFTEN = Duration.ofSeconds(15);

  private static final double NANOS = 1e9;
  private static final Logger LOG = LoggerFactory.getLogger(Charges.class);

  private final Function<List<Usage>, Future<Void>> say;
  private final Time time;
  private final MeterRegistry metrics;
  private final Sample sample;
  private final Map<String, OfType> types = new HashMap<>();
  private boolean stopped;

  /**
   * Nothing is charged yet.
   *
   * @param say tells the store what was used
   */
  Charges(Function<List<Usage>, Future<Void>> say, Time time, MeterRegistry metrics) {
    this.say = say;
    this.time = time;
    this.metrics = metrics;
    this.sample = new Sample(time::random);
  }

  void start() {
    time.after(OFTEN, this::again);
  }

  void stop() {
    stopped = true;
  }

  private void again() {
    if (!stopped) {
      flush();
      start();
    }
  }

  /** The code of a subject ran and waited for so many nanoseconds. */
  void ticked(Subject subject, long ran, long waited) {
    charge(subject, 1, ran, waited, 0);
  }

  /** So many nanoseconds of a commit are of what a subject decided. */
  void committed(Subject subject, long share) {
    charge(subject, 0, 0, 0, share);
  }

  private void charge(Subject subject, int ticks, long ran, long waited, long committed) {
    String type = subject.type().name();
    String task = task(subject);
    OfType tasks = types.get(type);
    if (tasks == null) {
      tasks = new OfType(type, metrics);
      types.put(type, tasks);
    }
    tasks.of(task).add(ticks, ran, waited, committed);
    sample.add(subject.key().resource(), type, task, ticks, ran, waited, committed);
  }

  /** The name of a run's task; empty of a resource. */
  static String task(Subject subject) {
    return subject.isResource()
        ? ""
        : subject.family().task(subject.key()).map(TaskRow::name).orElse("");
  }

  /** Says what was used. The future may fail, and that is logged. */
  Future<Void> flush() {
    List<Usage> used = new ArrayList<>();
    types.values().forEach(type -> type.take(used));
    if (used.isEmpty()) {
      return Future.succeededFuture();
    }
    used.addAll(sample.take());
    return say.apply(used)
        .onFailure(e -> LOG.warn("what ticks used is not noted: {}", e.getMessage()));
  }

  /** The tasks of a type, and under no name its resources themselves. */
  private static final class OfType {
    private final String type;
    private final Map<String, Account> tasks = new HashMap<>();
    private final Counter ran;
    private final Counter waited;
    private final Counter committed;

    OfType(String type, MeterRegistry metrics) {
      this.type = type;
      this.ran = counter(type, "ran", metrics);
      this.waited = counter(type, "waited", metrics);
      this.committed = counter(type, "committed", metrics);
    }

    private static Counter counter(String type, String how, MeterRegistry metrics) {
      return Counter.builder("toygun_used_seconds_total")
          .description("where the time of ticks went: code ran or waited, or it was committed")
          .tag("type", type)
          .tag("how", how)
          .register(metrics);
    }

    Account of(String task) {
      Account account = tasks.get(task);
      if (account == null) {
        account = new Account();
        tasks.put(task, account);
      }
      return account;
    }

    void take(List<Usage> used) {
      tasks.forEach(
          (task, account) -> {
            if (account.isUsed()) {
              Spent spent = account.take();
              ran.increment(spent.ran());
              waited.increment(spent.waited());
              committed.increment(spent.committed());
              used.add(new Usage(type, task, null, spent));
            }
          });
    }
  }

  /** What one task of a type has used, in nanoseconds. */
  private static final class Account {
    private long ticks;
    private long ran;
    private long waited;
    private long committed;

    void add(int more, long code, long wait, long commit) {
      ticks += more;
      ran += code;
      waited += wait;
      committed += commit;
    }

    boolean isUsed() {
      return ticks > 0 || committed > 0;
    }

    Spent take() {
      Spent spent = new Spent(ticks, ran / NANOS, waited / NANOS, committed / NANOS);
      ticks = 0;
      ran = 0;
      waited = 0;
      committed = 0;
      return spent;
    }
  }
}

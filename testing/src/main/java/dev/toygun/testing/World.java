package dev.toygun.testing;

import dev.toygun.InvalidTypes;
import dev.toygun.ResourceType;
import dev.toygun.TypeSet;
import dev.toygun.clock.Clock;
import dev.toygun.clock.ClockSettings;
import dev.toygun.codec.Codec;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Tickets;
import dev.toygun.schedule.Timetable;
import dev.toygun.service.Audit;
import dev.toygun.service.Suspects;
import dev.toygun.store.AlarmOperations;
import dev.toygun.store.Announce;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Operations;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.SystemAlarms;
import dev.toygun.trace.Spans;
import dev.toygun.worker.Definitions;
import dev.toygun.worker.Worker;
import dev.toygun.worker.WorkerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole system on virtual time: a clock, workers, a store, a queue, leases, and its faults. */
final class World {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final VirtualTime time;
  final MemoryStore store;
  TypeSet types;
  final Keyring keyring;
  final Operations operations;
  final AlarmOperations alarmOperations;
  final Liveness liveness;
  private final long seed;
  private final Faults faults;
  final InProcessQueue queue;
  final InProcessLeases leases;
  private final List<Worker> crew = new ArrayList<>();
  private int workers;
  private final List<Clock> clocks = new ArrayList<>();
  private int clocksMade;
  private int errorsSeen;

  World(List<ResourceType<?>> types, long seed, Faults faults, Instant start) {
    this.seed = seed;
    this.faults = faults;
    this.time = new VirtualTime(seed, start);
    this.types = checked(types);
    this.store = new MemoryStore(time);
    this.keyring = Keyring.parse(Keyring.newKeychain(time::random), time::random);
    this.queue = new InProcessQueue(time, new SimpleMeterRegistry());
    this.leases = new InProcessLeases(time);
    this.operations = new Operations(store, new Announced(), time, "simulation", "simulation");
    this.alarmOperations = new AlarmOperations(store, "simulation", "simulation");
    this.liveness = new Liveness(store, () -> this.types, time);
    startClock();
    startCrew();
    startAudit();
  }

  /** Nobody looks after the whole here; so there are no alarms of the system, and all are told. */
  private void startAudit() {
    SystemAlarms none = () -> Future.succeededFuture(Set.of());
    Audit audit =
        new Audit("auditor", store, liveness, none, leases)
            .opening(new Suspects("auditor", time, store, queue, none));
    audit(audit);
  }

  private void audit(Audit audit) {
    time.after(
        Audit.OFTEN,
        () ->
            audit
                .perhaps((name, severity, isTrue, message) -> Future.succeededFuture())
                .onComplete(done -> audit(audit)));
  }

  /** A clock more. */
  void startClock() {
    Clock clock =
        new Clock(
            ClockSettings.STANDARD,
            "clock-" + ++clocksMade,
            time,
            store,
            queue,
            leases,
            new SimpleMeterRegistry());
    clocks.add(clock);
    clock.start();
  }

  /** No clock runs any more. */
  void stopClocks() {
    clocks.forEach(Clock::stop);
    clocks.clear();
  }

  private void startCrew() {
    int size = faults.any() ? 2 : 1;
    for (int i = 0; i < size; i++) {
      startWorker();
    }
  }

  /** As a worker checks them that starts. */
  private static TypeSet checked(List<ResourceType<?>> types) {
    TypeSet set = TypeSet.of(types);
    List<String> problems = new ArrayList<>();
    for (ResourceType<?> type : types) {
      problems.addAll(Codec.problems(type));
      problems.addAll(Timetable.problems(type));
    }
    if (!problems.isEmpty()) {
      throw new InvalidTypes(problems);
    }
    return set;
  }

  /** New code, as it is rolled out: the old workers drain, the new ones begin, if they may. */
  void deploy(List<ResourceType<?>> newer) {
    TypeSet set = checked(newer);
    await(store.publish(Definitions.of(set), "simulation").map(true));
    types = set;
    List<Worker> old = List.copyOf(crew);
    crew.clear();
    old.forEach(worker -> worker.drain(GRACE));
    startCrew();
  }

  private void startWorker() {
    workers++;
    Life life = new Life(time, faults, () -> time.after(faults.restart(), this::startWorker));
    Worker worker =
        new Worker(
            WorkerSettings.of("worker-" + workers, "simulation").queues(queues()),
            types,
            new MortalTime(time, life),
            new MortalWork(store, life),
            new MortalQueue(queue, life),
            new MortalLeases(leases, life),
            new MortalSteps(new InlineSteps(store.invariants()), life),
            keyring,
            new SimpleMeterRegistry(),
            Spans.NONE);
    crew.add(worker);
    worker.start();
  }

  /** Those that the code names: what is still in another one has to be moved there. */
  private List<String> queues() {
    return types.types().stream().map(ResourceType::queue).distinct().sorted().toList();
  }

  /** What the API does after a commit, for speed; it may be lost. */
  private final class Announced implements Announce {
    @Override
    public void due(List<Committed.Woken> woken, Cause cause, @Nullable String trace) {
      if (!faults.untold()) {
        queue.push(Tickets.of(woken, cause, time.now(), trace));
      }
    }

    @Override
    public void ends(SubjectKey subject) {
      if (!faults.untold()) {
        queue.interrupt(subject);
      }
    }
  }

  /** The queue and the leases are emptied, as a Redis is that comes back without its memory. */
  void forgetQueue() {
    queue.forgetEverything();
    leases.forgetEverything();
  }

  /** From now on nothing goes wrong. */
  void calm() {
    faults.calm();
  }

  /** Goes on by this much, and fails where a promise is broken on the way. */
  void advance(Duration much) {
    seeded(
        () ->
            time.runUntil(
                () -> {
                  check();
                  return false;
                },
                much));
    check();
  }

  /** Goes on until the future is complete. */
  <T> T await(Future<T> future) {
    seeded(
        () ->
            time.runUntil(
                () -> {
                  check();
                  return future.isComplete();
                },
                PATIENCE));
    if (!future.isComplete()) {
      throw new AssertionError(this + ": no answer within " + PATIENCE);
    }
    if (future.failed()) {
      throw future.cause() instanceof RuntimeException e
          ? e
          : new IllegalStateException(future.cause());
    }
    return future.result();
  }

  private void seeded(Runnable work) {
    try {
      work.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(this + ": " + e.getMessage(), e);
    }
  }

  private void check() {
    store.invariants().check();
    List<ErrorRow> errors = store.history().errors();
    errorsSeen = Math.min(errorsSeen, errors.size()); // Some may have been removed.
    while (errorsSeen < errors.size()) {
      ErrorRow error = errors.get(errorsSeen++);
      if (error.kind().equals("UndeclaredMove")) {
        throw new AssertionError(error.message());
      }
    }
  }

  /** The seed and the moment: what a failure needs to be seen again. */
  @Override
  public String toString() {
    return "simulation of seed " + seed + " at " + Story.since(time.now());
  }
}

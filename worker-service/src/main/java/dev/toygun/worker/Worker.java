package dev.toygun.worker;

import dev.toygun.TypeSet;
import dev.toygun.codec.Codec;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Ticket;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Work;
import dev.toygun.time.Time;
import dev.toygun.trace.Spans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of a worker: pops tickets while there is room, and has each subject's errand run.
 *
 * <p>Single-threaded: everything happens on the thread that calls it and completes its futures. So
 * a whole system of workers and clocks can run in virtual time.
 */
public final class Worker {
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration BACK_OFF = Duration.ofMillis(250);
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final WorkerSettings settings;
  private final TypeSet types;
  private final Time time;
  private final Queue queue;
  private final Work store;
  private final Held held;
  private final Intake intake;
  private final Isolation isolation;
  private final Room room;
  private final Heart heart;
  private final Holding holding;
  private final Demotions demotions;
  private final Telling telling;
  private final Charges charges;
  private final Turns turns;

  /** The lists of which the queue says when they have anything. */
  private final Set<ListName> awaited = new HashSet<>();

  private boolean stopping;
  private boolean stopped;
  private boolean popping;
  private @Nullable Promise<Void> drained;
  private Queue.@Nullable Listening interrupts;

  /** A worker of these types. */
  public Worker(
      WorkerSettings settings,
      TypeSet types,
      Time time,
      Work store,
      Queue queue,
      Leases leases,
      Steps steps,
      Keyring keyring,
      MeterRegistry metrics,
      Spans spans) {
    this.settings = settings;
    this.types = types;
    this.time = time;
    this.queue = queue;
    this.store = store;
    After after = new After();
    Hands hands = new Hands(this::pump);
    this.held = new Held(leases, time, settings, hands, after::over);
    this.telling = new Telling(queue, time);
    this.turns = new Turns(types, settings.queues());
    this.heart = new Heart(queue, time, settings, turns.order(), hands::size);
    this.charges = new Charges(store::charge, time, metrics);
    Telemetry telemetry =
        new Telemetry(metrics, time, charges, new TickSpans(spans, time, settings.id()));
    StoredFields stored = new StoredFields(new Codec(keyring, time::now, settings.build()), types);
    Redaction redaction = new Redaction();
    this.holding = new Holding(store, time, held::interrupt, back -> after.woken(back, null));
    this.demotions = new Demotions(store, time, types);
    Failures failures = new Failures(time, redaction, settings, holding::isProbe, demotions);
    Effects effects = new Effects(types, stored, time, redaction);
    Loader loader = new Loader(store, types, stored, settings, time::nanos, this::pump);
    Handlers handlers = new Handlers(types, stored, effects, redaction);
    Sayings sayings = new Sayings(time::nanos);
    Ticker ticker =
        new Ticker(
            new Lifecycle(effects, failures, handlers, demotions),
            new Judge(effects, failures),
            sayings,
            failures,
            handlers,
            stored,
            steps,
            hands,
            new Tries(store, time),
            time);
    Silence silence = new Silence(time::after, this::pump);
    Committer committer =
        new Committer(store, sayings, silence, settings, time::nanos, metrics, this::pump);
    Round round =
        new Round(
            types,
            stored,
            loader,
            ticker,
            new AlarmJudge(types, stored, effects, redaction, time, settings),
            holding,
            failures,
            committer,
            held,
            time,
            settings,
            telemetry,
            after);
    this.isolation = new Isolation(hands, time, this::pump);
    this.intake = new Intake(types, loader, held, round, time, isolation, this::pump);
    this.room = new Room(settings, hands, intake, isolation, loader, committer, silence);
    Gauge.builder("toygun_leases", held, Held::size)
        .description("leases that this worker holds")
        .register(metrics);
  }

  /**
   * Publishes its types and begins to work.
   *
   * @return ends once the types are published, and it is known what is demoted; fails where they
   *     cannot be
   */
  public Future<Void> start() {
    return new Publication(store, time, types, settings.build())
        .publish()
        .compose(published -> demotions.start())
        .onSuccess(
            known -> {
              held.start();
              holding.start();
              heart.start();
              charges.start();
              interrupts = queue.interrupts(held::interrupt);
              pump();
            });
  }

  /**
   * Takes nothing more on, and ends once everything in flight is done or the grace time is over. It
   * lives until then, so that nobody is given what it still ticks. What is in flight at the end has
   * not died of anything: nothing is noted of it any more.
   */
  public Future<Void> drain(Duration grace) {
    stopping = true;
    heart.drains();
    Promise<Void> promise = Promise.promise();
    drained = promise;
    pump();
    Time.Timer timer = time.after(grace, promise::tryComplete);
    return promise
        .future()
        .eventually(
            () -> {
              timer.cancel();
              kill();
              return Future.join(held.takeBackNotes(), charges.flush())
                  .transform(done -> queue.farewell(settings.id()));
            });
  }

  /** Stops at once, as a process does that dies: leases are left to run out. */
  public void kill() {
    stopping = true;
    stopped = true;
    heart.stop();
    charges.stop();
    held.stop();
    holding.stop();
    demotions.stop();
    if (interrupts != null) {
      interrupts.close();
    }
  }

  /**
   * Takes tickets if there is room. Called whenever there may be some: once an errand is over, once
   * fewer are on their way to a lease, once a group was read or committed, once code has a thread,
   * and after each pop or wait.
   */
  private void pump() {
    if (stopping) {
      endIfDrained();
      return;
    }
    if (popping || awaited.size() == turns.size()) {
      return;
    }
    Room.Offer offer = room.of(turns.order());
    if (awaited.containsAll(offer.lists())) {
      return;
    }
    popping = true;
    queue
        .pop(offer.lists(), offer.tickets())
        .onComplete(
            done -> {
              if (stopped) {
                return;
              }
              if (done.failed()) {
                LOG.warn("nothing could be popped: {}", done.cause().getMessage());
                time.after(BACK_OFF, this::popped);
              } else if (done.result().isEmpty()) {
                if (!offer.few()) {
                  turns.tookNothing();
                }
                popping = false;
                await(offer.lists());
                endIfDrained();
              } else {
                takeOn(offer, done.result());
              }
            });
  }

  /** What is on its way to a lease is in flight too. */
  private void endIfDrained() {
    if (drained != null && !popping && held.hands().size() == 0) {
      drained.tryComplete();
    }
  }

  private void popped() {
    popping = false;
    pump();
  }

  /** Nothing is popped before all of these are counted. */
  private void takeOn(Room.Offer offer, List<Ticket> tickets) {
    try {
      room.took(offer, tickets);
      turns.took(tickets);
      tickets.forEach(intake::accept);
    } finally {
      popped();
    }
  }

  /**
   * Has the queue say when there is something, in those of which it does not yet. All that is
   * waited for ends in the same moment, so that what was begun piece by piece becomes one again.
   */
  private void await(List<ListName> empty) {
    List<ListName> more = empty.stream().filter(list -> !awaited.contains(list)).toList();
    if (stopping || more.isEmpty()) {
      return;
    }
    awaited.addAll(more);
    queue
        .awaitAny(more, IDLE.minusNanos(Math.floorMod(time.nanos(), IDLE.toNanos())))
        .onComplete(
            done -> {
              more.forEach(awaited::remove);
              pump();
            });
  }

  /** What a round leaves to the worker. */
  private final class After implements Aftermath {
    @Override
    public void woken(List<Committed.Woken> woken, @Nullable String trace) {
      if (!stopped) {
        telling.tell(woken, Cause.TRIGGER, trace);
      }
    }

    @Override
    public void asked(Collection<SubjectKey> toEnd) {
      if (!stopped) {
        telling.interrupt(toEnd);
      }
    }

    @Override
    public void moved() {
      if (!stopped) {
        telling.nudge();
      }
    }

    @Override
    public void soon(Committed.Woken subject, Duration wait) {
      time.after(
          wait,
          () -> {
            if (!stopping && turns.takes(subject.list())) {
              intake.accept(
                  new Ticket(
                      subject.list(),
                      List.of(subject.key()),
                      Cause.CLOCK,
                      false,
                      time.now(),
                      null));
            } else if (!stopping) {
              telling.tell(List.of(subject), Cause.CLOCK, null);
            }
          });
    }

    @Override
    public void left(Errand errand) {
      woken(
          errand.again.stream().map(key -> new Committed.Woken(key, errand.found)).toList(),
          errand.trace);
      if (!stopped) {
        telling.poll(errand.found, errand.leftPolled, errand.putOff && !stopping);
      }
    }

    @Override
    public void over(Errand errand) {
      isolation.over();
      pump();
    }

    @Override
    public void alone(Errand errand, Runnable tick) {
      isolation.add(errand, tick);
    }
  }
}

package dev.toygun.worker;

import dev.toygun.BuiltIn;
import dev.toygun.Handling;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.Signal;
import dev.toygun.StateDef;
import dev.toygun.Step;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.time.Time;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ticks one subject: plans, runs its state's code within its limit, and judges the answer. */
final class Ticker {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final Lifecycle lifecycle;
  private final Judge judge;
  private final Sayings sayings;
  private final Failures failures;
  private final Handlers handlers;
  private final StoredFields stored;
  private final Steps steps;
  private final Hands hands;
  private final Tries tries;
  private final Time time;

  Ticker(
      Lifecycle lifecycle,
      Judge judge,
      Sayings sayings,
      Failures failures,
      Handlers handlers,
      StoredFields stored,
      Steps steps,
      Hands hands,
      Tries tries,
      Time time) {
    this.lifecycle = lifecycle;
    this.judge = judge;
    this.sayings = sayings;
    this.failures = failures;
    this.handlers = handlers;
    this.stored = stored;
    this.steps = steps;
    this.hands = hands;
    this.tries = tries;
    this.time = time;
  }

  /** What a tick came to. */
  sealed interface Ticked {
    /** An outcome to commit. */
    record Changes(Outcome outcome) implements Ticked {}

    /** Nothing is to be written. */
    record Nothing() implements Ticked {}

    /** It was not ticked, though it may be due. */
    record Skipped() implements Ticked {}

    /** It was broken off from outside: its rows have changed. */
    record BrokenOff() implements Ticked {}

    static Ticked of(Optional<Outcome> outcome) {
      return outcome.<Ticked>map(Changes::new).orElseGet(Nothing::new);
    }
  }

  /** Ticks the subject; the future never fails. */
  Future<Ticked> tick(
      Subject subject, Map<UUID, ResourceRow> referred, Stamp stamp, Underway.Desk desk) {
    Plan plan;
    try {
      plan = lifecycle.plan(subject, stamp);
    } catch (RuntimeException e) {
      return Future.succeededFuture(broken(subject, null, e, stamp));
    }
    if (plan instanceof Plan.Decided decided) {
      return Future.succeededFuture(Ticked.of(decided.outcome()));
    }
    if (plan instanceof Plan.Code code) {
      return run(subject, code.row(), referred, stamp, desk);
    }
    if (plan instanceof Plan.Asks asks) {
      return ask(subject, subject.type(), asks, referred, stamp, desk);
    }
    return Future.succeededFuture(new Ticked.Skipped());
  }

  /*
   * A handler is asked where blocking code runs: one that never returns must not keep the event loop.
   * It has a tick's limit, and then it has declined.
   */
  private <S extends Enum<S>> Future<Ticked> ask(
      Subject subject,
      ResourceType<S> type,
      Plan.Asks asks,
      Map<UUID, ResourceRow> referred,
      Stamp stamp,
      Underway.Desk desk) {
    StateDef<S> row = type.machine().first();
    AtomicReference<@Nullable Handling> answer = new AtomicReference<>();
    Seen seen = new Seen(subject, stored, referred);
    Step.Blocking<S> step =
        t -> {
          answer.set(
              asks.handler()
                  .handle(seen, handlers.who(asks.asked()), handlers.failure(asks.asked())));
          return t.stay();
        };
    Steps.Run<S> run;
    try {
      run = steps.run(step, new Tick<S>(seen, about(subject, row)));
    } catch (RuntimeException e) {
      return Future.succeededFuture(silent(subject, asks, e, stamp));
    }
    return ended(
        step,
        run,
        StateDef.LIMIT,
        desk,
        done -> {
          Subject ended = subject.at(desk.now(time.nanos()));
          if (done.failed()) {
            return silent(ended, asks, done.cause(), stamp);
          }
          return new Ticked.Changes(handlers.answered(ended, asks.asked(), answer.get(), stamp));
        });
  }

  private Ticked silent(Subject subject, Plan.Asks asks, Throwable thrown, Stamp stamp) {
    if (thrown instanceof NewerRow) {
      return left(subject, thrown, stamp);
    }
    String why = "its handler failed: " + thrown;
    return new Ticked.Changes(handlers.decline(subject, asks.asked(), why, stamp));
  }

  private <S extends Enum<S>> Future<Ticked> run(
      Subject subject,
      StateDef<S> row,
      Map<UUID, ResourceRow> referred,
      Stamp stamp,
      Underway.Desk desk) {
    Step<S> step = row.step().orElseThrow();
    Steps.Run<S> run;
    try {
      run = steps.run(step, new Tick<S>(new Seen(subject, stored, referred), about(subject, row)));
    } catch (RuntimeException e) {
      return Future.succeededFuture(broken(subject, row, e, stamp));
    }
    return ended(
        step,
        run,
        row.tickLimit(),
        desk,
        done -> {
          Subject ended = subject.at(desk.now(time.nanos()));
          return done.succeeded()
              ? answered(ended, row, done.result(), stamp)
              : broken(ended, row, done.cause(), stamp);
        });
  }

  /** What code comes to that has begun: at once, or within its limit unless it is broken off. */
  private <S extends Enum<S>> Future<Ticked> ended(
      Step<S> step,
      Steps.Run<S> run,
      Duration limit,
      Underway.Desk desk,
      Function<AsyncResult<Next<S>>, Ticked> ended) {
    if (run.next().isComplete()) {
      return run.next().transform(done -> Future.succeededFuture(ended.apply(done)));
    }
    if (step instanceof Step.Async<S>) {
      desk.waits();
    }
    long asked = time.nanos();
    run.begun().onComplete(thread -> desk.waited(time.nanos() - asked));
    Underway<S> underway = new Underway<>(run, time, limit);
    desk.underway(underway);
    hands.underway(desk.list(), run.begun(), underway.answer());
    return underway
        .answer()
        .transform(
            done -> {
              desk.underway(null);
              return Future.succeededFuture(
                  done.failed() && done.cause() instanceof Underway.BrokenOff
                      ? new Ticked.BrokenOff()
                      : ended.apply(done));
            });
  }

  private <S extends Enum<S>> Ticked answered(
      Subject subject, StateDef<S> row, @Nullable Next<S> next, Stamp stamp) {
    if (next == null) {
      return broken(
          subject,
          row,
          new NullPointerException("state " + row.name() + " answered null instead of a Next"),
          stamp);
    }
    try {
      Optional<Outcome> outcome = judge.answered(subject, row, next, stamp);
      if (outcome.map(Outcome::error).isEmpty()) {
        tries.good(subject.breaker());
      }
      return Ticked.of(outcome.flatMap(sayings::news));
    } catch (Throwable e) {
      return broken(subject, row, e, stamp);
    }
  }

  /* Due, and no longer polled, until a newer worker ticks it: where there is none, it is stuck. */
  private static Ticked left(Subject subject, Throwable newer, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    draft.dueAt(draft.wasDue() ? subject.row().dueAt() : subject.now());
    Optional<Outcome> due = draft.build();
    due.ifPresent(
        outcome ->
            Traced.line(LOG.atWarn(), stamp.trace())
                .log("{} {}: {}", subject.name(), subject.key().uuid(), newer.getMessage()));
    return due.<Ticked>map(Ticked.Changes::new).orElseGet(Ticked.Skipped::new);
  }

  private Ticked broken(Subject subject, @Nullable StateDef<?> row, Throwable thrown, Stamp stamp) {
    if (thrown instanceof NewerRow) {
      return left(subject, thrown, stamp);
    }
    if (row == null) {
      Halt halt = new Halt(Halt.UNHANDLED, String.valueOf(thrown.getMessage()));
      return new Ticked.Changes(failures.panicked(subject, null, halt, stamp));
    }
    return new Ticked.Changes(failures.failed(subject, row, thrown, stamp));
  }

  private Tick.Subject about(Subject subject, StateDef<?> row) {
    StoredFields seen = stored.seenBy(subject);
    Values args =
        subject.task() == null
            ? Values.NONE
            : seen.args(
                subject.type(), subject.task(), subject.family().task(subject.key()).orElseThrow());
    List<Signal> signals =
        subject.family().signals().stream()
            .filter(signal -> signal.subject().equals(subject.key()))
            .map(signal -> seen.signal(subject, signal))
            .toList();
    String state = row.state().isEmpty() ? BuiltIn.EXIT : subject.state();
    return new Tick.Subject(
        subject.key().uuid(), state, subject.entered(), subject.row().tries() + 1, args, signals);
  }
}

package dev.toygun.worker;

import dev.toygun.BuiltIn;
import dev.toygun.Next;
import dev.toygun.Signal;
import dev.toygun.StateDef;
import dev.toygun.Step;
import dev.toygun.Tick;
import dev.toygun.Values;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import dev.toygun.time.Time;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Ticks one subject: plans, runs its state's code within its limit, and judges the answer. */
final class Ticker {
  private final Lifecycle lifecycle;
  private final Judge judge;
  private final Failures failures;
  private final StoredFields stored;
  private final Steps steps;
  private final Time time;

  Ticker(
      Lifecycle lifecycle,
      Judge judge,
      Failures failures,
      StoredFields stored,
      Steps steps,
      Time time) {
    this.lifecycle = lifecycle;
    this.judge = judge;
    this.failures = failures;
    this.stored = stored;
    this.steps = steps;
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
    return Future.succeededFuture(new Ticked.Skipped());
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
    if (run.next().isComplete()) {
      return run.next().transform(done -> Future.succeededFuture(ended(subject, row, done, stamp)));
    }
    Underway<S> underway = new Underway<>(run, time, row.tickLimit());
    desk.underway(underway);
    return underway
        .answer()
        .transform(
            done -> {
              desk.underway(null);
              return Future.succeededFuture(ended(subject, row, done, stamp));
            });
  }

  private <S extends Enum<S>> Ticked ended(
      Subject subject, StateDef<S> row, AsyncResult<Next<S>> done, Stamp stamp) {
    if (done.succeeded()) {
      return answered(subject, row, done.result(), stamp);
    }
    return done.cause() instanceof Underway.BrokenOff
        ? new Ticked.BrokenOff()
        : broken(subject, row, done.cause(), stamp);
  }

  private <S extends Enum<S>> Ticked answered(
      Subject subject,
      StateDef<S> row,
      @org.jspecify.annotations.Nullable Next<S> next,
      Stamp stamp) {
    if (next == null) {
      return broken(
          subject,
          row,
          new NullPointerException("state " + row.name() + " answered null instead of a Next"),
          stamp);
    }
    try {
      return Ticked.of(judge.answered(subject, row, next, stamp));
    } catch (RuntimeException e) {
      return broken(subject, row, e, stamp);
    }
  }

  private Ticked broken(
      Subject subject,
      @org.jspecify.annotations.Nullable StateDef<?> row,
      Throwable thrown,
      Stamp stamp) {
    if (row == null) {
      Halt halt = new Halt(Halt.UNHANDLED, String.valueOf(thrown.getMessage()));
      return new Ticked.Changes(failures.panicked(subject, null, halt, stamp));
    }
    return new Ticked.Changes(failures.failed(subject, row, thrown, stamp));
  }

  private Tick.Subject about(Subject subject, StateDef<?> row) {
    Values args =
        subject.task() == null
            ? Values.NONE
            : stored.args(
                subject.type(), subject.task(), subject.family().task(subject.key()).orElseThrow());
    List<Signal> signals =
        subject.family().signals().stream()
            .filter(signal -> signal.subject().equals(subject.key()))
            .map(signal -> stored.signal(subject, signal))
            .toList();
    String state = row.state().isEmpty() ? BuiltIn.EXIT : subject.state();
    return new Tick.Subject(
        subject.key().uuid(), state, subject.entered(), subject.row().tries() + 1, args, signals);
  }
}

package dev.toygun.worker;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Panic;
import dev.toygun.StateDef;
import dev.toygun.codec.BadField;
import dev.toygun.store.AlarmWrite;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is written when a tick goes wrong: a failed try, a panic, a time-out. */
final class Failures {
  private final Time time;
  private final Redaction redaction;
  private final WorkerSettings settings;
  private final Predicate<SubjectKey> probes;
  private final Demotions demotions;

  /**
   * What is written.
   *
   * @param probes whom an open breaker has let go, to see whether things work again
   */
  Failures(
      Time time,
      Redaction redaction,
      WorkerSettings settings,
      Predicate<SubjectKey> probes,
      Demotions demotions) {
    this.demotions = demotions;
    this.settings = settings;
    this.probes = probes;
    this.time = time;
    this.redaction = redaction;
  }

  /** Code threw something that is no panic: tried again, or, after the last try, a panic. */
  Outcome failed(Subject subject, StateDef<?> row, Throwable thrown, Stamp stamp) {
    if (thrown instanceof Panic panic) {
      return panicked(subject, row, panic, stamp);
    }
    if (thrown instanceof BadField bad) {
      return panicked(subject, row, new Halt(Halt.BAD_FIELD, bad.getMessage()), stamp);
    }
    OutcomeDraft draft = draft(subject, row, stamp);
    int tries = subject.row().tries() + 1;
    String kind =
        thrown instanceof TickTimeout ? Halt.TICK_TIMEOUT : thrown.getClass().getSimpleName();
    String message = Objects.requireNonNullElse(TypesLoader.message(thrown), "no message");
    boolean isProbe = probes.test(subject.key());
    boolean isLate = Lifecycle.isLate(subject);
    if (tries > row.maxRetries() && !isProbe && !isLate) {
      panic(subject, draft, Halt.UNHANDLED, kind + ": " + message, Map.of(), thrown);
    } else {
      draft.failed(error(subject, draft, kind, message, Map.of(), thrown));
      // It was tried for all others: that is none of its own tries.
      draft.tries(isProbe ? subject.row().tries() : tries);
      draft.deadline(row.deadline().orElse(null));
      draft.dueAt(isLate ? subject.now() : subject.now().plus(row.backoff().after(tries)));
    }
    return draft.build().orElseThrow();
  }

  /** It stops here, whatever its code had answered. */
  Outcome panicked(Subject subject, @Nullable StateDef<?> row, Panic panic, Stamp stamp) {
    OutcomeDraft draft = draft(subject, row, stamp);
    String message = Objects.requireNonNullElse(panic.getMessage(), "");
    panic(
        subject,
        draft,
        panic.kind(),
        message,
        panic.attributes(),
        panic instanceof Halt ? null : panic);
    return draft.build().orElseThrow();
  }

  /** Draws a panic. */
  void panic(
      Subject subject,
      OutcomeDraft draft,
      String kind,
      String message,
      Map<String, Object> attributes,
      @Nullable Throwable thrown) {
    draft.panic(error(subject, draft, kind, message, attributes, thrown), BuiltIn.PANIC);
  }

  /** The state, or the run, took longer than it may: a task ends, a resource stops here. */
  Outcome timedOut(Subject subject, StateDef<?> row, Halt late, Stamp stamp) {
    OutcomeDraft draft = draft(subject, row, stamp);
    String message = late.getMessage() + failedBefore(subject, late);
    ErrorRow error = error(subject, draft, late.kind(), message, Map.of(), null);
    if (subject.task() == null) {
      draft.panic(error, BuiltIn.TIMEOUT);
    } else {
      draft.because(message);
      draft.failed(error);
      draft.transit(BuiltIn.TIMEOUT, error.uuid());
      draft.alarm(AlarmWrite.timedOut(subject.task().name().value(), error));
      draft.ends(End.TIMED_OUT, subject.task().exit() != null);
    }
    return draft.build().orElseThrow();
  }

  /** What went wrong before the time was over; nothing where all went well, but for being slow. */
  private static String failedBefore(Subject subject, Halt late) {
    MachineRow row = subject.row();
    Optional<ErrorRow> last =
        subject.family().errors().stream()
            .filter(error -> error.uuid().equals(row.error()))
            .findFirst();
    if (row.tries() > 0) {
      return (row.tries() == 1
              ? "; its last try failed"
              : "; its last %d tries failed, the last".formatted(row.tries()))
          + last.map(error -> ": " + said(error)).orElse("");
    }
    return last.filter(error -> late.kind().equals(Halt.RUN_TIMEOUT))
        .map(error -> "; a try last failed in %s: %s".formatted(error.state(), said(error)))
        .orElse("");
  }

  /* A panic's message begins with what was thrown, that of a failed try with what was said of it. */
  private static String said(ErrorRow error) {
    return error.kind().equals(Halt.UNHANDLED)
        ? error.message()
        : error.kind() + ": " + error.message();
  }

  /*
   * What fails before its first state is entered has entered it: it is that to which it goes back. But
   * not what could not even wait: it has yet to have its turn.
   */
  private OutcomeDraft draft(Subject subject, @Nullable StateDef<?> row, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    StateDef<?> entered = row == null ? Lifecycle.first(subject).orElse(null) : row;
    if (entered != null
        && subject.row().state().equals(BuiltIn.NEW)
        && !Lifecycle.waits(subject, demotions)) {
      draft.enter(entered.name(), entered.deadline().orElse(null), entered.isWaiting());
    }
    return draft;
  }

  private ErrorRow error(
      Subject subject,
      OutcomeDraft draft,
      String kind,
      String message,
      Map<String, Object> attributes,
      @Nullable Throwable thrown) {
    Stack stack = thrown == null ? null : Stack.of(thrown);
    return new ErrorRow(
        time.uuid(),
        subject.key(),
        kind,
        redaction.clean(subject, message),
        redaction.json(subject, attributes),
        stack == null ? null : stack.text(),
        stack == null ? null : stack.hash(),
        draft.state(),
        draft.step(),
        subject.row().tries() + 1,
        settings.id(),
        settings.build(),
        subject.now(),
        subject.breaker());
  }
}

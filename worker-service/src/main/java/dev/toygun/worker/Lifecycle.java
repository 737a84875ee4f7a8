package dev.toygun.worker;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.StateDef;
import dev.toygun.TaskName;
import dev.toygun.TaskStatus;
import dev.toygun.TaskType;
import dev.toygun.Values;
import dev.toygun.store.Admission;
import dev.toygun.store.ChildDelete;
import dev.toygun.store.MachineRow;
import dev.toygun.store.Observed;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.Stamp;
import dev.toygun.store.TaskRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The built-in states: how a resource comes up, how it is taken down, how a task ends.
 *
 * <pre>
 *   __new__ ─ start task ─► first state ─► …
 *   asked to go: its tasks end ─► its children end ─► onDelete state … ─► __exit__ ─ stop task ─► __stop__
 * </pre>
 */
final class Lifecycle {
  private final Effects effects;
  private final Failures failures;
  private final Handlers handlers;
  private final Demotions demotions;

  Lifecycle(Effects effects, Failures failures, Handlers handlers, Demotions demotions) {
    this.effects = effects;
    this.failures = failures;
    this.handlers = handlers;
    this.demotions = demotions;
  }

  Plan plan(Subject subject, Stamp stamp) {
    return lapsed(subject, stamp)
        .or(() -> handlers.plan(subject, stamp))
        .orElseGet(() -> machine(subject, stamp));
  }

  /** What is known of a resource that nobody observes any more is over before it decides again. */
  private static Optional<Plan> lapsed(Subject subject, Stamp stamp) {
    return Optional.of(subject)
        .filter(Subject::isResource)
        .flatMap(resource -> Lapse.of(resource.type(), resource.family()))
        .filter(lapse -> !lapse.at().isAfter(subject.now()))
        .map(
            lapse -> {
              OutcomeDraft draft = subject.draft(stamp);
              draft.because("it is unknown whether it answers: " + lapse.why());
              draft.observed(Observed.NOTHING);
              draft.dueAt(draft.wasDue() ? subject.row().dueAt() : subject.now());
              return new Plan.Decided(draft.build());
            });
  }

  private Plan machine(Subject subject, Stamp stamp) {
    return subject.isResource() ? resource(subject, stamp) : run(subject, stamp);
  }

  private Plan run(Subject subject, Stamp stamp) {
    String state = subject.row().state();
    if (subject.family().resource().deleting() == Deleting.ASKED && !state.equals(BuiltIn.EXIT)) {
      return new Plan.Skip();
    }
    if (subject.family().task(subject.key()).filter(TaskRow::waitsForApproval).isPresent()) {
      return settled(subject, stamp); // Also where this code does not know its task.
    }
    return switch (state) {
      case BuiltIn.PANIC, BuiltIn.STOP -> settled(subject, stamp);
      case BuiltIn.TIMEOUT -> ending(subject, stamp);
      default ->
          subject.task() == null ? undefined(subject, stamp) : task(subject, subject.task(), stamp);
    };
  }

  private Plan task(Subject subject, TaskType<?> task, Stamp stamp) {
    if (subject.row().state().equals(BuiltIn.NEW) && waits(subject, demotions)) {
      return waiting(subject, task, stamp);
    }
    if (!subject.row().state().equals(BuiltIn.EXIT)) {
      return code(subject, task.machine().find(subject.state()), stamp);
    }
    return task.exit() == null ? ending(subject, stamp) : exiting(subject, task.exit(), stamp);
  }

  /**
   * Whether a run that has not begun waits until a person approves it, or the clock lets it in. One
   * that waits already does so whatever this code says: what it waits for is on its row.
   */
  static boolean waits(Subject subject, Demotions demotions) {
    TaskType<?> task = subject.task();
    if (task == null) {
      return false;
    }
    Admission admission = admission(subject);
    return admission == null
        ? task.limits().askToWait() || asks(subject, task, demotions)
        : admission != Admission.ADMITTED;
  }

  private static boolean asks(Subject subject, TaskType<?> task, Demotions demotions) {
    return task.limits().approval() || demotions.asks(subject.type().name(), task);
  }

  private static @Nullable Admission admission(Subject subject) {
    return subject.family().task(subject.key()).orElseThrow().admission();
  }

  private Plan waiting(Subject subject, TaskType<?> task, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    if (admission(subject) == null) {
      draft.waitsFor(asks(subject, task, demotions) ? Admission.ASKS : Admission.WAITS);
    } else {
      draft.dueAt(null);
    }
    return new Plan.Decided(draft.build());
  }

  /** Not even ended: nobody knows what there is to be cleaned up. */
  private Plan undefined(Subject subject, Stamp stamp) {
    Halt missing =
        new Halt(
            Halt.MISSING,
            ("%s: the code defines no such task; declare it, and where it was renamed declare it"
                    + " beside the new one, until its runs have ended")
                .formatted(subject.name()));
    return new Plan.Decided(Optional.of(failures.panicked(subject, null, missing, stamp)));
  }

  /* It ends as it was to end, so that a time-out of its cleaning up is a panic. */
  private Plan exiting(Subject subject, StateDef<?> row, Stamp stamp) {
    return late(subject, row)
        .map(late -> failures.panicked(subject, row, late, stamp))
        .<Plan>map(outcome -> new Plan.Decided(Optional.of(outcome)))
        .orElseGet(() -> new Plan.Code(row));
  }

  private static Plan ending(Subject subject, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    End end = subject.family().task(subject.key()).orElseThrow().outcome();
    draft.ends(Objects.requireNonNullElse(end, End.FINISHED), false);
    return new Plan.Decided(draft.build());
  }

  private Plan resource(Subject subject, Stamp stamp) {
    String state = subject.row().state();
    Deleting deleting = subject.family().resource().deleting();
    if (state.equals(BuiltIn.EXIT)) {
      return exit(subject, stamp);
    }
    if (deleting == Deleting.ASKED) {
      return teardown(subject, stamp);
    }
    return switch (state) {
      case BuiltIn.PANIC, BuiltIn.TIMEOUT, BuiltIn.STOP -> settled(subject, stamp);
      case BuiltIn.NEW -> begin(subject, stamp);
      default -> code(subject, subject.type().machine().find(state), stamp);
    };
  }

  private Plan begin(Subject subject, Stamp stamp) {
    Optional<? extends StateDef<?>> first = first(subject);
    return first.isPresent()
        ? new Plan.Code(first.get())
        : await(
            subject,
            subject.type().task(BuiltIn.START_TASK.value()).orElseThrow(),
            subject.draft(stamp));
  }

  /** The state that a new machine enters; none while its start task, or its code, is not there. */
  static Optional<? extends StateDef<?>> first(Subject subject) {
    if (!subject.isResource()) {
      return Optional.ofNullable(subject.task()).map(task -> task.machine().first());
    }
    boolean waits = subject.type().task(BuiltIn.START_TASK.value()).isPresent();
    return waits && !ready(subject, BuiltIn.START_TASK)
        ? Optional.empty()
        : Optional.of(subject.type().machine().first());
  }

  /** Waits for a built-in task, begun again unless a person ended it. */
  private Plan await(Subject subject, TaskType<?> task, OutcomeDraft draft) {
    TaskStatus status = status(subject, task.name());
    if (status == TaskStatus.ABSENT || status == TaskStatus.TIMED_OUT) {
      draft.start(
          effects.begin(
              subject.type(), task, Values.NONE, subject.list(), true, true, subject.name()));
    }
    draft.dueAt(null);
    return new Plan.Decided(draft.build());
  }

  private static boolean ready(Subject subject, TaskName task) {
    return status(subject, task) == TaskStatus.FINISHED;
  }

  private static TaskStatus status(Subject subject, TaskName task) {
    return subject.family().task(task.value()).map(TaskRow::status).orElse(TaskStatus.ABSENT);
  }

  private Plan teardown(Subject subject, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    if (occupied(subject, draft)) {
      draft.deadline(null);
      draft.dueAt(null);
      return new Plan.Decided(draft.build());
    }
    draft.deleting(Deleting.BEGUN);
    draft.closeAlarms();
    Optional<? extends StateDef<?>> last = subject.type().machine().onDelete();
    if (last.isPresent()) {
      StateDef<?> row = last.get();
      draft.enter(row.name(), row.deadline().orElse(null), row.isWaiting());
    } else {
      draft.transit(BuiltIn.EXIT, null);
    }
    return new Plan.Decided(draft.build());
  }

  private Plan exit(Subject subject, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    if (occupied(subject, draft)) {
      draft.dueAt(null);
      return new Plan.Decided(draft.build());
    }
    draft.deleting(Deleting.BEGUN);
    Optional<TaskType<?>> stop = subject.type().task(BuiltIn.STOP_TASK.value());
    if (stop.isPresent() && !ready(subject, BuiltIn.STOP_TASK)) {
      return await(subject, stop.get(), draft);
    }
    draft.over();
    return new Plan.Decided(draft.build());
  }

  /** Whether something still hangs off the resource; all of it is asked to end. */
  private static boolean occupied(Subject subject, OutcomeDraft draft) {
    boolean leaving = subject.row().state().equals(BuiltIn.EXIT);
    List<TaskRow> active =
        subject.family().tasks().stream()
            .filter(task -> task.machine().active())
            .filter(task -> !(leaving && task.name().equals(BuiltIn.STOP_TASK.value())))
            .toList();
    active.stream()
        .filter(task -> !task.machine().isExiting())
        .forEach(task -> draft.stop(task.name()));
    if (!active.isEmpty()) {
      return true;
    }
    if (subject.family().children().stream().anyMatch(c -> c.deleting() == Deleting.NO)) {
      draft.deletes(ChildDelete.ALL);
    }
    return !subject.family().children().isEmpty();
  }

  private Plan code(Subject subject, Optional<? extends StateDef<?>> found, Stamp stamp) {
    if (subject.unreadable() != null) {
      return new Plan.Decided(
          Optional.of(failures.panicked(subject, null, subject.unreadable(), stamp)));
    }
    if (found.isEmpty()) {
      Halt missing =
          new Halt(
              Halt.MISSING,
              "%s: the code defines no state '%s'; declare it, or name it in .formerly(…)"
                  .formatted(subject.name(), subject.state()));
      return new Plan.Decided(Optional.of(failures.panicked(subject, null, missing, stamp)));
    }
    StateDef<?> row = found.get();
    return late(subject, row)
        .map(late -> failures.timedOut(subject, row, late, stamp))
        .<Plan>map(outcome -> new Plan.Decided(Optional.of(outcome)))
        .orElseGet(() -> new Plan.Code(row));
  }

  /** What is said of a run, or of a state, that took longer than it may. */
  private static Optional<Halt> late(Subject subject, StateDef<?> row) {
    if (isLate(subject)) {
      return Optional.of(
          new Halt(
              Halt.RUN_TIMEOUT,
              "still under way, in %s, after %s"
                  .formatted(row.name(), Objects.requireNonNull(subject.task()).within())));
    }
    return row.deadline()
        .filter(within -> isOver(subject, subject.row().deadlineAt()))
        .filter(within -> !isItsRuns(subject.row()))
        .map(
            within -> new Halt(Halt.TIMEOUT, "still in %s after %s".formatted(row.name(), within)));
  }

  /** That of the run, which nobody bounds any more: the state gets one of its own. */
  private static boolean isItsRuns(MachineRow row) {
    return Objects.equals(row.deadlineAt(), row.runDeadlineAt());
  }

  /** Whether it is a run whose time is over, whatever its state: its next tick says so. */
  static boolean isLate(Subject subject) {
    TaskType<?> task = subject.task();
    return task != null && task.within() != null && isOver(subject, subject.row().runDeadlineAt());
  }

  private static boolean isOver(Subject subject, @Nullable Instant deadline) {
    return deadline != null && !deadline.isAfter(subject.now());
  }

  private static Plan settled(Subject subject, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    draft.dueAt(null);
    return new Plan.Decided(draft.build());
  }
}

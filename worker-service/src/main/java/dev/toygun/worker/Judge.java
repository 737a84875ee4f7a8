package dev.toygun.worker;

import dev.toygun.BuiltIn;
import dev.toygun.End;
import dev.toygun.Next;
import dev.toygun.Panic;
import dev.toygun.StateDef;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Stamp;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes of what a state's code answered what is written: the one place where a {@link Next} is
 * carried out. Pure: the same subject and answer give the same outcome.
 */
final class Judge {
  /** Up to this period polls cost no write. */
  static final Duration LONGEST_POLL = Duration.ofMinutes(5);

  private final Effects effects;
  private final Failures failures;

  Judge(Effects effects, Failures failures) {
    this.effects = effects;
    this.failures = failures;
  }

  /** The outcome of an answer, or nothing where nothing changes. */
  <S extends Enum<S>> Optional<Outcome> answered(
      Subject subject, StateDef<S> row, Next<S> next, Stamp stamp) {
    try {
      OutcomeDraft draft = subject.draft(stamp);
      boolean fresh = subject.row().state().equals(BuiltIn.NEW);
      // The reason and the changed fields belong to the move that they led to: where it stays in
      // its first state, to the one that brought it there.
      boolean rests =
          next.move() instanceof Next.Move.Stay || next.move() instanceof Next.Move.Pause;
      if (fresh && !rests) {
        enter(draft, row);
      }
      effects.apply(subject, next, draft);
      if (fresh && rests) {
        enter(draft, row);
      }
      move(subject, row, next, draft);
      return draft.build();
    } catch (Panic panic) {
      return Optional.of(failures.panicked(subject, row, panic, stamp));
    }
  }

  private <S extends Enum<S>> void move(
      Subject subject, StateDef<S> row, Next<S> next, OutcomeDraft draft) {
    Next.Move<S> move = next.move();
    if (move instanceof Next.Move.Go<S> go) {
      if (!row.mayGo(go.state())) {
        throw undeclared(subject, row, "go(" + go.state() + ")", ".to(" + go.state() + ")");
      }
      StateDef<?> target = target(subject, go.state());
      enter(draft, target);
    } else if (move instanceof Next.Move.Stay<S>) {
      stay(subject, row, draft);
    } else if (move instanceof Next.Move.Pause<S> pause) {
      rest(row, draft);
      draft.dueAt(subject.now().plus(atLeastOneMilli(pause.time())));
    } else if (move instanceof Next.Move.Finish<S>) {
      if (!row.mayFinish()) {
        throw undeclared(subject, row, "finish()", ".finishes()");
      }
      finish(subject, draft);
    } else if (move instanceof Next.Move.Panicked<S> panicked) {
      failures.panic(
          subject, draft, panicked.kind(), panicked.message(), panicked.attributes(), null);
    }
  }

  private static Duration atLeastOneMilli(Duration time) {
    return time.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : time;
  }

  private static void enter(OutcomeDraft draft, StateDef<?> row) {
    draft.enter(row.name(), row.deadline().orElse(null), row.isWaiting());
  }

  private static StateDef<?> target(Subject subject, Enum<?> state) {
    String name = dev.toygun.Machine.nameOf(state);
    return (subject.task() == null ? subject.type().machine() : subject.task().machine())
        .find(name)
        .orElseThrow();
  }

  private static void stay(Subject subject, StateDef<?> row, OutcomeDraft draft) {
    if (subject.task() != null
        && row.period().isEmpty()
        && row.deadline().isEmpty()
        && !row.isWaiting()) {
      throw undeclared(
          subject, row, "stay()", ".every(…), .within(…) or .waits(), or it waits for nothing");
    }
    rest(row, draft);
    Optional<Duration> every = row.period();
    if (every.isEmpty()) {
      draft.dueAt(null);
    } else if (every.get().compareTo(LONGEST_POLL) > 0) {
      draft.dueAt(subject.now().plus(every.get()));
    } else {
      draft.polls((int) every.get().toSeconds());
    }
  }

  /** A good tick that does not move: tries are forgotten, and a deadline that is missing is set. */
  private static void rest(StateDef<?> row, OutcomeDraft draft) {
    draft.tries(0);
    draft.waits(row.isWaiting());
    draft.deadline(row.deadline().orElse(null));
  }

  private static void finish(Subject subject, OutcomeDraft draft) {
    if (subject.task() != null) {
      End end = subject.family().task(subject.key()).orElseThrow().outcome();
      if (end == null || end == End.FINISHED) {
        RestartBudget.done(subject, draft);
      }
      draft.ends(end == null ? End.FINISHED : end, subject.task().exit() != null);
      return;
    }
    if (subject.family().resource().deleting() == ResourceRow.Deleting.NO) {
      draft.deleting(ResourceRow.Deleting.ASKED);
    }
    draft.transit(BuiltIn.EXIT, null);
  }

  private static Halt undeclared(Subject subject, StateDef<?> row, String answer, String missing) {
    return new Halt(
        Halt.UNDECLARED_MOVE,
        "%s: state %s answered %s, which its row does not declare: add %s"
            .formatted(subject.name(), row.name(), answer, missing));
  }
}

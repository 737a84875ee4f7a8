package dev.toygun.worker;

import dev.toygun.Failure;
import dev.toygun.Handling;
import dev.toygun.OnPanic;
import dev.toygun.Panicked;
import dev.toygun.ResourceType;
import dev.toygun.StateDef;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.TypeSet;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Hop;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.ResourceRow.Deleting;
import dev.toygun.store.Stamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks those who handle panics: a resource is asked about the oldest one that has climbed to it
 * before it is ticked in any other way. What it answers is committed with the hop to the next
 * level.
 */
final class Handlers {
  private final TypeSet types;
  private final StoredFields stored;
  private final Effects effects;
  private final Redaction redaction;

  Handlers(TypeSet types, StoredFields stored, Effects effects, Redaction redaction) {
    this.types = types;
    this.stored = stored;
    this.effects = effects;
    this.redaction = redaction;
  }

  /** Whom the resource is to be asked about, if about anybody. */
  Optional<Plan> plan(Subject subject, Stamp stamp) {
    if (!subject.isResource() || subject.family().panics().isEmpty()) {
      return Optional.empty();
    }
    Hop.Asked asked = subject.family().panics().get(0);
    OnPanic handler = handler(subject, asked);
    if (handler == null) {
      return Optional.of(declined(subject, asked, "the code has no handler", stamp));
    }
    if (subject.family().resource().deleting() != Deleting.NO) {
      return Optional.of(declined(subject, asked, "it is being taken down", stamp));
    }
    return Optional.of(new Plan.Asks(asked, handler));
  }

  private static @Nullable OnPanic handler(Subject subject, Hop.Asked asked) {
    if (asked.hop().level() > 0) {
      return subject.type().onPanic();
    }
    return Optional.ofNullable(asked.task())
        .flatMap(name -> subject.type().task(name))
        .map(TaskType::onPanic)
        .orElse(null);
  }

  private Plan declined(Subject subject, Hop.Asked asked, String why, Stamp stamp) {
    return new Plan.Decided(Optional.of(decline(subject, asked, why, stamp)));
  }

  /** What a handler is told. */
  Panicked who(Hop.Asked asked) {
    Hop hop = asked.hop();
    return new Panicked(
        hop.panicked().resource(),
        asked.type(),
        asked.label(),
        Optional.ofNullable(asked.task()).map(TaskName::of),
        asked.error().state(),
        hop.retries());
  }

  /** What a handler is told of the error. */
  Failure failure(Hop.Asked asked) {
    ErrorRow error = asked.error();
    return new Failure(
        error.uuid(),
        error.kind(),
        error.message(),
        stored.attributes(error.attrs()),
        error.state(),
        error.at());
  }

  /** What a handler answered, as an outcome; what cannot be carried out is declined. */
  Outcome answered(Subject subject, Hop.Asked asked, @Nullable Handling answer, Stamp stamp) {
    if (answer == null) {
      return decline(subject, asked, "its handler answered null", stamp);
    }
    try {
      return handled(subject, asked, answer, stamp);
    } catch (RuntimeException e) {
      return decline(subject, asked, "it cannot be done: " + e.getMessage(), stamp);
    }
  }

  private Outcome handled(Subject subject, Hop.Asked asked, Handling answer, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    List<String> states = List.of();
    Hop.Decision decision;
    if (answer instanceof Handling.Retry) {
      decision = Hop.Decision.RETRY;
    } else if (answer instanceof Handling.Rewind rewind) {
      decision = Hop.Decision.REWIND;
      states = known(asked, rewind.state());
    } else if (answer instanceof Handling.Stop) {
      decision = Hop.Decision.STOP;
    } else if (answer instanceof Handling.Start start) {
      decision = Hop.Decision.START;
      if (asked.isOf(subject.key().resource(), start.task())) {
        throw new IllegalArgumentException(
            "task %s cannot take its own place: retry it, or rewind it".formatted(start.task()));
      }
      RestartBudget.next(subject, start.task())
          .ifPresent(
              at -> {
                throw new IllegalArgumentException(
                    "it was restarted as often as it may be, and may be again from %s on"
                        .formatted(at));
              });
      draft.start(effects.begin(subject, start.task(), start.args()));
    } else {
      decision = Hop.Decision.DECLINE;
    }
    String reason = redaction.clean(subject, answer.because());
    draft.handles(new Hop.Decided(asked.hop(), decision, reason, states));
    return draft.build().orElseThrow();
  }

  /** The names of a state that the machine defines, if its code is here. */
  private List<String> known(Hop.Asked asked, String state) {
    ResourceType<?> type = types.find(asked.type()).orElse(null);
    if (type == null) {
      return List.of(state);
    }
    Optional<? extends StateDef<?>> row =
        asked.task() == null
            ? type.machine().find(state)
            : type.task(asked.task()).flatMap(task -> task.machine().find(state));
    return row.map(StateDef::names)
        .orElseThrow(
            () -> new Halt(Halt.MISSING, "it has no state '%s' to go to".formatted(state)));
  }

  /** It climbs on. */
  Outcome decline(Subject subject, Hop.Asked asked, String why, Stamp stamp) {
    OutcomeDraft draft = subject.draft(stamp);
    String reason = redaction.clean(subject, why);
    draft.handles(new Hop.Decided(asked.hop(), Hop.Decision.DECLINE, reason, List.of()));
    return draft.build().orElseThrow();
  }
}

package dev.toygun.testing;

import dev.toygun.Availability;
import dev.toygun.BuiltIn;
import dev.toygun.store.Entry;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Outcome;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a {@link MemoryStore} keeps beside its rows: append-only, in the order of commits. */
public final class MemoryHistory {
  private final List<Moved> moves = new ArrayList<>();
  private final List<Changed> changes = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private final List<ErrorRow> errors = new ArrayList<>();
  private final List<Turned> turns = new ArrayList<>();

  MemoryHistory() {}

  /**
   * A transition that was committed.
   *
   * @param own whether a tick of the subject itself made it; if not, its owner or an operator did
   */
  public record Moved(
      SubjectKey subject, Transition transition, Stamp stamp, Instant at, boolean own) {
    Entry entry(long teardown) {
      return new Entry(transition.to(), transition.step(), transition.step() >= teardown);
    }
  }

  /** Fields that a tick changed without a move. */
  public record Changed(
      SubjectKey subject, long version, List<String> fields, Stamp stamp, Instant at) {}

  /** A sentence of what stayed. */
  public record Said(SubjectKey subject, Outcome.Said what, Stamp stamp, Instant at) {}

  /** A resource whose availability became another one. */
  public record Turned(UUID resource, Availability to, Instant at) {}

  /** How the availability of resources went. */
  public List<Turned> turns(UUID resource) {
    return turns.stream().filter(t -> t.resource().equals(resource)).toList();
  }

  void turned(UUID resource, Availability to, Instant at) {
    turns.add(new Turned(resource, to, at));
  }

  /** The transitions, of every subject. */
  public List<Moved> moves() {
    return List.copyOf(moves);
  }

  /** The transitions of one subject. */
  public List<Moved> moves(SubjectKey subject) {
    return moves.stream().filter(m -> m.subject().equals(subject)).toList();
  }

  /** The subject's last entry into a state of these names, as in {@code Views.entry}. */
  Optional<Entry> entry(SubjectKey subject, List<String> names) {
    List<Moved> all = moves(subject);
    List<Moved> moved = all.stream().filter(m -> names.contains(m.transition().to())).toList();
    long teardown =
        all.stream()
            .filter(m -> m.transition().changed().contains(BuiltIn.DELETING))
            .mapToLong(m -> m.transition().step())
            .max()
            .orElse(Long.MAX_VALUE);
    Optional<Moved> last = moved.stream().filter(Moved::own).reduce((a, b) -> b);
    Optional<Entry> adopted =
        all.stream()
            .limit(1)
            .filter(m -> names.contains(m.transition().from()))
            .map(m -> new Entry(m.transition().from(), 0, false))
            .findFirst();
    Optional<Moved> first = moved.stream().findFirst();
    return last.map(m -> m.entry(teardown))
        .or(() -> adopted)
        .or(() -> first.map(m -> m.entry(teardown)));
  }

  /** The changes of fields without a move. */
  public List<Changed> changes() {
    return List.copyOf(changes);
  }

  /** What a subject said while it stayed. */
  public List<Said> said(SubjectKey subject) {
    return said.stream().filter(s -> s.subject().equals(subject)).toList();
  }

  /** The errors. */
  public List<ErrorRow> errors() {
    return List.copyOf(errors);
  }

  void moved(SubjectKey subject, Transition transition, Stamp stamp, Instant at, boolean own) {
    moves.add(new Moved(subject, transition, stamp, at, own));
  }

  void changed(SubjectKey subject, long version, List<String> fields, Stamp stamp, Instant at) {
    changes.add(new Changed(subject, version, fields, stamp, at));
  }

  /** What a tick says again is no news. */
  void said(SubjectKey subject, Outcome.Said what, Stamp stamp, Instant at) {
    boolean again =
        stamp.tick() != null
            && said(subject).stream()
                .reduce((before, after) -> after)
                .filter(last -> last.what().equals(what))
                .isPresent();
    if (!again) {
      said.add(new Said(subject, what, stamp, at));
    }
  }

  void failed(ErrorRow error) {
    errors.add(error);
  }
}

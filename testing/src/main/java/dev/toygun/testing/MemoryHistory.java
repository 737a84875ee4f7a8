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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a {@link MemoryStore} keeps beside its rows: in the order of commits. */
public final class MemoryHistory {
  private final List<Moved> moves = new ArrayList<>();
  private final List<Changed> changes = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private final List<ErrorRow> errors = new ArrayList<>();
  private final List<Turned> turns = new ArrayList<>();
  private final Set<Walked> walked = new LinkedHashSet<>();

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

  /** An edge that was walked by a move that is removed. */
  record Walked(String machine, String from, String to, boolean own) {}

  Set<Walked> walked() {
    return walked;
  }

  /** Removes the oldest moves of these, so many at most; how many. */
  int removeMoves(Predicate<SubjectKey> whose, int most, Function<SubjectKey, String> nameOf) {
    List<Moved> gone = moves.stream().filter(m -> whose.test(m.subject())).limit(most).toList();
    gone.forEach(m -> forget(m, nameOf.apply(m.subject())));
    moves.removeAll(Set.copyOf(gone));
    return gone.size();
  }

  /** Removes all else of these; how many changes. */
  int removeRest(Predicate<SubjectKey> whose) {
    int before = changes.size();
    changes.removeIf(c -> whose.test(c.subject()));
    said.removeIf(s -> whose.test(s.subject()));
    errors.removeIf(e -> whose.test(e.subject()));
    turns.removeIf(t -> whose.test(SubjectKey.ofResource(t.resource())));
    return before - changes.size();
  }

  /** Removes what is older of one that lives, but for what stays; how many moves. */
  int thin(SubjectKey key, Instant before, @Nullable UUID lastError, String name) {
    List<Moved> all = moves(key);
    List<Moved> gone =
        all.stream()
            .filter(m -> m.at().isBefore(before) && !MemoryRetention.stays(m, all))
            .toList();
    gone.forEach(m -> forget(m, name));
    moves.removeAll(Set.copyOf(gone));
    changes.removeIf(c -> c.subject().equals(key) && c.at().isBefore(before));
    said.removeIf(s -> s.subject().equals(key) && s.at().isBefore(before));
    errors.removeIf(
        e -> e.subject().equals(key) && e.at().isBefore(before) && !e.uuid().equals(lastError));
    return gone.size();
  }

  private void forget(Moved moved, String name) {
    Transition move = moved.transition();
    walked.add(new Walked(name, move.from(), move.to(), moved.own()));
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

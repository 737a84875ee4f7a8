package dev.toygun.testing;

import dev.toygun.store.AlarmWrite;
import dev.toygun.store.ErrorRow;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a {@link MemoryStore} keeps beside its rows: append-only, in the order of commits. */
public final class MemoryHistory {
  private final List<Moved> moves = new ArrayList<>();
  private final List<Changed> changes = new ArrayList<>();
  private final List<ErrorRow> errors = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();

  MemoryHistory() {}

  /**
   * A transition that was committed.
   *
   * @param own whether a tick of the subject itself made it; if not, its owner or an operator did
   */
  public record Moved(
      SubjectKey subject, Transition transition, Stamp stamp, Instant at, boolean own) {}

  /** Fields that a tick changed without a move. */
  public record Changed(
      SubjectKey subject, long version, List<String> fields, Stamp stamp, Instant at) {}

  /**
   * An alarm.
   *
   * @param error what opened it
   * @param closedAt null while it is not closed
   */
  public record Alarm(
      SubjectKey subject, String name, UUID error, Instant openedAt, @Nullable Instant closedAt) {
    /** Whether it is not closed. */
    public boolean isOpen() {
      return closedAt == null;
    }
  }

  /** The transitions, of every subject. */
  public List<Moved> moves() {
    return List.copyOf(moves);
  }

  /** The transitions of one subject. */
  public List<Moved> moves(SubjectKey subject) {
    return moves.stream().filter(m -> m.subject().equals(subject)).toList();
  }

  /** The changes of fields without a move. */
  public List<Changed> changes() {
    return List.copyOf(changes);
  }

  /** The errors. */
  public List<ErrorRow> errors() {
    return List.copyOf(errors);
  }

  /** The alarms, closed ones included. */
  public List<Alarm> alarms() {
    return List.copyOf(alarms);
  }

  /** Whether an alarm of this subject and name is not closed. */
  public boolean isOpen(SubjectKey subject, String name) {
    return alarms.stream()
        .anyMatch(a -> a.isOpen() && a.subject().equals(subject) && a.name().equals(name));
  }

  void moved(SubjectKey subject, Transition transition, Stamp stamp, Instant at, boolean own) {
    moves.add(new Moved(subject, transition, stamp, at, own));
  }

  void changed(SubjectKey subject, long version, List<String> fields, Stamp stamp, Instant at) {
    changes.add(new Changed(subject, version, fields, stamp, at));
  }

  void failed(ErrorRow error) {
    errors.add(error);
  }

  /** Closes every alarm of a subject: it has ended, or somebody sent it on its way. */
  void closeAlarms(SubjectKey subject, Instant at) {
    alarms.replaceAll(
        a ->
            a.isOpen() && a.subject().equals(subject)
                ? new Alarm(subject, a.name(), a.error(), a.openedAt(), at)
                : a);
  }

  /** Opens an alarm unless one is open, or closes the open one. */
  void alarm(SubjectKey subject, AlarmWrite write, Instant at) {
    UUID error = write.error();
    if (error == null) {
      alarms.replaceAll(
          a ->
              a.isOpen() && a.subject().equals(subject) && a.name().equals(write.name())
                  ? new Alarm(subject, a.name(), a.error(), a.openedAt(), at)
                  : a);
    } else if (!isOpen(subject, write.name())) {
      alarms.add(new Alarm(subject, write.name(), error, at, null));
    }
  }
}

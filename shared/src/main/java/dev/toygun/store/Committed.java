package dev.toygun.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of an outcome. */
public sealed interface Committed {
  /**
   * It is in the database.
   *
   * @param version the subject's version now
   * @param wakes the subject's wakes now; more than were loaded means that it is due again
   * @param dueAt when the subject is due now
   * @param woken who else is due now because of it: new tasks and children, and whoever was woken
   * @param begun the runs that its starts refer to, new or already active, in the order of its
   *     starts; null for an ensure that had nothing to do
   * @param then what became of the outcome that followed it; null if none did
   */
  record Done(
      long version,
      long wakes,
      @Nullable Instant dueAt,
      List<Woken> woken,
      List<@Nullable UUID> begun,
      @Nullable Committed then)
      implements Committed {
    /** Who is due now, its subject too. */
    public List<Woken> due(Woken subject) {
      List<Woken> all = new ArrayList<>(woken);
      if (dueAt != null && all.stream().noneMatch(w -> w.key().equals(subject.key()))) {
        all.add(subject);
      }
      return all;
    }
  }

  /** A row that it compares was written by somebody else: nothing was written; load again. */
  record Fenced() implements Committed {}

  /**
   * A row it needs is locked by somebody else: nothing was written; the same outcome may be sent
   * again.
   */
  record Busy() implements Committed {}

  /** What it asks for is not allowed now; nothing was written. */
  record Refused(Refusal.Code code, String message) implements Committed {}

  /**
   * The database refuses it, or another one that was written with it: nothing was written, though
   * others of its group were.
   *
   * @param why the database's error
   */
  record Unstorable(Throwable why) implements Committed {}

  /** Whether somebody else came between: decided again, it may be good. */
  default boolean isOvertaken() {
    return this instanceof Fenced || this instanceof Busy;
  }

  /** A subject that is due now, and the list its ticket goes to. */
  record Woken(SubjectKey key, ListName list) {}
}

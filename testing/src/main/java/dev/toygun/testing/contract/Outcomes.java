package dev.toygun.testing.contract;

import dev.toygun.store.Outcome;
import dev.toygun.store.OwnerWrite;
import dev.toygun.store.SubjectKey;
import org.jspecify.annotations.Nullable;

/** Outcomes that no draft makes. */
final class Outcomes {
  private Outcomes() {}

  /** The same of another subject. */
  static Outcome of(Outcome o, SubjectKey subject) {
    return with(o, subject, o.owner());
  }

  /** The same with this on its owner, and no wakes but what the store adds. */
  static Outcome of(Outcome o, OwnerWrite owner) {
    return with(o, o.subject(), owner);
  }

  private static Outcome with(Outcome o, SubjectKey subject, @Nullable OwnerWrite owner) {
    return new Outcome(
        subject,
        o.version(),
        o.wakes(),
        o.write(),
        owner,
        o.transitions(),
        o.changed(),
        o.said(),
        o.error(),
        o.alarms(),
        o.starts(),
        o.stops(),
        o.creates(),
        o.signals(),
        o.consumed(),
        o.triggers(),
        o.deletes(),
        o.handles(),
        o.wakesUp(),
        o.stamp(),
        o.then());
  }
}

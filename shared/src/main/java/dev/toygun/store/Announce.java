package dev.toygun.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells workers what an operator's request came to, for speed only: may fail without harm. */
@FunctionalInterface
public interface Announce {
  /** These are due now. */
  void due(List<Committed.Woken> woken, Cause cause, @Nullable String trace);

  /** This was asked to end: whatever code of it is under way, is so in vain. */
  default void ends(SubjectKey subject) {}
}

package dev.toygun.worker;

import dev.toygun.store.Committed;
import dev.toygun.store.SubjectKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a round leaves to the worker. */
interface Aftermath {
  /** These are due now. */
  void woken(List<Committed.Woken> woken, @Nullable String trace);

  /** These were asked to end, and may be ticked just now under other leases. */
  void asked(Collection<SubjectKey> toEnd);

  /** Something moved. */
  void moved();

  /** This one is due a moment from now. */
  void soon(Committed.Woken subject, Duration wait);

  /** The errand has let go, and these go through the queue again: what it was asked for late. */
  void left(Errand errand);

  /** The errand is over. */
  void over(Errand errand);

  /** A subject that workers died of is to be ticked with nothing else in flight. */
  void alone(Errand errand, Runnable tick);
}

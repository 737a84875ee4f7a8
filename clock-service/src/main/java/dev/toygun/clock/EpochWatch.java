package dev.toygun.clock;

import dev.toygun.queue.Queue.Epoch;
import org.jspecify.annotations.Nullable;

/** Notices that the queue was emptied: its epoch is a new one. */
final class EpochWatch {
  private @Nullable String known;

  /** Whether the queue has forgotten what was queued before. */
  boolean isNew(Epoch epoch) {
    boolean another = known != null && !known.equals(epoch.value());
    known = epoch.value();
    return another || epoch.made();
  }
}

package dev.toygun.schedule;

import java.time.Instant;
import java.util.Optional;

/** The times at which a task of one resource starts by its schedule. */
public interface Occurrences {
  /** The first one after this point in time; nothing where none comes any more. */
  Optional<Instant> after(Instant point);

  /** The last one before this point in time, or at it; nothing where there was none. */
  Optional<Instant> upto(Instant point);
}

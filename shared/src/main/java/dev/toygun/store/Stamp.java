package dev.toygun.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did something, where and why: goes on every row of history.
 *
 * @param actor {@code system}, {@code key:NAME}, or the name of a task
 * @param worker the process
 * @param build its build
 * @param tick the tick, by which a commit whose answer was lost is found again; null for an
 *     operator
 * @param trace the trace id of the request that began it
 * @param delays due → queued → popped → leased → done
 */
public record Stamp(
    Cause cause,
    String actor,
    String worker,
    String build,
    @Nullable UUID tick,
    @Nullable String trace,
    Delays delays) {

  /** The same, with this tick. */
  public Stamp ticked(UUID by) {
    return new Stamp(cause, actor, worker, build, by, trace, delays);
  }

  /** The four delays of a tick, in microseconds. */
  public record Delays(long queued, long popped, long leased, long done) {
    public static final Delays NONE = new Delays(0, 0, 0, 0);
  }
}

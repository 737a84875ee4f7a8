package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import dev.toygun.store.Cause;
import dev.toygun.store.Stamp;
import io.vertx.core.Future;

/**
 * Moves alarms whose time has come, and panics that nobody has handled in time: by the store's
 * rules alone, so that it goes on with all workers stopped.
 */
final class AlarmPass implements Pass {
  /** How many of each kind one round moves. */
  static final int PAGE = 200;

  private final String owner;
  private final Parts parts;

  AlarmPass(String owner, Parts parts) {
    this.owner = owner;
    this.parts = parts;
  }

  @Override
  public String name() {
    return "alarms";
  }

  @Override
  public Future<Void> run() {
    return parts
        .store()
        .claim(name(), owner, parts.settings().passTime())
        .compose(
            mine ->
                mine.isEmpty()
                    ? Future.succeededFuture()
                    : parts
                        .store()
                        .moveAlarms(stamp(), PAGE)
                        .compose(done -> parts.store().advance(name(), owner, mine.get().now())));
  }

  private Stamp stamp() {
    return new Stamp(
        Cause.CLOCK, "system", owner, "", parts.time().uuid(), null, Stamp.Delays.NONE);
  }
}

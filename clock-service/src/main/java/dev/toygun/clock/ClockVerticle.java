package dev.toygun.clock;

import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.store.Due;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Runs a clock on an event loop of its own. */
public final class ClockVerticle extends VerticleBase {
  private final ClockSettings settings;
  private final String id;
  private final Parts parts;
  private @Nullable Clock clock;

  /** What a clock works with. */
  public record Parts(Time time, Due store, Queue queue, Leases leases, MeterRegistry metrics) {}

  /**
   * A clock to deploy.
   *
   * @param id no two clocks have the same
   */
  public ClockVerticle(ClockSettings settings, String id, Parts parts) {
    this.settings = settings;
    this.id = id;
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    Clock made =
        new Clock(
            settings,
            id,
            parts.time(),
            parts.store(),
            parts.queue(),
            parts.leases(),
            parts.metrics());
    clock = made;
    made.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return clock == null ? Future.succeededFuture() : clock.stop();
  }
}

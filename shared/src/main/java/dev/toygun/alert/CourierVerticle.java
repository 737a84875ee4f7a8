package dev.toygun.alert;

import dev.toygun.store.AlarmSinks;
import dev.toygun.store.Outbox;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Runs a courier, and what it needs besides, on an event loop of their own. */
public final class CourierVerticle extends VerticleBase {
  private final Parts parts;
  private @Nullable Courier courier;
  private @Nullable Upkeep upkeep;

  /** What it works with. */
  public record Parts(
      Time time, Outbox outbox, AlarmSinks rows, Sinks sinks, MeterRegistry metrics) {}

  public CourierVerticle(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    SinkSeals seals = new SinkSeals(parts.rows(), parts.sinks().settings(), parts.time());
    Courier made = new Courier(parts.time(), parts.outbox(), parts.sinks()::send, parts.metrics());
    Upkeep kept = new Upkeep(parts.time(), parts.outbox(), seals::renew, parts.metrics());
    courier = made;
    upkeep = kept;
    made.start();
    kept.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (upkeep != null) {
      upkeep.stop();
    }
    return courier == null ? Future.succeededFuture() : courier.stop();
  }
}

package dev.toygun.alert;

import dev.toygun.store.Outbox;
import dev.toygun.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Runs a courier on an event loop of its own. */
public final class CourierVerticle extends VerticleBase {
  private final Time time;
  private final Outbox outbox;
  private final Sinks sinks;
  private final MeterRegistry metrics;
  private @Nullable Courier courier;

  public CourierVerticle(Time time, Outbox outbox, Sinks sinks, MeterRegistry metrics) {
    this.time = time;
    this.outbox = outbox;
    this.sinks = sinks;
    this.metrics = metrics;
  }

  @Override
  public Future<?> start() {
    Courier made = new Courier(time, outbox, sinks::send, metrics);
    courier = made;
    made.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return courier == null ? Future.succeededFuture() : courier.stop();
  }
}

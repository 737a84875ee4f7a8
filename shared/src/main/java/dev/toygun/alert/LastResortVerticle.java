package dev.toygun.alert;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Runs a last resort on an event loop of its own. */
public final class LastResortVerticle extends VerticleBase {
  private final LastResort lastResort;

  public LastResortVerticle(LastResort lastResort) {
    this.lastResort = lastResort;
  }

  @Override
  public Future<?> start() {
    lastResort.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    lastResort.stop();
    return Future.succeededFuture();
  }
}

package dev.toygun.service;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Runs a lookout on an event loop of its own. */
final class LookoutVerticle extends VerticleBase {
  private final Lookout lookout;

  LookoutVerticle(Lookout lookout) {
    this.lookout = lookout;
  }

  @Override
  public Future<?> start() {
    lookout.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    lookout.stop();
    return Future.succeededFuture();
  }
}

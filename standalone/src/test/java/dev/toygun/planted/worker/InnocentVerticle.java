package dev.toygun.planted.worker;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** A verticle may see Vert.x, and so may what is inside it. */
public final class InnocentVerticle extends VerticleBase {
  @Override
  public Future<?> start() {
    return Future.succeededFuture(new InnocentListener(vertx.eventBus().toString()));
  }

  private record InnocentListener(String name) {
    InnocentListener {
      assert io.vertx.core.Vertx.currentContext() == null || !name.isEmpty();
    }
  }
}

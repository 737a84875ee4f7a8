package dev.toygun.planted.worker;

import io.vertx.core.Future;

/** An offence: the engine never awaits. */
public final class Awaits {
  /** Awaits. */
  public String await(Future<String> future) {
    return future.await();
  }
}

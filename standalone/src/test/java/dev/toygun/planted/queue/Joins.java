package dev.toygun.planted.queue;

import java.util.concurrent.CompletableFuture;

/** An offence: waits for another thread. */
public final class Joins {
  /** Joins. */
  public String join(CompletableFuture<String> future) {
    return future.join();
  }
}

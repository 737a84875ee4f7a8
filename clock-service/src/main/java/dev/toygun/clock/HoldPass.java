package dev.toygun.clock;

import dev.toygun.clock.DueScan.Parts;
import io.vertx.core.Future;

/**
 * Reads what is on hold, so that this clock leaves it out, and moves on what was held by holds that
 * are over. Every clock reads; one at a time moves, page by page, by the row's lock.
 */
final class HoldPass implements Pass {
  private final Parts parts;

  HoldPass(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String name() {
    return "holds";
  }

  @Override
  public Future<Void> run() {
    return parts
        .store()
        .holds()
        .compose(
            holds ->
                holds.isEmpty()
                    ? Future.succeededFuture()
                    : parts.store().settleHolds().compose(more -> again(more)));
  }

  /** What was just settled is to be seen at once. */
  private Future<Void> again(boolean more) {
    return more ? parts.store().holds().mapEmpty() : Future.succeededFuture();
  }
}

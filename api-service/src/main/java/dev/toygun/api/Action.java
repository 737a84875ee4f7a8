package dev.toygun.api;

import dev.toygun.store.Audit;
import io.vertx.core.Future;
import java.util.Optional;

/** What an operation of the contract does. */
@FunctionalInterface
interface Action {
  /** The answer; fails with a {@link Problem}, a refusal of the store, or what went wrong. */
  Future<Answer> answer(Call call);

  /**
   * Does it in one commit with its row of the audit, where nothing at all stands in the way.
   *
   * @param entry as yet without a status
   * @return nothing where something may stand in the way: nothing was written then, and {@link
   *     #answer} tells what it is
   */
  default Future<Optional<Answer>> atOnce(Call call, Audit.Entry entry) {
    return Future.succeededFuture(Optional.empty());
  }
}

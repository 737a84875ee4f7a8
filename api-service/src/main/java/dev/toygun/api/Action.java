package dev.toygun.api;

import io.vertx.core.Future;

/** What an operation of the contract does. */
@FunctionalInterface
interface Action {
  /** The answer; fails with a {@link Problem}, a refusal of the store, or what went wrong. */
  Future<Answer> answer(Call call);
}

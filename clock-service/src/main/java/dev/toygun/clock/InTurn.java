package dev.toygun.clock;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Does the same with one after the other. One that fails stops nothing. A loop rather than a chain
 * of futures: with a store in memory, thousands of complete futures would be as many stack frames.
 */
final class InTurn<T> {
  private final Iterator<T> rest;
  private final Function<T, Future<?>> action;
  private final BiConsumer<T, Throwable> failed;
  private final Promise<Void> done = Promise.promise();

  private InTurn(Iterator<T> rest, Function<T, Future<?>> action, BiConsumer<T, Throwable> failed) {
    this.rest = rest;
    this.action = action;
    this.failed = failed;
  }

  /** Never fails: each failure goes to {@code failed}, and the next one follows. */
  static <T> Future<Void> each(
      Iterable<T> all, Function<T, Future<?>> action, BiConsumer<T, Throwable> failed) {
    InTurn<T> turn = new InTurn<>(all.iterator(), action, failed);
    turn.go();
    return turn.done.future();
  }

  private void go() {
    while (rest.hasNext()) {
      T one = rest.next();
      Future<?> future = start(one);
      if (!future.isComplete()) {
        future.onComplete(
            ended -> {
              tell(one, future);
              go();
            });
        return;
      }
      tell(one, future);
    }
    done.complete();
  }

  private Future<?> start(T one) {
    try {
      return action.apply(one);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void tell(T one, Future<?> future) {
    if (future.failed()) {
      failed.accept(one, future.cause());
    }
  }
}

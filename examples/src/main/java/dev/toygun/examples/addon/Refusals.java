package dev.toygun.examples.addon;

import dev.toygun.Next;
import dev.toygun.Tick;
import io.vertx.core.Future;

/** What Heroku refuses is for a person at once; that it does not answer is a failed try. */
final class Refusals {
  private Refusals() {}

  static <S extends Enum<S>> Future<Next<S>> panic(Tick<S> t, String kind, Throwable why) {
    return why instanceof Heroku.Refused
        ? Future.succeededFuture(t.panic(kind, String.valueOf(why.getMessage())))
        : Future.failedFuture(why);
  }
}

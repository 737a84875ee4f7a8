package dev.toygun.worker;

import dev.toygun.Next;
import dev.toygun.Step;
import dev.toygun.Tick;
import io.vertx.core.Future;

/** Where a user's code runs. */
public interface Steps {
  /**
   * Runs the code of a state. The future ends on the engine's thread, and fails with what the code
   * threw.
   */
  <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick);

  /** Code that was begun. */
  interface Run<S extends Enum<S>> {
    Future<Next<S>> next();

    /**
     * Ends, on the engine's thread, once the code has a thread to run on, or is never to have one.
     */
    default Future<Void> begun() {
      return Future.succeededFuture();
    }

    /** Asks the code to stop; it may ignore that. */
    void interrupt();

    /** Nobody waits for the code any more, though it still runs. */
    void giveUp();
  }

  /** The share of threads whose code was given up and still runs: 0 to 1. */
  double stuck();
}

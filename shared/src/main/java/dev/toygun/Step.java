package dev.toygun;

import io.vertx.core.Future;

/** The code of one state. It can run again after a crash: see {@link Tick#token}. */
public sealed interface Step<S extends Enum<S>> {

  /** Looks at the tick and answers. Touches nothing else: it may be run twice, and at any time. */
  @FunctionalInterface
  non-sealed interface Decide<S extends Enum<S>> extends Step<S> {
    Next<S> run(Tick<S> tick) throws Exception;
  }

  /** Runs on the event loop, and must not block it. */
  @FunctionalInterface
  non-sealed interface Async<S extends Enum<S>> extends Step<S> {
    Future<Next<S>> run(Tick<S> tick) throws Exception;
  }

  /**
   * Runs on a thread of its own, and may block it or {@code await()} a future: there is a bounded
   * pool of them. Past the state's limit it is interrupted.
   */
  @FunctionalInterface
  non-sealed interface Blocking<S extends Enum<S>> extends Step<S> {
    Next<S> run(Tick<S> tick) throws Exception;
  }
}

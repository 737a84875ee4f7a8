package dev.toygun.testing;

import dev.toygun.Next;
import dev.toygun.Step;
import dev.toygun.Tick;
import dev.toygun.worker.Steps;
import io.vertx.core.Future;

/**
 * Runs users' code where it stands, on the one thread of a simulation: no time passes meanwhile. A
 * blocking step may {@code await()} a future that is complete; on one that is not it would wait for
 * ever, since nothing else can run, and so the test fails.
 */
final class InlineSteps implements Steps {
  private final Invariants invariants;

  InlineSteps(Invariants invariants) {
    this.invariants = invariants;
  }

  @Override
  public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
    return new Begun<>(begin(step, tick));
  }

  private <S extends Enum<S>> Future<Next<S>> begin(Step<S> step, Tick<S> tick) {
    try {
      if (step instanceof Step.Decide<S> decide) {
        return Future.succeededFuture(decide.run(tick));
      } else if (step instanceof Step.Async<S> async) {
        return async.run(tick);
      }
      return Future.succeededFuture(blocking((Step.Blocking<S>) step, tick));
    } catch (AssertionError e) {
      invariants.add("a step's code failed an assertion: " + e);
      return Future.failedFuture(e);
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  private <S extends Enum<S>> Next<S> blocking(Step.Blocking<S> step, Tick<S> tick)
      throws Exception {
    try (AwaitGuard.Watch watch = AwaitGuard.watch()) {
      try {
        return step.run(tick);
      } finally {
        if (watch.stuck()) {
          invariants.add(
              "a blocking step awaits a future that nothing can complete: in a simulation a step"
                  + " runs in no time and nothing runs beside it, so have your fake answer with a"
                  + " completed future (Future.succeededFuture), or make the step async; it stood"
                  + " at "
                  + watch.where());
        }
      }
    }
  }

  @Override
  public double stuck() {
    return 0;
  }

  private record Begun<S extends Enum<S>>(Future<Next<S>> next) implements Run<S> {
    @Override
    public void interrupt() {}

    @Override
    public void giveUp() {}
  }
}

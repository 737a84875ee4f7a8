package dev.toygun.testing;

import dev.toygun.Next;
import dev.toygun.Step;
import dev.toygun.Tick;
import dev.toygun.worker.Steps;
import io.vertx.core.Future;

/** Users' code as a process runs it that may die before the code ran, or before it answers. */
final class MortalSteps implements Steps {
  private final Steps steps;
  private final Life life;

  MortalSteps(Steps steps, Life life) {
    this.steps = steps;
    this.life = life;
  }

  @Override
  public <S extends Enum<S>> Run<S> run(Step<S> step, Tick<S> tick) {
    return new Mortal<>(life.risk(() -> steps.run(step, tick).next()));
  }

  @Override
  public double stuck() {
    return steps.stuck();
  }

  private record Mortal<S extends Enum<S>>(Future<Next<S>> next) implements Run<S> {
    @Override
    public void interrupt() {}

    @Override
    public void giveUp() {}
  }
}

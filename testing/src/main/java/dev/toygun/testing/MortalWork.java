package dev.toygun.testing;

import dev.toygun.store.Committed;
import dev.toygun.store.Hold;
import dev.toygun.store.Loaded;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.UnknownOutcome;
import dev.toygun.store.Usage;
import dev.toygun.store.Work;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A store as a process sees it that may die before it asks, or before it is answered. */
final class MortalWork implements Work {
  private final Work store;
  private final Life life;

  MortalWork(Work store, Life life) {
    this.store = store;
    this.life = life;
  }

  @Override
  public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
    return life.risk(() -> store.load(resources, sees));
  }

  @Override
  public Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
    return life.risk(() -> store.resources(uuids));
  }

  @Override
  public Future<List<Committed>> commit(List<Outcome> group) {
    return life.risk(() -> life.faults().unanswered() ? unanswered(group) : some(group));
  }

  /** It may have arrived or not: nobody says. */
  private Future<List<Committed>> unanswered(List<Outcome> group) {
    Future<?> sent = life.faults().arrives() ? store.commit(group) : store.resources(List.of());
    return sent.transform(
        done -> Future.failedFuture(new UnknownOutcome("no answer, says the simulation", null)));
  }

  /** A row that somebody else has locked is left out, and said to be. */
  private Future<List<Committed>> some(List<Outcome> group) {
    List<Boolean> busy = group.stream().map(o -> life.faults().busy(o.subject().uuid())).toList();
    List<Outcome> sent = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      if (!busy.get(i)) {
        sent.add(group.get(i));
      }
    }
    return store
        .commit(sent)
        .map(
            done -> {
              Iterator<Committed> answers = done.iterator();
              return busy.stream()
                  .map(locked -> locked ? new Committed.Busy() : answers.next())
                  .toList();
            });
  }

  @Override
  public Future<List<Hold>> holds() {
    return life.ask(store::holds);
  }

  @Override
  public Future<Set<String>> demoted() {
    return life.ask(store::demoted);
  }

  @Override
  public Future<Void> charge(List<Usage> used) {
    return life.ask(() -> store.charge(used));
  }

  @Override
  public Future<Void> tried(Map<String, Integer> good) {
    return life.risk(() -> store.tried(good));
  }

  @Override
  public Future<Void> publish(List<TypeDefinition> definitions, String build) {
    return life.ask(() -> store.publish(definitions, build));
  }
}

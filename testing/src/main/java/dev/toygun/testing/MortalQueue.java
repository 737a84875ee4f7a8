package dev.toygun.testing;

import dev.toygun.queue.Queue;
import dev.toygun.queue.Ticket;
import dev.toygun.store.ListName;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A queue as a process uses it that may die with what it popped. */
final class MortalQueue implements Queue {
  private final Queue queue;
  private final Life life;

  MortalQueue(Queue queue, Life life) {
    this.queue = queue;
    this.life = life;
  }

  @Override
  public Future<Void> push(List<Ticket> tickets) {
    return life.risk(() -> queue.push(tickets));
  }

  @Override
  public Future<List<Ticket>> pop(List<ListName> lists, int most) {
    return life.ask(() -> queue.pop(lists, most));
  }

  @Override
  public Future<Void> awaitAny(List<ListName> lists, Duration time) {
    return life.ask(() -> queue.awaitAny(lists, time));
  }

  @Override
  public Future<Map<ListName, Depth>> depths(Collection<ListName> lists) {
    return life.ask(() -> queue.depths(lists));
  }

  @Override
  public Future<Map<String, Long>> unopened() {
    return life.ask(queue::unopened);
  }

  @Override
  public Future<Epoch> epoch() {
    return life.ask(queue::epoch);
  }

  @Override
  public Future<Void> heartbeat(Worker worker) {
    return life.ask(() -> queue.heartbeat(worker));
  }

  @Override
  public Future<List<Worker>> workers() {
    return life.ask(queue::workers);
  }

  @Override
  public Future<Void> farewell(String worker) {
    return life.ask(() -> queue.farewell(worker));
  }

  @Override
  public Future<Void> nudge() {
    return life.ask(queue::nudge);
  }

  @Override
  public Listening listen(Runnable nudged) {
    return queue.listen(
        () -> {
          if (!life.isOver()) {
            nudged.run();
          }
        });
  }

  @Override
  public Future<Void> interrupt(SubjectKey subject) {
    return life.ask(() -> queue.interrupt(subject));
  }

  @Override
  public Listening interrupts(Consumer<SubjectKey> asked) {
    return queue.interrupts(
        subject -> {
          if (!life.isOver() && !life.isFrozen()) {
            asked.accept(subject);
          }
        });
  }
}

package dev.toygun.clock;

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

/** A queue that cannot be reached while it is told so. */
final class BrokenQueue implements Queue {
  private final Queue queue;
  boolean away;
  boolean refusesPushes;

  BrokenQueue(Queue queue) {
    this.queue = queue;
  }

  @Override
  public Future<Void> push(List<Ticket> tickets) {
    return away || refusesPushes ? gone() : queue.push(tickets);
  }

  @Override
  public Future<List<Ticket>> pop(List<ListName> lists, int most) {
    return away ? gone() : queue.pop(lists, most);
  }

  @Override
  public Future<Void> awaitAny(List<ListName> lists, Duration time) {
    return queue.awaitAny(lists, time);
  }

  @Override
  public Future<Map<ListName, Depth>> depths(Collection<ListName> lists) {
    return away ? gone() : queue.depths(lists);
  }

  @Override
  public Future<Map<String, Long>> unopened() {
    return away ? gone() : queue.unopened();
  }

  @Override
  public Future<Epoch> epoch() {
    return away ? gone() : queue.epoch();
  }

  @Override
  public Future<Void> heartbeat(Worker worker) {
    return away ? gone() : queue.heartbeat(worker);
  }

  @Override
  public Future<List<Worker>> workers() {
    return away ? gone() : queue.workers();
  }

  @Override
  public Future<Void> farewell(String worker) {
    return away ? gone() : queue.farewell(worker);
  }

  @Override
  public Future<Void> nudge() {
    return away ? gone() : queue.nudge();
  }

  @Override
  public Listening listen(Runnable nudged) {
    return queue.listen(nudged);
  }

  @Override
  public Future<Void> interrupt(SubjectKey subject) {
    return away ? gone() : queue.interrupt(subject);
  }

  @Override
  public Listening interrupts(Consumer<SubjectKey> asked) {
    return queue.interrupts(asked);
  }

  private static <T> Future<T> gone() {
    return Future.failedFuture("the queue is away");
  }
}

package dev.toygun.worker;

import dev.toygun.Priority;
import dev.toygun.store.ListName;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What a worker has in hand of each list: leases that it holds, or is about to ask for; and code
 * that waits for a thread.
 */
final class Hands {
  private final Map<ListName, Integer> full = new HashMap<>();
  private final Map<ListName, Integer> threadless = new HashMap<>();
  private final Map<Priority, Integer> ofPriority = new EnumMap<>(Priority.class);
  private final Map<Priority, Integer> running = new EnumMap<>(Priority.class);
  private final Runnable begun;
  private int size;

  /**
   * Nothing yet.
   *
   * @param begun is told when code that waited has a thread
   */
  Hands(Runnable begun) {
    this.begun = begun;
  }

  void take(ListName list, int leases) {
    size += leases;
    ofPriority.merge(Priority.ofStored(list.priority()), leases, Integer::sum);
    full.merge(list, leases, Integer::sum);
  }

  void free(ListName list, int leases) {
    size -= leases;
    ofPriority.merge(Priority.ofStored(list.priority()), -leases, Integer::sum);
    full.computeIfPresent(list, (name, had) -> had == leases ? null : had - leases);
  }

  /** Code of this list is under way: it has no thread until then, and runs until its end. */
  void underway(ListName list, Future<Void> thread, Future<?> end) {
    threadless.merge(list, 1, Integer::sum);
    thread.onComplete(
        done -> {
          threadless.computeIfPresent(list, (name, had) -> had == 1 ? null : had - 1);
          runs(Priority.ofStored(list.priority()), end);
          begun.run();
        });
  }

  private void runs(Priority priority, Future<?> end) {
    running.merge(priority, 1, Integer::sum);
    end.onComplete(done -> running.merge(priority, -1, Integer::sum));
  }

  /** Whether any code waits for a thread. */
  boolean anyThreadless() {
    return !threadless.isEmpty();
  }

  /** How much code of this list waits for a thread. */
  int threadless(ListName list) {
    return threadless.getOrDefault(list, 0);
  }

  int size() {
    return size;
  }

  /** How much of this list. */
  int of(ListName list) {
    return full.getOrDefault(list, 0);
  }

  /**
   * Whether there is nothing of a higher priority, or none of this list's own but what runs: who is
   * lower passes whoever is higher with one ticket at a time, and a long step keeps nobody out.
   */
  boolean lets(ListName list) {
    Priority own = Priority.ofStored(list.priority());
    return of(own) <= running.getOrDefault(own, 0)
        || ofPriority.keySet().stream()
            .allMatch(other -> other.compareTo(own) >= 0 || of(other) == 0);
  }

  private int of(Priority priority) {
    return ofPriority.getOrDefault(priority, 0);
  }

  /** Of how many lists there is anything. */
  int lists() {
    return full.size();
  }
}

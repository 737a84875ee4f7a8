package dev.toygun.bench.toygun;

import dev.toygun.TaskName;
import dev.toygun.queue.Tickets;
import dev.toygun.service.Ground;
import dev.toygun.service.Launcher;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.ListName;
import dev.toygun.store.Operations;
import dev.toygun.store.PlainStart;
import dev.toygun.store.TaskStart;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts tasks on the store itself, as the API's process does: commits, then pushes tickets. Many
 * at once, in groups.
 */
final class Starts {
  private static final int GROUP = 500;
  private static final int UNDER_WAY = 2;
  private static final Duration MOST = Duration.ofMinutes(5);

  private static final By BY = new By(Cause.API, "key:bench", "", null);

  private final Ground ground;
  private final Operations operations;

  Starts(Ground ground) {
    this.ground = ground;
    this.operations =
        new Operations(
            ground.store(),
            Tickets.announcing(ground.queue(), ground.time()),
            ground.time(),
            "bench",
            "bench");
  }

  /** Starts one task, as the API does; the run that has begun. */
  Future<UUID> one(UUID resource, TaskName name, String queue) {
    return operations.start(resource, start(name, queue), BY).map(Operations.Started::task);
  }

  /** Starts a task on each of these resources, one by each request, by so many callers. */
  void oneByOne(List<UUID> resources, TaskName name, String queue, int callers) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<Void>> all = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      all.add(call(resources, next, name, queue));
    }
    Launcher.wait(Future.all(all), MOST);
  }

  private Future<Void> call(List<UUID> resources, AtomicInteger next, TaskName name, String queue) {
    int number = next.getAndIncrement();
    return number >= resources.size()
        ? Future.succeededFuture()
        : one(resources.get(number), name, queue)
            .compose(begun -> call(resources, next, name, queue));
  }

  /** A start of a task, on this queue. */
  TaskStart start(TaskName name, String queue) {
    return new TaskStart(
        ground.time().uuid(), name.value(), false, false, "{}", "{}", list(name, queue), "bench");
  }

  private static ListName list(TaskName name, String queue) {
    String type = name.equals(BenchTypes.HAUL) ? BenchTypes.HEAVY : BenchTypes.TYPE;
    return new ListName(queue, type, 1, ListName.DEFAULT_PRIORITY);
  }

  /** Where tickets of a queue go. */
  static ListName list(String queue) {
    return new ListName(queue, BenchTypes.TYPE, 1, ListName.DEFAULT_PRIORITY);
  }

  /** Starts a task on each of these resources. */
  void bulk(List<UUID> resources, TaskName name, String queue) throws Exception {
    Deque<List<UUID>> groups = new ArrayDeque<>();
    for (int from = 0; from < resources.size(); from += GROUP) {
      groups.add(resources.subList(from, Math.min(resources.size(), from + GROUP)));
    }
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < UNDER_WAY; lane++) {
      lanes.add(next(groups, name, queue));
    }
    Launcher.wait(Future.all(lanes), MOST);
  }

  private Future<Void> next(Deque<List<UUID>> groups, TaskName name, String queue) {
    List<UUID> group;
    synchronized (groups) {
      group = groups.poll();
    }
    return group == null
        ? Future.succeededFuture()
        : commit(group, name, queue).compose(done -> next(groups, name, queue));
  }

  private Future<Void> commit(List<UUID> group, TaskName name, String queue) {
    ConcurrentLinkedQueue<Committed.Woken> woken = new ConcurrentLinkedQueue<>();
    List<Future<?>> begun = new ArrayList<>();
    for (UUID resource : group) {
      begun.add(
          ground
              .store()
              .begin(PlainStart.of(resource, start(name, queue)), Cause.API)
              .compose(
                  done ->
                      done.isPresent() && woken.addAll(done.get().due())
                          ? Future.succeededFuture()
                          : one(resource, name, queue)));
    }
    return Future.all(begun).compose(all -> announce(List.copyOf(woken), ground.time().now()));
  }

  /** Pushes tickets of what became due at this moment. */
  Future<Void> announce(List<Committed.Woken> woken, Instant at) {
    return ground.queue().push(Tickets.of(woken, Cause.API, at, null));
  }
}

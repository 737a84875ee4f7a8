package dev.toygun.bench.toygun;

import dev.toygun.TaskName;
import dev.toygun.queue.Tickets;
import dev.toygun.service.Ground;
import dev.toygun.service.Launcher;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.Committed;
import dev.toygun.store.Family;
import dev.toygun.store.ListName;
import dev.toygun.store.Operations;
import dev.toygun.store.Outcome;
import dev.toygun.store.OutcomeDraft;
import dev.toygun.store.Stamp;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TaskStart;
import dev.toygun.store.Wake;
import dev.toygun.store.Work;
import io.vertx.core.Future;
import java.time.Duration;
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
  private static final int GROUP = 512;
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

  /**
   * Starts a task on each of these resources.
   *
   * @return the runs, in no order
   */
  List<SubjectKey> bulk(List<UUID> resources, TaskName name, String queue) throws Exception {
    Deque<List<UUID>> groups = new ArrayDeque<>();
    for (int from = 0; from < resources.size(); from += GROUP) {
      groups.add(resources.subList(from, Math.min(resources.size(), from + GROUP)));
    }
    ConcurrentLinkedQueue<SubjectKey> begun = new ConcurrentLinkedQueue<>();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < UNDER_WAY; lane++) {
      lanes.add(next(groups, name, queue, begun));
    }
    Launcher.wait(Future.all(lanes), MOST);
    return List.copyOf(begun);
  }

  private Future<Void> next(
      Deque<List<UUID>> groups,
      TaskName name,
      String queue,
      ConcurrentLinkedQueue<SubjectKey> begun) {
    List<UUID> group;
    synchronized (groups) {
      group = groups.poll();
    }
    if (group == null) {
      return Future.succeededFuture();
    }
    return commit(group, name, queue, begun).compose(done -> next(groups, name, queue, begun));
  }

  private Future<Void> commit(
      List<UUID> group, TaskName name, String queue, ConcurrentLinkedQueue<SubjectKey> begun) {
    return ground
        .store()
        .load(group, Work.Sees.ITSELF)
        .compose(
            loaded -> {
              List<Outcome> outcomes = new ArrayList<>();
              for (Family family : loaded.families()) {
                outcomes.add(outcome(family, start(name, queue), loaded.now()));
              }
              return ground
                  .store()
                  .commit(outcomes)
                  .compose(answers -> told(outcomes, answers, name, queue, begun));
            });
  }

  private Outcome outcome(Family family, TaskStart start, java.time.Instant now) {
    OutcomeDraft draft = OutcomeDraft.of(family, family.resource().key(), stamp(), now);
    draft.start(start);
    draft.wake(Wake.RESOURCE);
    return draft.build().orElseThrow();
  }

  private Stamp stamp() {
    return new Stamp(Cause.API, "key:bench", "bench", "bench", null, null, Stamp.Delays.NONE);
  }

  /** Announces what was begun; starts those again that somebody came between. */
  private Future<Void> told(
      List<Outcome> outcomes,
      List<Committed> answers,
      TaskName name,
      String queue,
      ConcurrentLinkedQueue<SubjectKey> begun) {
    List<Committed.Woken> woken = new ArrayList<>();
    List<UUID> again = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      UUID resource = outcomes.get(i).subject().resource();
      if (answers.get(i) instanceof Committed.Done done) {
        woken.addAll(done.woken());
        done.begun().forEach(run -> begun.add(key(resource, run)));
      } else if (answers.get(i) instanceof Committed.Refused refused) {
        return Future.failedFuture(resource + " was refused: " + refused.message());
      } else {
        again.add(resource);
      }
    }
    Future<Void> announced = announce(woken);
    return again.isEmpty()
        ? announced
        : announced.compose(done -> commit(again, name, queue, begun));
  }

  private static SubjectKey key(UUID resource, @org.jspecify.annotations.Nullable UUID run) {
    if (run == null) {
      throw new IllegalStateException("a start of " + resource + " begun nothing");
    }
    return new SubjectKey(resource, run);
  }

  /** Pushes tickets. */
  Future<Void> announce(List<Committed.Woken> woken) {
    return ground.queue().push(Tickets.of(woken, Cause.API, ground.time().now(), null));
  }
}

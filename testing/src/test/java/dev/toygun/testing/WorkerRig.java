package dev.toygun.testing;

import dev.toygun.BuiltIn;
import dev.toygun.ResourceType;
import dev.toygun.TypeSet;
import dev.toygun.crypto.Keyring;
import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.InProcessQueue;
import dev.toygun.queue.Leases;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Tickets;
import dev.toygun.store.Announce;
import dev.toygun.store.By;
import dev.toygun.store.Cause;
import dev.toygun.store.ChildCreate;
import dev.toygun.store.Committed;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.Loaded;
import dev.toygun.store.Operations;
import dev.toygun.store.Outcome;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.SubjectKey;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.Usage;
import dev.toygun.store.Work;
import dev.toygun.trace.Spans.Span;
import dev.toygun.worker.Steps;
import dev.toygun.worker.Worker;
import dev.toygun.worker.WorkerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One worker, no clock, in virtual time; a test says what stands between it and the rows. */
abstract class WorkerRig {
  /** What requests led to. */
  final List<Span> spans = new ArrayList<>();

  static final ListName LIST = new ListName("default", "thing", 1, 5);

  final VirtualTime time = new VirtualTime(1);
  final MemoryStore store = new MemoryStore(time);
  final InProcessQueue queue = new InProcessQueue(time, new SimpleMeterRegistry());
  final InProcessLeases leases = new InProcessLeases(time);

  /** What the worker measures. */
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  /** The resource that was made. */
  UUID thing = new UUID(0, 0);

  /** The rows, as a worker has them that nothing stands in the way of. */
  class Rows implements Work {
    @Override
    public Future<Loaded> load(Collection<UUID> resources, Sees sees) {
      return store.load(resources, sees);
    }

    @Override
    public Future<List<ResourceRow>> resources(Collection<UUID> uuids) {
      return store.resources(uuids);
    }

    @Override
    public Future<List<Committed>> commit(List<Outcome> group) {
      return store.commit(group);
    }

    @Override
    public Future<List<Hold>> holds() {
      return store.holds();
    }

    @Override
    public Future<Set<String>> demoted() {
      return store.demoted();
    }

    @Override
    public Future<Void> charge(List<Usage> used) {
      return store.charge(used);
    }

    @Override
    public Future<Void> tried(Map<String, Integer> good) {
      return store.tried(good);
    }

    @Override
    public Future<Void> publish(List<TypeDefinition> definitions, String build) {
      return store.publish(definitions, build);
    }
  }

  /** The leases, likewise. */
  class OwnLeases implements Leases {
    @Override
    public Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants) {
      return leases.take(owner, wants);
    }

    @Override
    public Future<Set<UUID>> renew(String owner, Map<UUID, Map<UUID, Lost>> ticking) {
      return leases.renew(owner, ticking);
    }

    @Override
    public Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> released) {
      return leases.release(owner, released);
    }

    @Override
    public Future<Set<UUID>> expire(String owner) {
      return leases.expire(owner);
    }

    @Override
    public Future<Map<UUID, Holder>> holders(Set<UUID> asked) {
      return leases.holders(asked);
    }
  }

  /** Starts a worker of the type {@code thing}, and makes one of these. */
  void work(ResourceType<?> type, Work rows, Leases held) {
    work(type, rows, held, new InlineSteps(store.invariants()));
  }

  /** The same, and says where code is run. */
  Worker work(ResourceType<?> type, Work rows, Leases held, Steps steps) {
    Worker worker =
        worker(WorkerSettings.of("worker-1", "test"), List.of(type), rows, queue, held, steps);
    worker.start();
    Announce announce =
        (woken, cause, trace) -> queue.push(Tickets.of(woken, Cause.API, time.now(), trace));
    ChildCreate one = new ChildCreate(time.uuid(), "one", "{}", LIST, BuiltIn.NEW);
    new Operations(store, announce, time, "test", "test")
        .create(null, one, By.operator("key:test"))
        .onSuccess(made -> thing = made);
    return worker;
  }

  /** A worker that is not started yet. */
  Worker worker(
      WorkerSettings settings,
      List<ResourceType<?>> types,
      Work rows,
      Queue tickets,
      Leases held,
      Steps steps) {
    return new Worker(
        settings,
        TypeSet.of(types),
        time,
        rows,
        tickets,
        held,
        steps,
        Keyring.parse(Keyring.newKeychain(time::random), time::random),
        metrics,
        spans::add);
  }
}

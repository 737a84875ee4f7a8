package dev.toygun.api;

import dev.toygun.queue.InProcessLeases;
import dev.toygun.queue.Leases;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Leases that may be asked in vain who holds them. */
final class Leased implements Leases {
  volatile boolean areSilent;
  private final Leases leases;

  Leased(Time time) {
    leases = new InProcessLeases(time);
  }

  /** A worker has a machine in hand. */
  void take(String worker, SubjectKey machine) {
    ApiRig.await(take(worker, Map.of(machine.resource(), new Want(Set.of(machine), false))));
  }

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
    return areSilent ? Promise.<Map<UUID, Holder>>promise().future() : leases.holders(asked);
  }
}

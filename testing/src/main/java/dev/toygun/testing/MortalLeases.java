package dev.toygun.testing;

import dev.toygun.queue.Leases;
import dev.toygun.store.SubjectKey;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Leases as a process takes them that may die with them in its hands. */
final class MortalLeases implements Leases {
  private final Leases leases;
  private final Life life;

  MortalLeases(Leases leases, Life life) {
    this.leases = leases;
    this.life = life;
  }

  @Override
  public Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants) {
    return life.awake(() -> takeAwake(owner, wants));
  }

  private Future<Map<UUID, Taken>> takeAwake(String owner, Map<UUID, Want> wants) {
    Set<UUID> before = Set.copyOf(life.held());
    // Counted as held while they are asked for: whoever freezes now has them when it goes on.
    life.held().addAll(wants.keySet());
    return life.risk(
        () ->
            leases
                .take(owner, wants)
                .onSuccess(
                    taken -> {
                      taken.keySet().forEach(lease -> life.faults().taken(lease, life));
                      wants.keySet().stream()
                          .filter(lease -> !taken.containsKey(lease) && !before.contains(lease))
                          .forEach(life.held()::remove);
                    }));
  }

  @Override
  public Future<Set<UUID>> renew(String owner, Map<UUID, Map<UUID, Lost>> ticking) {
    return life.ask(() -> leases.renew(owner, ticking));
  }

  @Override
  public Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> uuids) {
    return life.risk(
        () ->
            leases
                .release(owner, uuids)
                .onSuccess(
                    kept ->
                        uuids.stream()
                            .filter(lease -> !kept.containsKey(lease))
                            .forEach(
                                lease -> {
                                  life.held().remove(lease);
                                  life.faults().released(lease, life);
                                })));
  }

  @Override
  public Future<Set<UUID>> expire(String owner) {
    return life.ask(() -> leases.expire(owner));
  }

  @Override
  public Future<Map<UUID, Holder>> holders(Set<UUID> uuids) {
    return life.ask(() -> leases.holders(uuids));
  }
}

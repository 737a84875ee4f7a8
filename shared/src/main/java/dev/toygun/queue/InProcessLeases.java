package dev.toygun.queue;

import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Leases in memory, for one process and for simulations. Every future is complete when it is
 * returned. Safe for use from any thread.
 */
public final class InProcessLeases implements Leases {
  private static final Duration KEPT = Duration.ofHours(1);

  private final Map<UUID, Entry> entries = new HashMap<>();
  private final Time time;
  private final Duration leaseTime;

  /** Leases that hold for {@link Leases#TIME}. */
  public InProcessLeases(Time time) {
    this(time, Leases.TIME);
  }

  /** Leases that hold for this long. */
  public InProcessLeases(Time time, Duration leaseTime) {
    this.time = time;
    this.leaseTime = leaseTime;
  }

  @Override
  public synchronized Future<Map<UUID, Taken>> take(String owner, Map<UUID, Want> wants) {
    LeaseText.owner(owner);
    Instant now = time.now();
    Map<UUID, Taken> taken = new HashMap<>();
    wants.forEach(
        (lease, want) -> {
          Entry entry = entries.get(lease);
          if (entry == null) {
            Entry taking = new Entry(owner, now.plus(leaseTime));
            taking.note(want.subjects());
            entries.put(lease, taking);
            taken.put(lease, new Taken(Map.of()));
          } else if (entry.until.isAfter(now)) {
            entry.join(want);
          } else {
            entry.takeOver(owner, now.plus(leaseTime));
            taken.put(lease, new Taken(Map.copyOf(entry.ticking)));
            entry.note(want.subjects());
          }
        });
    return Future.succeededFuture(taken);
  }

  @Override
  public synchronized Future<Set<UUID>> renew(String owner, Map<UUID, Map<UUID, Lost>> ticking) {
    Set<UUID> held = new HashSet<>();
    ticking.forEach(
        (lease, subjects) -> {
          Entry entry = entries.get(lease);
          if (entry != null && entry.owner.equals(owner)) {
            entry.until = time.now().plus(leaseTime);
            entry.ticking = new LinkedHashMap<>(subjects);
            held.add(lease);
          }
        });
    return Future.succeededFuture(held);
  }

  @Override
  public synchronized Future<Map<UUID, Set<SubjectKey>>> release(String owner, Set<UUID> leases) {
    Map<UUID, Set<SubjectKey>> kept = new HashMap<>();
    for (UUID lease : leases) {
      Entry entry = entries.get(lease);
      if (entry == null || !entry.owner.equals(owner)) {
        continue;
      }
      if (entry.again.isEmpty()) {
        entries.remove(lease);
      } else {
        kept.put(lease, entry.again);
        Entry keeping = new Entry(owner, time.now().plus(leaseTime));
        keeping.note(entry.again);
        entries.put(lease, keeping);
      }
    }
    return Future.succeededFuture(kept);
  }

  @Override
  public synchronized Future<Set<UUID>> expire(String owner) {
    Instant now = time.now();
    entries.values().removeIf(entry -> entry.until.isBefore(now.minus(KEPT)));
    Set<UUID> ended = new HashSet<>();
    entries.forEach(
        (lease, entry) -> {
          if (entry.owner.equals(owner) && entry.until.isAfter(now)) {
            entry.until = now;
            ended.add(lease);
          }
        });
    return Future.succeededFuture(ended);
  }

  @Override
  public synchronized Future<Map<UUID, Holder>> holders(Set<UUID> leases) {
    Instant now = time.now();
    Map<UUID, Holder> holders = new HashMap<>();
    for (UUID lease : leases) {
      Entry entry = entries.get(lease);
      if (entry != null && entry.until.isAfter(now)) {
        holders.put(lease, new Holder(entry.owner, Set.copyOf(entry.ticking.keySet())));
      }
    }
    return Future.succeededFuture(holders);
  }

  /** Forgets every lease, as a Redis does that is emptied. */
  public synchronized void forgetEverything() {
    entries.clear();
  }

  private static final class Entry {
    private final Set<SubjectKey> again = new LinkedHashSet<>();
    private String owner;
    private Instant until;
    private Map<UUID, Lost> ticking = new LinkedHashMap<>();

    Entry(String owner, Instant until) {
      this.owner = owner;
      this.until = until;
    }

    void join(Want want) {
      for (SubjectKey subject : want.subjects()) {
        boolean own = want.poll() && ticking.containsKey(subject.uuid());
        if (!own && again.size() < LeaseScripts.MOST_AGAIN) {
          again.add(subject);
        }
      }
    }

    void note(Set<SubjectKey> subjects) {
      subjects.forEach(subject -> ticking.putIfAbsent(subject.uuid(), Lost.UNREAD));
    }

    void takeOver(String by, Instant newUntil) {
      owner = by;
      until = newUntil;
      ticking.replaceAll((subject, lost) -> new Lost(lost.step(), lost.times() + 1));
    }
  }
}

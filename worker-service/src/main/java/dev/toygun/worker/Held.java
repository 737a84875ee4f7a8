package dev.toygun.worker;

import dev.toygun.queue.Leases;
import dev.toygun.store.SubjectKey;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leases that this worker holds: takes, renews and returns them, a hash at a time. */
final class Held {
  /** How often leases are renewed. */
  static final Duration RENEWAL = Duration.ofSeconds(3);

  /** Nothing is sent under a lease that was last renewed longer ago. */
  static final Duration TRUST = Duration.ofSeconds(7);

  private static final Logger LOG = LoggerFactory.getLogger(Held.class);

  private final Leases leases;
  private final Time time;
  private final String owner;
  private final Hands hands;
  private final Map<UUID, Errand> errands = new HashMap<>();
  private final Batches<UUID, Set<SubjectKey>> releases;
  private final Batches<Errand, Boolean> notes;
  private final Consumer<Errand> lost;
  private boolean stopped;

  /**
   * Leases of this worker.
   *
   * @param hands counts them
   * @param lost is told of an errand whose lease is somebody else's by now
   */
  Held(Leases leases, Time time, WorkerSettings settings, Hands hands, Consumer<Errand> lost) {
    this.hands = hands;
    this.lost = lost;
    this.leases = leases;
    this.time = time;
    this.owner = settings.id();
    this.releases = new Batches<>(time::nanos, settings.group(), 2, this::releaseAll);
    this.notes = new Batches<>(time::nanos, settings.group(), 2, this::noteAll);
  }

  void start() {
    time.after(RENEWAL, this::renewAll);
  }

  void stop() {
    stopped = true;
    errands.values().forEach(Errand::lose);
  }

  int size() {
    return errands.size();
  }

  /** What is in hand of each list: what is held, and what is on its way to that. */
  Hands hands() {
    return hands;
  }

  Optional<Errand> find(UUID lease) {
    return Optional.ofNullable(errands.get(lease));
  }

  void add(Errand errand) {
    drop(errands.put(errand.lease, errand));
    hands.take(errand.list, 1);
  }

  /** Takes leases of one hash. */
  Future<Map<UUID, Leases.Taken>> take(Map<UUID, Leases.Want> wants) {
    return leases.take(owner, wants);
  }

  /** Whether something may still be sent under the errand's lease. */
  boolean trusted(Errand errand) {
    return !errand.over && time.nanos() - errand.renewed < TRUST.toNanos();
  }

  /** Notes what is being ticked, so that whoever takes over knows what its holder died of. */
  Future<Boolean> note(Errand errand) {
    return notes.ask(errand);
  }

  /** Notes of all that its worker's end is no death: what it died of before stays noted. */
  Future<?> takeBackNotes() {
    return Future.join(
        byHash(List.copyOf(errands.keySet())).stream()
            .map(hash -> leases.renew(owner, spared(hash)))
            .toList());
  }

  private Map<UUID, Map<UUID, Leases.Lost>> spared(List<UUID> group) {
    Map<UUID, Map<UUID, Leases.Lost>> ticking = new HashMap<>();
    group.forEach(lease -> find(lease).ifPresent(held -> ticking.put(lease, held.noted.spared())));
    return ticking;
  }

  /** Gives the lease back; what is returned was asked for meanwhile, and the lease kept for it. */
  Future<Set<SubjectKey>> release(Errand errand) {
    return releases.ask(errand.lease);
  }

  /** Gives leases of one hash back that were asked for, without an answer. */
  void giveBack(Set<UUID> asked) {
    leases
        .release(owner, asked)
        .onFailure(error -> LOG.debug("not given back: {}", error.getMessage()));
  }

  /** A subject was asked to end: what is ticked of it here is broken off. */
  void interrupt(SubjectKey asked) {
    List.copyOf(errands.values()).stream()
        .filter(errand -> errand.resource.equals(asked.resource()) && !errand.over)
        .forEach(errand -> errand.interrupt(asked));
  }

  /** What is ticked here of such subjects is broken off. */
  void interrupt(Predicate<Subject> asked) {
    List.copyOf(errands.values()).stream()
        .filter(errand -> !errand.over)
        .forEach(errand -> errand.interrupt(asked));
  }

  void forget(Errand errand) {
    errand.over = true;
    remove(errand);
  }

  private void remove(Errand errand) {
    if (errands.remove(errand.lease, errand)) {
      drop(errand);
    }
  }

  private void drop(@Nullable Errand errand) {
    if (errand != null) {
      hands.free(errand.list, 1);
    }
  }

  private void renewAll() {
    if (stopped) {
      return;
    }
    time.after(RENEWAL, this::renewAll);
    renew(errands.values().stream().filter(e -> !e.over && !e.releasing).toList())
        .onFailure(error -> LOG.warn("leases could not be renewed: {}", error.getMessage()));
  }

  private Future<List<Boolean>> noteAll(List<Errand> group) {
    return renew(group)
        .map(held -> group.stream().map(errand -> held.contains(errand.lease)).toList());
  }

  private Future<Set<UUID>> renew(Collection<Errand> group) {
    long asked = time.nanos();
    Set<UUID> held = new HashSet<>();
    List<Future<Set<UUID>>> calls = new ArrayList<>();
    Map<Integer, Map<UUID, Errand>> hashes = new HashMap<>();
    for (Errand errand : group) {
      hashes
          .computeIfAbsent(Leases.hashOf(errand.lease), hash -> new HashMap<>())
          .put(errand.lease, errand);
    }
    for (Map<UUID, Errand> hash : hashes.values()) {
      Map<UUID, Map<UUID, Leases.Lost>> ticking = new HashMap<>();
      hash.forEach((lease, errand) -> ticking.put(lease, errand.noted.toNote()));
      calls.add(
          leases
              .renew(owner, ticking)
              .onSuccess(
                  ours -> {
                    held.addAll(ours);
                    hash.values().forEach(e -> renewed(e, ours.contains(e.lease), asked));
                  }));
    }
    return Future.join(calls).map(all -> held);
  }

  /* One that is being given back says nothing of another's: it may be gone, and taken again. */
  private void renewed(Errand errand, boolean ours, long asked) {
    if (errand.over || errand.releasing) {
      return;
    }
    if (ours) {
      errand.renewed = asked;
    } else {
      Traced.line(LOG.atWarn(), errand.trace)
          .log("the lease on {} is somebody else's by now: its tick is dropped", errand.lease);
      errand.lose();
      remove(errand);
      lost.accept(errand);
    }
  }

  private Future<List<Set<SubjectKey>>> releaseAll(List<UUID> group) {
    Map<UUID, Set<SubjectKey>> kept = new HashMap<>();
    List<Future<Map<UUID, Set<SubjectKey>>>> calls =
        byHash(group).stream()
            .map(hash -> leases.release(owner, new HashSet<>(hash)).otherwise(Map.of()))
            .map(answer -> answer.onSuccess(kept::putAll))
            .toList();
    return Future.join(calls)
        .map(all -> group.stream().map(lease -> kept.getOrDefault(lease, Set.of())).toList());
  }

  /** Leases by the hash that they live in. */
  private static Collection<List<UUID>> byHash(List<UUID> group) {
    Map<Integer, List<UUID>> hashes = new HashMap<>();
    group.forEach(
        lease ->
            hashes.computeIfAbsent(Leases.hashOf(lease), hash -> new ArrayList<>()).add(lease));
    return hashes.values();
  }
}

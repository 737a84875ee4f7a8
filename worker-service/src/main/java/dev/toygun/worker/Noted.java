package dev.toygun.worker;

import dev.toygun.queue.Leases.Lost;
import dev.toygun.store.Family;
import dev.toygun.store.MachineRow;
import dev.toygun.store.SubjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is noted with an errand's lease as being ticked, so that whoever takes over knows what its
 * worker died of, and how often that was so.
 *
 * <p>As long as nobody died of any of it, all that was asked for is noted together, once. After
 * that each is noted by itself before it is ticked, so that no other is blamed.
 */
final class Noted {
  private final Map<UUID, Lost> ticking = new HashMap<>();

  /** Whose tick has come back since that was last noted. */
  private final Set<UUID> back = new HashSet<>();

  /** What was last about to be ticked. */
  private @Nullable UUID next;

  /**
   * It waits to be ticked alone, or is ticked beside other suspects: what its worker dies of
   * meanwhile is not this, or may be another.
   */
  boolean isSpared;

  /** These were noted as the lease was taken, and what an earlier holder lost. */
  void taken(Set<SubjectKey> askedFor, Map<UUID, Lost> lost) {
    ticking.clear();
    back.clear();
    next = null;
    askedFor.forEach(key -> ticking.put(key.uuid(), Lost.UNREAD));
    ticking.putAll(lost);
  }

  /**
   * Whether it may be ticked as things are noted: nobody died of any of it, and it is noted, or is
   * the resource that comes after its tasks.
   */
  boolean isEnoughFor(SubjectKey key, boolean first) {
    boolean noted = ticking.containsKey(key.uuid()) || (key.isResource() && !first);
    return noted && !isBlamed();
  }

  /** Its row was read: it is at this step. */
  void read(SubjectKey key, Family family) {
    if (ticking.containsKey(key.uuid())) {
      at(key, family);
    }
  }

  /** It is about to be ticked at its step. */
  void ticks(SubjectKey key, Family family) {
    next = key.uuid();
    at(key, family);
  }

  private void at(SubjectKey key, Family family) {
    back.remove(key.uuid());
    long step = family.machine(key).map(MachineRow::step).orElse(0L);
    ticking.compute(
        key.uuid(),
        (uuid, was) ->
            new Lost(
                step, was != null && (was.step() == step || was.step() < 0) ? was.times() : 0));
  }

  /** Its tick has come back. */
  void back(SubjectKey key) {
    back.add(key.uuid());
  }

  /** It panics: nothing is ticked of it. */
  void forget(SubjectKey key) {
    ticking.remove(key.uuid());
  }

  /** Whether it is to be ticked with care: two workers died while they ticked it. */
  boolean isSuspect(SubjectKey key) {
    return times(key) == 2;
  }

  /** Whether it is not ticked again: a third one died of it. */
  boolean isCondemned(SubjectKey key) {
    return times(key) > 2;
  }

  /** How often workers died while they ticked it at its step. */
  int times(SubjectKey key) {
    return times(key.uuid());
  }

  private int times(UUID uuid) {
    Lost lost = ticking.get(uuid);
    return lost == null ? 0 : lost.times();
  }

  private boolean isBlamed() {
    return ticking.values().stream().anyMatch(lost -> lost.times() > 0);
  }

  /** What is to be noted. */
  Map<UUID, Lost> toNote() {
    back.stream().filter(uuid -> times(uuid) == 0).forEach(ticking::remove);
    back.clear();
    if (!isSpared && !isBlamed()) {
      return Map.copyOf(ticking);
    }
    Map<UUID, Lost> noted = spared();
    Lost own = next == null || isSpared ? null : ticking.get(next);
    if (next != null && own != null) {
      noted.put(next, own);
    }
    return noted;
  }

  /** What is to be noted so that whoever takes over counts no more deaths than there have been. */
  Map<UUID, Lost> spared() {
    Map<UUID, Lost> noted = new HashMap<>();
    ticking.forEach(
        (uuid, lost) -> {
          if (lost.times() > 0) {
            noted.put(uuid, new Lost(lost.step(), lost.times() - 1));
          }
        });
    return noted;
  }
}

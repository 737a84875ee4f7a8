package dev.toygun.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What goes wrong, by a seed: a worker dies or freezes at an await point, an announcement is lost,
 * a row is locked by somebody else. A machine whose worker is lost three times at one step panics,
 * and rightly; so nothing is lost more than twice in a row.
 */
final class Faults {
  private static final double STRIKE = 0.04;
  private static final double FREEZE = 0.2;
  private static final double BUSY = 0.03;
  private static final double UNANSWERED = 0.02;
  private static final double UNTOLD = 0.3;
  private static final int MOST_LOSSES = 2;

  private final SplittableRandom chance;
  private final Map<UUID, Integer> losses = new HashMap<>();
  private final Map<UUID, Life> holders = new HashMap<>();
  private final Set<Integer> scripted;
  private final boolean freezes;
  private final Set<UUID> locked = new HashSet<>();
  private boolean calm;
  private int points;

  private Faults(long seed, boolean calm, Set<Integer> scripted, boolean freezes) {
    this.chance = new SplittableRandom(seed);
    this.calm = calm;
    this.scripted = scripted;
    this.freezes = freezes;
  }

  /** Nothing goes wrong. */
  static Faults none() {
    return new Faults(0, true, Set.of(), false);
  }

  /** Things go wrong, always the same for a seed. */
  static Faults of(long seed) {
    // Scattered first: two seeds of one SplittableRandom are often two places in one row of
    // numbers.
    return new Faults(new Random(seed).nextLong(), false, Set.of(), false);
  }

  /** A worker dies, or freezes, at just these await points, counted from 1. */
  static Faults at(Set<Integer> points, boolean freezes) {
    return new Faults(0, true, points, freezes);
  }

  /** How many await points there were. */
  int points() {
    return points;
  }

  /** From now on nothing goes wrong. */
  void calm() {
    calm = true;
  }

  boolean any() {
    return !calm || !scripted.isEmpty();
  }

  /** Whether a worker that holds these leases is struck here. */
  boolean strikes(Collection<UUID> held) {
    points++;
    if (scripted.contains(points)) {
      return true;
    }
    if (calm || chance.nextDouble() >= STRIKE) {
      return false;
    }
    if (held.stream().anyMatch(lease -> losses.getOrDefault(lease, 0) >= MOST_LOSSES)) {
      return false;
    }
    held.forEach(lease -> losses.merge(lease, 1, Integer::sum));
    return true;
  }

  /** A process was given a lease. */
  void taken(UUID lease, Life by) {
    holders.put(lease, by);
  }

  /** A lease was let go in good order, if it was still this process's. */
  void released(UUID lease, Life by) {
    if (holders.remove(lease, by)) {
      losses.remove(lease);
    }
  }

  /** Whether a worker that is struck freezes, for longer than its leases hold, or dies. */
  boolean freezes() {
    return scripted.isEmpty() ? chance.nextDouble() < FREEZE : freezes;
  }

  /** Whether a commit gets no answer in its time. */
  boolean unanswered() {
    return !calm && chance.nextDouble() < UNANSWERED;
  }

  /** Whether a commit without an answer arrived all the same. */
  boolean arrives() {
    return chance.nextBoolean();
  }

  /** Somebody locks this row, until it is unlocked. */
  void lock(UUID row) {
    locked.add(row);
  }

  void unlock(UUID row) {
    locked.remove(row);
  }

  boolean busy(UUID row) {
    return locked.contains(row) || (!calm && chance.nextDouble() < BUSY);
  }

  boolean untold() {
    return !calm && chance.nextDouble() < UNTOLD;
  }

  /** How long until a dead worker is replaced. */
  Duration restart() {
    return Duration.ofMillis(50 + chance.nextInt(3_000));
  }
}

package dev.toygun.testing;

import dev.toygun.time.Time;
import dev.toygun.time.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A time that stands still until it is told to go on, and jumps from one timer to the next. The
 * same seed gives the same uuids and the same chance, so that a failure can be replayed. For one
 * thread.
 */
public final class VirtualTime implements Time {
  /** When every virtual time begins, unless it is told otherwise. */
  public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /*
   * More actions than an hour of any test has: a loop that makes no progress ends with a message. A
   * system at rest has some 60 a second, and years of it may pass.
   */
  private static final int MOST_ACTIONS = 10_000_000;
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private final SplittableRandom chance;
  private final long seed;
  private Instant now;
  private long orders;

  /** Begins at {@link #START}. */
  public VirtualTime(long seed) {
    this(seed, START);
  }

  /** Begins at this moment. */
  public VirtualTime(long seed, Instant start) {
    this.seed = seed;
    this.chance = new SplittableRandom(seed);
    this.now = start;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return Duration.between(START, now).toNanos();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Duration least = delay.compareTo(LEAST) < 0 ? LEAST : delay;
    Planned one = new Planned(now.plus(least), orders++, action);
    planned.add(one);
    return () -> planned.remove(one);
  }

  @Override
  public UUID uuid() {
    byte[] bytes = new byte[10];
    random(bytes);
    return Uuid7.of(now.toEpochMilli(), bytes);
  }

  @Override
  public void random(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chance.nextInt(256);
    }
  }

  @Override
  public double random() {
    return chance.nextDouble();
  }

  /** Goes on by this much, running on the way what was planned, each at its moment. */
  public void advance(Duration much) {
    runUntil(() -> false, much);
  }

  /**
   * Goes from timer to timer until none is left.
   *
   * @throws IllegalStateException if there is no end to them; what plans itself again, such as a
   *     clock's passes, wants {@link #advance} or {@link #runUntil}
   */
  public void runUntilIdle() {
    for (int ran = 0; step(); ran++) {
      refuseToRunForEver(ran);
    }
  }

  /**
   * Goes from timer to timer until this is so.
   *
   * @return whether it came to be so within this time; if not, all of that time has passed
   */
  public boolean runUntil(BooleanSupplier so, Duration most) {
    Instant end = now.plus(most);
    Instant hour = now.plus(HOUR);
    for (int ran = 0; !so.getAsBoolean(); ran++) {
      if (now.isAfter(hour)) {
        hour = now.plus(HOUR);
        ran = 0;
      }
      refuseToRunForEver(ran);
      if (planned.isEmpty() || planned.element().when.isAfter(end)) {
        now = end;
        return false;
      }
      step();
    }
    return true;
  }

  /**
   * Jumps to the next timer and runs it; those of one moment run in the order they were planned.
   *
   * @return false if there is none
   */
  public boolean step() {
    Planned next = planned.poll();
    if (next == null) {
      return false;
    }
    now = next.when;
    next.action.run();
    return true;
  }

  /** How many timers wait. */
  public int pending() {
    return planned.size();
  }

  @Override
  public String toString() {
    return "virtual time " + now + ", seed " + seed + ", " + planned.size() + " timers";
  }

  private void refuseToRunForEver(int ran) {
    if (ran >= MOST_ACTIONS) {
      throw new IllegalStateException(
          this + ": " + ran + " actions ran and there is no end to them; does a loop plan itself?");
    }
  }

  private record Planned(Instant when, long order, Runnable action) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int first = when.compareTo(other.when);
      return first == 0 ? Long.compare(order, other.order) : first;
    }

    /* Two timers are never the same one, even if they run the same thing at the same moment. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(order);
    }
  }
}

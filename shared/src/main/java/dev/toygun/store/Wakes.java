package dev.toygun.store;

/**
 * The two counts in {@code wakes}: of wakes below 2^32, and of stirs above it. A wake makes its
 * machine due; a stir tells one that may be in the middle of a tick, and does not wait, that
 * something has happened which it may come to wait for by that. One number, since it is in every
 * row, load and commit, and nearly always the same before and after a tick.
 */
public final class Wakes {
  /** What a stir adds; {@code MoveSql} has it too. */
  static final long STIR = 1L << 32;

  private Wakes() {}

  /** Once more stirred. */
  static long stirred(long wakes) {
    return wakes + STIR;
  }

  /** Whether it was woken in between, so that it is due whatever its tick came to. */
  public static boolean isWoken(long before, long after) {
    return (after - before) % STIR != 0;
  }

  /** Whether it was stirred in between, so that it is due if it has come to wait. */
  public static boolean isStirred(long before, long after) {
    return before != after;
  }
}

package dev.toygun;

import java.util.Locale;

/**
 * Who goes first where more waits in a queue than workers get done. Whoever is later gets a share
 * all the same, so that nobody starves.
 */
public enum Priority {
  /** Before all others: of eight turns it has five. */
  HIGH(0),
  /** As usual: two turns of eight. */
  NORMAL(5),
  /** What can wait: one turn of eight. */
  LOW(9);

  private final int stored;

  Priority(int stored) {
    this.stored = stored;
  }

  /** The stored number: the lower, the sooner. */
  public int stored() {
    return stored;
  }

  /** The priority with this stored number, or the next one after it. */
  public static Priority ofStored(int stored) {
    return stored <= HIGH.stored ? HIGH : stored <= NORMAL.stored ? NORMAL : LOW;
  }

  /** As people read it: {@code high}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

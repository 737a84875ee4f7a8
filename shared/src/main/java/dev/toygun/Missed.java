package dev.toygun;

import java.util.Locale;

/**
 * What becomes of times of a {@link Schedule} at which its task could not start: no clock ran, or
 * the resource was on hold.
 */
public enum Missed {
  /** It is left out if it is late by more than a minute. */
  SKIP,

  /** One run makes up for all of them. */
  ONCE,

  /** Each has a run, one after the other; also those that came while a run was active. */
  ALL;

  /** The stored name: {@code once}. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The rule of this stored name. */
  public static Missed ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}

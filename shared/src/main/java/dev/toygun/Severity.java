package dev.toygun;

import java.util.Locale;

/** How bad it is, from the mildest up. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Will need somebody, not now. */
  WARNING,
  /** Something does not work. */
  ERROR,
  /** Somebody is to be woken. */
  CRITICAL;

  /** The stored name: {@code critical}. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity with this stored name. */
  public static Severity ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }

  /** The next worse; {@link #CRITICAL} is the worst. */
  public Severity worse() {
    return this == INFO ? WARNING : this == WARNING ? ERROR : CRITICAL;
  }
}

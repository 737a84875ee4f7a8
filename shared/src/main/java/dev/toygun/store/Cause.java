package dev.toygun.store;

import java.util.Locale;

/** Why something happened. */
public enum Cause {
  CLOCK,
  TRIGGER,
  SCHEDULE,
  API,
  PARENT,
  ALARM,
  SIGNAL,
  OPERATOR;

  /** The stored name. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Cause ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}

package dev.toygun;

import java.util.Locale;

/** Whether a resource answers, beside the state it is in: fed by {@link Next#observe}. */
public enum Availability {
  /** Nobody has looked yet, or nobody looks any more. */
  UNKNOWN,
  /** The last observation was good. */
  ONLINE,
  /** A few observations in a row were bad. */
  UNCERTAIN,
  /** So many were bad that it counts as down. */
  OFFLINE,
  /** Down on purpose. */
  KNOWN_OFFLINE;

  /** The stored name: {@code known_offline}. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The availability with this stored name. */
  public static Availability ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}

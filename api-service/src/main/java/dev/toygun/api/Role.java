package dev.toygun.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an API key may do. */
public enum Role {
  /** Reads. */
  VIEWER(0),
  /** Reads; may be given what is secret. */
  SECRET_READER(0),
  /** Also changes resources and tasks. */
  OPERATOR(1),
  /** Also makes and revokes keys. */
  ADMIN(2);

  private final int rank;

  Role(int rank) {
    this.rank = rank;
  }

  /** Whether this role may do what needs that one. */
  boolean allows(Role needed) {
    return this == needed || rank > needed.rank || (needed == VIEWER);
  }

  /** The stored name: {@code secret-reader}. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The role with this stored name. */
  public static Optional<Role> ofStored(String stored) {
    return Arrays.stream(values()).filter(r -> r.stored().equals(stored)).findFirst();
  }
}

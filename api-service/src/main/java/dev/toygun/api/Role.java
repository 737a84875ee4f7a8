package dev.toygun.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an API key may do. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Reads, and is given what is secret. */
  SECRET_READER,
  /** Reads, the audit and the list of keys too. */
  AUDITOR,
  /** Reads, and changes resources and tasks. */
  OPERATOR,
  /** All of it, but for what is secret. */
  ADMIN;

  /** Whether this role may do what needs that one. */
  boolean allows(Role needed) {
    return switch (needed) {
      case VIEWER -> true;
      case OPERATOR, AUDITOR -> this == needed || this == ADMIN;
      case SECRET_READER, ADMIN -> this == needed;
    };
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

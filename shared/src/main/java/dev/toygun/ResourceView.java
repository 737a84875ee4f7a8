package dev.toygun;

import java.util.Optional;
import java.util.UUID;

/**
 * Another resource as it was when the tick began: a child, the parent, or what a field refers to.
 */
public interface ResourceView {
  UUID uuid();

  String type();

  String label();

  /** The stored name of its state. */
  String state();

  Availability availability();

  /** Whether it is being taken down. */
  boolean deleting();

  /** Whether it still exists; one that has ended keeps its row. */
  boolean active();

  <T> Optional<T> find(Field<T> field);
}

package dev.toygun;

import java.util.NoSuchElementException;
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

  /**
   * The field's value, which must be there.
   *
   * @throws NoSuchElementException if it was never set and has no initial value
   */
  default <T> T get(Field<T> field) {
    return find(field)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "field '%s' of %s %s is not set".formatted(field, type(), label())));
  }
}

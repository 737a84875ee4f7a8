package dev.toygun;

import java.util.Objects;

/**
 * A field of numbers, durations or moments.
 *
 * @param <T> the class of its values
 */
public final class OrderedField<T extends Comparable<T>> extends ScalarField<T, OrderedField<T>> {
  OrderedField(FieldParts<T> parts) {
    super(parts);
  }

  @Override
  OrderedField<T> of(FieldParts<T> changed) {
    return new OrderedField<>(changed);
  }

  /** The same field, with no value below this one. */
  public OrderedField<T> min(T least) {
    Objects.requireNonNull(least);
    return constrained(c -> c.min(least));
  }

  /** The same field, with no value above this one. */
  public OrderedField<T> max(T most) {
    Objects.requireNonNull(most);
    return constrained(c -> c.max(most));
  }
}

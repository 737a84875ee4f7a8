package dev.toygun;

import java.util.Collection;
import java.util.Map;

/**
 * A field of lists, sets or maps.
 *
 * @param <E> the class of the elements, or of the values of a map
 * @param <C> the class of its values
 */
public final class CollectionField<E, C> extends ConstrainedField<C, CollectionField<E, C>> {
  CollectionField(FieldParts<C> parts) {
    super(parts);
  }

  @Override
  CollectionField<E, C> of(FieldParts<C> changed) {
    return new CollectionField<>(changed);
  }

  /** The same field, with at most so many elements. */
  public CollectionField<E, C> length(int most) {
    return constrained(c -> c.length(null, most));
  }

  /** The same field, with so many elements, both included. */
  public CollectionField<E, C> length(int least, int most) {
    return constrained(c -> c.length(least, most));
  }

  /**
   * The same field, each of whose elements, or values of a map, is what a value of this field may
   * be: by its constraints, and its checks.
   */
  public CollectionField<E, C> each(Field<E> like) {
    return constrained(c -> c.each(like.constraints()))
        .check(all -> elementsOf(all).stream().allMatch(like::accepts));
  }

  @SuppressWarnings("unchecked")
  private Collection<E> elementsOf(C all) {
    return all instanceof Map<?, ?> map ? ((Map<?, E>) map).values() : (Collection<E>) all;
  }
}

package dev.toygun;

import java.util.List;

/**
 * A field of single values.
 *
 * @param <T> the class of its values
 * @param <F> its own class
 */
public abstract sealed class ScalarField<T, F extends ScalarField<T, F>>
    extends ConstrainedField<T, F> permits TextField, OrderedField, PlainField {
  ScalarField(FieldParts<T> parts) {
    super(parts);
  }

  /** The same field, whose value is one of these. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final F oneOf(T... values) {
    List<T> all = List.of(values);
    return constrained(c -> c.oneOf(all));
  }
}

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

  /**
   * The same field, by which resources are found without reading all of their type: a filter by its
   * value, of a list or a bulk run, goes by an index. For what other systems know a resource by. It
   * does not keep two resources from having the same one. Of a type at most 8 fields, neither bool
   * nor with an initial value; not of tasks and signals.
   */
  public final F indexed() {
    return of(parts().indexed());
  }
}

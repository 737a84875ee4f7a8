package dev.toygun;

/**
 * A field of single values that have neither an order nor a length.
 *
 * @param <T> the class of its values
 */
public final class PlainField<T> extends ScalarField<T, PlainField<T>> {
  PlainField(FieldParts<T> parts) {
    super(parts);
  }

  @Override
  PlainField<T> of(FieldParts<T> changed) {
    return new PlainField<>(changed);
  }
}

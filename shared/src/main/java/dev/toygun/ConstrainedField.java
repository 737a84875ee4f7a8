package dev.toygun;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A field whose values can be constrained by data, each kind by what makes sense for it. What a
 * constraint forbids is refused where it comes in: by the API, and by the commit of the code that
 * sets it.
 *
 * @param <T> the class of its values
 * @param <F> its own class
 */
public abstract sealed class ConstrainedField<T, F extends ConstrainedField<T, F>> extends Field<T>
    permits ScalarField, CollectionField {
  ConstrainedField(FieldParts<T> parts) {
    super(parts);
  }

  /** A field of its kind. */
  abstract F of(FieldParts<T> changed);

  final F constrained(UnaryOperator<Constraints> by) {
    return of(parts().constrained(by));
  }

  @Override
  public F required() {
    return of(parts().required());
  }

  @Override
  public F internal() {
    return of(parts().internal());
  }

  @Override
  public F initially(T value) {
    return of(parts().initially(value));
  }

  @Override
  public F formerly(String old) {
    return of(parts().formerly(old));
  }

  @Override
  public F check(Predicate<? super T> check) {
    return of(parts().check(check));
  }
}

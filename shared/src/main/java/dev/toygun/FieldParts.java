package dev.toygun;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a {@link Field} is made of, so that each of its methods names one thing. */
record FieldParts<T>(
    String name,
    FieldType type,
    Class<T> holder,
    List<Class<?>> elements,
    boolean isRequired,
    boolean isInternal,
    boolean isIndexed,
    Optional<T> initial,
    List<String> formerly,
    List<Predicate<? super T>> checks,
    Constraints constraints) {

  FieldParts {
    Objects.requireNonNull(name);
    elements = List.copyOf(elements);
    formerly = List.copyOf(formerly);
    checks = List.copyOf(checks);
  }

  static <T> FieldParts<T> of(String name, FieldType type, Class<T> holder, Class<?>... elements) {
    return new FieldParts<>(
        name,
        type,
        holder,
        List.of(elements),
        false,
        false,
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        Constraints.NONE);
  }

  static <T> FieldParts<T> of(String name, Class<T> holder) {
    return of(name, FieldType.ofClass(holder), holder);
  }

  FieldParts<T> required() {
    return with(true, isInternal, isIndexed, initial, formerly, checks, constraints);
  }

  FieldParts<T> internal() {
    return with(isRequired, true, isIndexed, initial, formerly, checks, constraints);
  }

  FieldParts<T> indexed() {
    return with(isRequired, isInternal, true, initial, formerly, checks, constraints);
  }

  FieldParts<T> initially(T value) {
    return with(
        isRequired, isInternal, isIndexed, Optional.of(value), formerly, checks, constraints);
  }

  FieldParts<T> formerly(String old) {
    return with(
        isRequired, isInternal, isIndexed, initial, plus(formerly, old), checks, constraints);
  }

  FieldParts<T> check(Predicate<? super T> check) {
    return with(
        isRequired, isInternal, isIndexed, initial, formerly, plus(checks, check), constraints);
  }

  FieldParts<T> constrained(UnaryOperator<Constraints> by) {
    return with(
        isRequired, isInternal, isIndexed, initial, formerly, checks, by.apply(constraints));
  }

  /* A field of the same name and type. */
  private FieldParts<T> with(
      boolean required,
      boolean internal,
      boolean indexed,
      Optional<T> value,
      List<String> old,
      List<Predicate<? super T>> judges,
      Constraints bounds) {
    return new FieldParts<>(
        name, type, holder, elements, required, internal, indexed, value, old, judges, bounds);
  }

  private static <E> List<E> plus(List<E> list, E more) {
    List<E> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}

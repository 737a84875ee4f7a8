package dev.toygun;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Typed values by field: what a task is started with, a child is made with, a signal or a panic
 * carries. Immutable.
 */
public final class Values {
  /** No values. */
  public static final Values NONE = new Values(Map.of());

  private final Map<Field<?>, Object> values;

  private Values(Map<Field<?>, Object> values) {
    this.values = values;
  }

  /** One value; add more with {@link #with}. */
  public static <T> Values of(Field<T> field, T value) {
    return NONE.with(field, value);
  }

  /** These, and one more. */
  public <T> Values with(Field<T> field, T value) {
    Map<Field<?>, Object> more = new LinkedHashMap<>(values);
    more.put(field, Objects.requireNonNull(value, () -> "a value for '" + field + "'"));
    return new Values(more);
  }

  /** The value of this field, if it is there. */
  public <T> Optional<T> find(Field<T> field) {
    Object value = values.get(field);
    return value == null ? Optional.empty() : Optional.of(field.holder().cast(value));
  }

  /** The fields that have a value. */
  public Set<Field<?>> fields() {
    return values.keySet();
  }

  /**
   * The value of a field that is among {@link #fields()}, for code that knows it only by wildcard.
   *
   * @throws NullPointerException if it is not
   */
  public Object raw(Field<?> field) {
    return Objects.requireNonNull(values.get(field), () -> "no value for '" + field + "'");
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}

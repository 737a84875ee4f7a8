package dev.toygun;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Typed values by field: what a task is started with, a child is made with, a signal or a panic
 * carries. Immutable.
 */
public final class Values {
  /** No values. */
  public static final Values NONE = new Values(Map.of());

  private final Map<Field<?>, Supplier<?>> values;

  private Values(Map<Field<?>, Supplier<?>> values) {
    this.values = values;
  }

  /** Values that are decoded when they are asked for; for the engine. */
  public static Values stored(Map<Field<?>, Supplier<?>> values) {
    return new Values(new LinkedHashMap<>(values));
  }

  /** One value; add more with {@link #with}. */
  public static <T> Values of(Field<T> field, T value) {
    return NONE.with(field, value);
  }

  /** These, and one more. */
  public <T> Values with(Field<T> field, T value) {
    Objects.requireNonNull(value, () -> "a value for '" + field + "'");
    Map<Field<?>, Supplier<?>> more = new LinkedHashMap<>(values);
    more.put(field, () -> value);
    return new Values(more);
  }

  /**
   * The value of this field, or its initial one, if there is any.
   *
   * @throws IllegalArgumentException if it came over the API and is not one that the field may
   *     have, as it does not pass its check: the tick that reads it panics with {@code BadField}
   */
  public <T> Optional<T> find(Field<T> field) {
    Supplier<?> value = values.get(field);
    return value == null ? field.initial() : Optional.of(field.holder().cast(value.get()));
  }

  /**
   * The field's value, which must be there.
   *
   * @throws NoSuchElementException if there is none and it has no initial value
   * @throws IllegalArgumentException as {@link #find}
   */
  public <T> T get(Field<T> field) {
    return find(field)
        .orElseThrow(() -> new NoSuchElementException("field '" + field + "' is not set"));
  }

  /** The fields that have a value. */
  public Set<Field<?>> fields() {
    return values.keySet();
  }

  /**
   * The value of a field that is among {@link #fields()}, for code that knows it only by wildcard.
   *
   * @throws NullPointerException if it is not
   * @throws IllegalArgumentException as {@link #find}
   */
  public Object raw(Field<?> field) {
    return Objects.requireNonNull(values.get(field), () -> "no value for '" + field + "'").get();
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values that && decoded().equals(that.decoded());
  }

  @Override
  public int hashCode() {
    return decoded().hashCode();
  }

  /** The values; where one of them cannot be read, the names of the fields. */
  @Override
  public String toString() {
    try {
      return decoded().toString();
    } catch (RuntimeException unreadable) {
      return fields().toString();
    }
  }

  private Map<Field<?>, Object> decoded() {
    Map<Field<?>, Object> decoded = new LinkedHashMap<>();
    values.forEach((field, value) -> decoded.put(field, value.get()));
    return decoded;
  }
}

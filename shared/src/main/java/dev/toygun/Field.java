package dev.toygun;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A named, typed value stored with a resource or a task. Declare it once, as a constant: a typed
 * key in place of a string (the idea is Restate's {@code StateKey}). A field that is unset, or set
 * to null, is absent: the two are the same.
 *
 * @param <T> the class of its values
 */
public final class Field<T> {
  private final String name;
  private final FieldType type;
  private final Class<T> holder;
  private final boolean required;
  private final Optional<T> initial;
  private final List<String> formerly;
  private final List<Predicate<? super T>> checks;
  private final List<Class<?>> elements;

  private Field(
      String name,
      FieldType type,
      Class<T> holder,
      boolean required,
      Optional<T> initial,
      List<String> formerly,
      List<Predicate<? super T>> checks,
      List<Class<?>> elements) {
    this.name = Objects.requireNonNull(name);
    this.type = type;
    this.holder = holder;
    this.required = required;
    this.initial = initial;
    this.formerly = formerly;
    this.checks = checks;
    this.elements = elements;
  }

  private static <T> Field<T> of(
      String name, FieldType type, Class<T> holder, Class<?>... elements) {
    return new Field<>(
        name, type, holder, false, Optional.empty(), List.of(), List.of(), List.of(elements));
  }

  private static <T> Field<T> of(String name, Class<T> holder) {
    return of(name, FieldType.ofClass(holder), holder);
  }

  public static Field<String> text(String name) {
    return of(name, String.class);
  }

  /** A whole number of 64 bits. */
  public static Field<Long> integer(String name) {
    return of(name, Long.class);
  }

  /** A decimal number of any size; its scale is kept. */
  public static Field<BigDecimal> decimal(String name) {
    return of(name, BigDecimal.class);
  }

  public static Field<Boolean> bool(String name) {
    return of(name, Boolean.class);
  }

  /** A moment, to the nanosecond. */
  public static Field<Instant> instant(String name) {
    return of(name, Instant.class);
  }

  public static Field<Duration> duration(String name) {
    return of(name, Duration.class);
  }

  public static Field<URI> uri(String name) {
    return of(name, URI.class);
  }

  public static Field<UUID> uuid(String name) {
    return of(name, UUID.class);
  }

  /** Stored encrypted, and never shown by the API, the logs or a message. */
  public static Field<Secret> secret(String name) {
    return of(name, Secret.class);
  }

  /** A value of any class that Jackson can read and write; a record, say. */
  public static <T> Field<T> json(String name, Class<T> type) {
    return of(name, FieldType.of(FieldType.Kind.JSON), type);
  }

  /** A list of values of one of the simple classes, or of records. */
  @SuppressWarnings("unchecked")
  public static <E> Field<List<E>> list(String name, Class<E> element) {
    FieldType type = FieldType.of(FieldType.Kind.LIST, FieldType.ofClass(element));
    return of(name, type, (Class<List<E>>) (Class<?>) List.class, element);
  }

  @SuppressWarnings("unchecked")
  public static <E> Field<Set<E>> set(String name, Class<E> element) {
    FieldType type = FieldType.of(FieldType.Kind.SET, FieldType.ofClass(element));
    return of(name, type, (Class<Set<E>>) (Class<?>) Set.class, element);
  }

  /** A map; its keys may be of any simple class. */
  @SuppressWarnings("unchecked")
  public static <K, V> Field<Map<K, V>> map(String name, Class<K> key, Class<V> value) {
    FieldType type =
        FieldType.of(FieldType.Kind.MAP, FieldType.ofClass(key), FieldType.ofClass(value));
    return of(name, type, (Class<Map<K, V>>) (Class<?>) Map.class, key, value);
  }

  /** A reference to a resource of this type. */
  public static Field<Ref> ref(String name, ResourceType<?> target) {
    return ref(name, target.name());
  }

  /** A reference to a resource of the type with this name. */
  public static Field<Ref> ref(String name, String target) {
    return of(name, FieldType.ref(target), Ref.class);
  }

  /** A reference to one run of a task. */
  public static Field<TaskRef> taskRef(String name) {
    return of(name, TaskRef.class);
  }

  /** The same field, which a resource cannot be created, or a task started, without. */
  public Field<T> required() {
    return new Field<>(name, type, holder, true, initial, formerly, checks, elements);
  }

  /** The same field, reading {@code value} until it is first set. */
  public Field<T> initially(T value) {
    return new Field<>(
        name, type, holder, required, Optional.of(value), formerly, checks, elements);
  }

  /** The same field, which was stored under this name before; the next write stores the new one. */
  public Field<T> formerly(String old) {
    return new Field<>(
        name, type, holder, required, initial, plus(formerly, old), checks, elements);
  }

  /**
   * The same field, whose values must pass. Judged where the user's classes are: a value that an
   * API client sets is judged by the next tick, which panics with {@code BadField}.
   */
  public Field<T> check(Predicate<? super T> check) {
    return new Field<>(
        name, type, holder, required, initial, formerly, plus(checks, check), elements);
  }

  private static <E> List<E> plus(List<E> list, E more) {
    List<E> longer = new ArrayList<>(list);
    longer.add(more);
    return List.copyOf(longer);
  }

  public String name() {
    return name;
  }

  public FieldType type() {
    return type;
  }

  /** The class of its values; for a list, set or map the interface. */
  public Class<T> holder() {
    return holder;
  }

  /** The classes of a list's or set's elements, or of a map's keys and values. */
  public List<Class<?>> elements() {
    return elements;
  }

  public boolean isRequired() {
    return required;
  }

  public Optional<T> initial() {
    return initial;
  }

  public List<String> formerNames() {
    return formerly;
  }

  /** Whether the value passes every {@link #check}. A check that throws does not pass. */
  public boolean accepts(T value) {
    try {
      return checks.stream().allMatch(check -> check.test(value));
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

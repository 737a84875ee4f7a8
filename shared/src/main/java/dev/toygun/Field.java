package dev.toygun;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
public sealed class Field<T> permits ConstrainedField {
  private final FieldParts<T> parts;

  Field(FieldParts<T> parts) {
    this.parts = parts;
  }

  final FieldParts<T> parts() {
    return parts;
  }

  private static <T extends Comparable<T>> OrderedField<T> ordered(String name, Class<T> holder) {
    return new OrderedField<>(FieldParts.of(name, holder));
  }

  private static <T> PlainField<T> plain(String name, Class<T> holder) {
    return new PlainField<>(FieldParts.of(name, holder));
  }

  public static TextField text(String name) {
    return new TextField(FieldParts.of(name, String.class));
  }

  /** A whole number of 64 bits. */
  public static OrderedField<Long> integer(String name) {
    return ordered(name, Long.class);
  }

  /** A decimal number of any size; its scale is kept. */
  public static OrderedField<BigDecimal> decimal(String name) {
    return ordered(name, BigDecimal.class);
  }

  public static PlainField<Boolean> bool(String name) {
    return plain(name, Boolean.class);
  }

  /** A moment, to the nanosecond. */
  public static OrderedField<Instant> instant(String name) {
    return ordered(name, Instant.class);
  }

  public static OrderedField<Duration> duration(String name) {
    return ordered(name, Duration.class);
  }

  public static PlainField<URI> uri(String name) {
    return plain(name, URI.class);
  }

  public static PlainField<UUID> uuid(String name) {
    return plain(name, UUID.class);
  }

  /** Stored encrypted, and never shown by the API, the logs or a message. */
  public static Field<Secret> secret(String name) {
    return new Field<>(FieldParts.of(name, Secret.class));
  }

  /** A value of any class that Jackson can read and write; a record, say. */
  public static <T> Field<T> json(String name, Class<T> type) {
    return new Field<>(FieldParts.of(name, FieldType.of(FieldType.Kind.JSON), type));
  }

  /** A list of values of one of the simple classes, or of records. */
  @SuppressWarnings("unchecked")
  public static <E> CollectionField<E, List<E>> list(String name, Class<E> element) {
    FieldType type = FieldType.of(FieldType.Kind.LIST, FieldType.ofClass(element));
    return new CollectionField<>(
        FieldParts.of(name, type, (Class<List<E>>) (Class<?>) List.class, element));
  }

  @SuppressWarnings("unchecked")
  public static <E> CollectionField<E, Set<E>> set(String name, Class<E> element) {
    FieldType type = FieldType.of(FieldType.Kind.SET, FieldType.ofClass(element));
    return new CollectionField<>(
        FieldParts.of(name, type, (Class<Set<E>>) (Class<?>) Set.class, element));
  }

  /** A map; its keys may be of any simple class. */
  @SuppressWarnings("unchecked")
  public static <K, V> CollectionField<V, Map<K, V>> map(
      String name, Class<K> key, Class<V> value) {
    FieldType type =
        FieldType.of(FieldType.Kind.MAP, FieldType.ofClass(key), FieldType.ofClass(value));
    return new CollectionField<>(
        FieldParts.of(name, type, (Class<Map<K, V>>) (Class<?>) Map.class, key, value));
  }

  /** A reference to a resource of this type. */
  public static PlainField<Ref> ref(String name, ResourceType<?> target) {
    return ref(name, target.name());
  }

  /** A reference to a resource of the type with this name. */
  public static PlainField<Ref> ref(String name, String target) {
    return new PlainField<>(FieldParts.of(name, FieldType.ref(target), Ref.class));
  }

  /** A reference to one run of a task. */
  public static PlainField<TaskRef> taskRef(String name) {
    return plain(name, TaskRef.class);
  }

  /** The same field, which a resource cannot be created, or a task started, without. */
  public Field<T> required() {
    return new Field<>(parts.required());
  }

  /**
   * The same field, which only code sets: a request that sets it is refused, unless an admin makes
   * it. For what code believes of the outside, such as a process id, or destroys by name.
   */
  public Field<T> internal() {
    return new Field<>(parts.internal());
  }

  /** The same field, reading {@code value} until it is first set. */
  public Field<T> initially(T value) {
    return new Field<>(parts.initially(value));
  }

  /** The same field, which was stored under this name before; the next write stores the new one. */
  public Field<T> formerly(String old) {
    return new Field<>(parts.formerly(old));
  }

  /**
   * The same field, whose values must pass. Judged where the user's classes are: a value that an
   * API client sets is judged by the next tick, which panics with {@code BadField}. What a {@link
   * ConstrainedField constraint} can say is judged by the API as well.
   */
  public Field<T> check(Predicate<? super T> check) {
    return new Field<>(parts.check(check));
  }

  public String name() {
    return parts.name();
  }

  public FieldType type() {
    return parts.type();
  }

  /** The class of its values; for a list, set or map the interface. */
  public Class<T> holder() {
    return parts.holder();
  }

  /** The classes of a list's or set's elements, or of a map's keys and values. */
  public List<Class<?>> elements() {
    return parts.elements();
  }

  public boolean isRequired() {
    return parts.isRequired();
  }

  public boolean isInternal() {
    return parts.isInternal();
  }

  /** Whether resources are found by it without reading all of their type. */
  public boolean isIndexed() {
    return parts.isIndexed();
  }

  public Optional<T> initial() {
    return parts.initial();
  }

  public List<String> formerNames() {
    return parts.formerly();
  }

  /** What its values have to be, as far as that is data. */
  public Constraints constraints() {
    return parts.constraints();
  }

  /** Whether the value passes every {@link #check}. A check that throws does not pass. */
  public boolean accepts(T value) {
    try {
      return parts.checks().stream().allMatch(check -> check.test(value));
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return name();
  }
}

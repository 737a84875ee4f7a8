package dev.toygun.codec;

import dev.toygun.Field;
import dev.toygun.FieldType;
import dev.toygun.Secret;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Sealed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The values of fields to and from stored text: checks types, seals secrets, maps records. */
final class FieldValues {
  private final FieldSeal seal;
  private final Supplier<Instant> now;

  FieldValues(FieldSeal seal, Supplier<Instant> now) {
    this.seal = seal;
    this.now = now;
  }

  /** Reads a stored value. */
  <T> T decode(Field<T> field, String json, Row row) {
    @Nullable Object stored;
    try {
      stored = PlainText.read(field.type().kind(), json);
      if (stored == null) {
        stored = Decorated.parse(json);
      }
    } catch (IllegalArgumentException e) {
      throw bad(field, "something unreadable: " + e.getMessage());
    }
    Object value = typed(field, field.type(), field.holder(), stored, row);
    T cast = field.holder().cast(value);
    if (!field.accepts(cast)) {
      throw new BadField("field '" + field + "' has a value that does not pass its check");
    }
    return cast;
  }

  private static String text(byte[] opened) {
    return new String(opened, StandardCharsets.UTF_8);
  }

  private Object typed(
      Field<?> field, FieldType type, Class<?> holder, @Nullable Object stored, Row row) {
    if (stored instanceof Sealed sealed && type.kind() == FieldType.Kind.SECRET) {
      return Secret.of(text(seal.open(row.place(field), row.formerPlaces(field), sealed)));
    }
    if (type.kind() == FieldType.Kind.DECIMAL && stored instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    if (stored instanceof List<?> list
        && (type.kind() == FieldType.Kind.LIST || type.kind() == FieldType.Kind.SET)) {
      throwIfSet(field, type);
      return elements(field, type, list, row);
    }
    if (stored instanceof Set<?> set && type.kind() == FieldType.Kind.SET) {
      return Collections.unmodifiableSet(
          new LinkedHashSet<>(elements(field, type, new ArrayList<>(set), row)));
    }
    if (stored instanceof Map<?, ?> map && type.kind() == FieldType.Kind.MAP) {
      return entries(field, type, map, row);
    }
    if (type.kind() == FieldType.Kind.JSON && stored != null) {
      return record(field, holder, stored);
    }
    if (stored == null || !holder.isInstance(stored)) {
      throw bad(field, name(stored));
    }
    return stored;
  }

  private static void throwIfSet(Field<?> field, FieldType type) {
    if (type.kind() == FieldType.Kind.SET) {
      throw bad(field, "list");
    }
  }

  private List<Object> elements(Field<?> field, FieldType type, List<?> list, Row row) {
    FieldType of = type.of().get(0);
    Class<?> holder = field.elements().get(0);
    List<Object> typed = new ArrayList<>(list.size());
    list.forEach(element -> typed.add(typed(field, of, holder, element, row)));
    return Collections.unmodifiableList(typed);
  }

  private Map<Object, Object> entries(Field<?> field, FieldType type, Map<?, ?> map, Row row) {
    Map<Object, Object> typed = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            typed.put(
                typed(field, type.of().get(0), field.elements().get(0), key, row),
                typed(field, type.of().get(1), field.elements().get(1), value, row)));
    return Collections.unmodifiableMap(typed);
  }

  private static Object record(Field<?> field, Class<?> holder, Object stored) {
    try {
      return Records.object(stored, holder);
    } catch (IllegalArgumentException e) {
      throw bad(field, "JSON that is no " + holder.getSimpleName());
    }
  }

  /**
   * The text to store for a value.
   *
   * @throws BadField if it is of another type than the field's, or does not pass its check
   */
  <T> String encode(Field<T> field, Object value, Row row) {
    if (!field.holder().isInstance(value)) {
      throw bad(field, name(value));
    }
    if (!field.accepts(field.holder().cast(value))) {
      throw new BadField(
          field.type().secret()
              ? "field '%s' does not take this value: it does not pass its check".formatted(field)
              : "field '%s' does not take %s: it does not pass its check".formatted(field, value));
    }
    try {
      return Decorated.format(
          storable(
              field,
              field.type(),
              value,
              secret -> seal.seal(row.place(field), bytes(secret), now.get())));
    } catch (IllegalArgumentException e) {
      throw new BadField("field '%s': %s".formatted(field, e.getMessage()));
    }
  }

  /**
   * A value that is to be written keeps its field's constraints. Not so one that is read: it may be
   * older than they are.
   *
   * @throws BadField naming the field, what was expected, and what came
   */
  static void constrain(Field<?> field, Object value) {
    ConstraintCheck.problem(field.constraints(), value)
        .ifPresent(
            wrong -> {
              throw new BadField("field '%s': %s".formatted(field, wrong));
            });
  }

  /** The value, or one like it where it could be changed in place. */
  <T> T copy(Field<T> field, T value, Row row) {
    return isMutable(field.type()) ? decode(field, open(field, value), row) : value;
  }

  /** Whether both are stored alike; a user's own equals, if there is one, may say less. */
  static boolean alike(Field<?> field, Object one, Object other) {
    return isMutable(field.type())
        ? Objects.equals(Decorated.parse(open(field, one)), Decorated.parse(open(field, other)))
        : one.equals(other);
  }

  private static boolean isMutable(FieldType type) {
    return switch (type.kind()) {
      case JSON, LIST, SET, MAP -> !type.secret();
      default -> false;
    };
  }

  /** The text of a value that holds no secret. */
  static String open(Field<?> field, Object value) {
    return Decorated.format(
        storable(
            field,
            field.type(),
            value,
            secret -> {
              throw new IllegalArgumentException("field '%s' is secret".formatted(field));
            }));
  }

  private static byte[] bytes(Secret secret) {
    return secret.reveal().getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Object storable(
      Field<?> field, FieldType type, Object value, Function<Secret, Sealed> sealer) {
    return switch (type.kind()) {
      case SECRET -> value instanceof Secret secret ? sealer.apply(secret) : wrong(field, value);
      case JSON -> Records.tree(value);
      case LIST ->
          ((List<?>) value)
              .stream().map(e -> storable(field, type.of().get(0), e, sealer)).toList();
      case SET -> {
        Set<Object> set = new LinkedHashSet<>();
        ((Set<?>) value).forEach(e -> set.add(storable(field, type.of().get(0), e, sealer)));
        yield set;
      }
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (k, v) ->
                    map.put(
                        storable(field, type.of().get(0), k, sealer),
                        storable(field, type.of().get(1), v, sealer)));
        yield map;
      }
      case TEXT, INTEGER, DECIMAL, BOOL, INSTANT, DURATION, URI, UUID, REF, TASK_REF ->
          type.kind().holder().isInstance(value) ? value : wrong(field, value);
    };
  }

  private static Object wrong(Field<?> field, Object value) {
    throw bad(field, name(value));
  }

  private static String name(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    return value instanceof Sealed
        ? "secret"
        : FieldType.ofClass(value.getClass()).kind() == FieldType.Kind.JSON
            ? value.getClass().getSimpleName()
            : FieldType.ofClass(value.getClass()).toString();
  }

  private static BadField bad(Field<?> field, String got) {
    return new BadField(
        "field '%s' is of type %s, but its value is %s".formatted(field, field.type(), got));
  }
}

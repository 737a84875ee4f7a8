package dev.toygun.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.toygun.Field;
import dev.toygun.FieldType;
import dev.toygun.Secret;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.Sealed;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The values of fields to and from stored text: checks types, seals secrets, maps records. */
final class FieldValues {
  private static final ObjectMapper RECORDS =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(Secret.class, new NoSecrets()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private final FieldSeal seal;
  private final Supplier<Instant> now;

  FieldValues(FieldSeal seal, Supplier<Instant> now) {
    this.seal = seal;
    this.now = now;
  }

  /** A record must not hide a secret: it would be stored in the clear. */
  private static final class NoSecrets extends JsonSerializer<Secret> {
    @Override
    public void serialize(Secret secret, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      throw new IOException("a record holds a Secret: give it a secret field of its own");
    }
  }

  /** Reads a stored value. */
  <T> T decode(Field<T> field, String json, FieldSeal.Place place) {
    Object stored;
    try {
      stored = Decorated.parse(json);
    } catch (IllegalArgumentException e) {
      throw bad(field, "something unreadable: " + e.getMessage());
    }
    Object value = typed(field, field.type(), field.holder(), stored, place);
    T cast = field.holder().cast(value);
    if (!field.accepts(cast)) {
      throw new BadField("field '" + field + "' has a value that does not pass its check");
    }
    return cast;
  }

  private Object typed(
      Field<?> field,
      FieldType type,
      Class<?> holder,
      @org.jspecify.annotations.Nullable Object stored,
      FieldSeal.Place place) {
    if (stored instanceof Sealed sealed && type.kind() == FieldType.Kind.SECRET) {
      return Secret.of(new String(seal.open(place, sealed), StandardCharsets.UTF_8));
    }
    if (type.kind() == FieldType.Kind.DECIMAL && stored instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    if (stored instanceof List<?> list
        && (type.kind() == FieldType.Kind.LIST || type.kind() == FieldType.Kind.SET)) {
      throwIfSet(field, type);
      return elements(field, type, list, place);
    }
    if (stored instanceof Set<?> set && type.kind() == FieldType.Kind.SET) {
      return new LinkedHashSet<>(elements(field, type, new ArrayList<>(set), place));
    }
    if (stored instanceof Map<?, ?> map && type.kind() == FieldType.Kind.MAP) {
      return entries(field, type, map, place);
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

  private List<Object> elements(
      Field<?> field, FieldType type, List<?> list, FieldSeal.Place place) {
    FieldType of = type.of().get(0);
    Class<?> holder = field.elements().get(0);
    List<Object> typed = new ArrayList<>(list.size());
    list.forEach(element -> typed.add(typed(field, of, holder, element, place)));
    return typed;
  }

  private Map<Object, Object> entries(
      Field<?> field, FieldType type, Map<?, ?> map, FieldSeal.Place place) {
    Map<Object, Object> typed = new LinkedHashMap<>();
    map.forEach(
        (key, value) ->
            typed.put(
                typed(field, type.of().get(0), field.elements().get(0), key, place),
                typed(field, type.of().get(1), field.elements().get(1), value, place)));
    return typed;
  }

  private static Object record(Field<?> field, Class<?> holder, Object stored) {
    if (holder.isInstance(stored)) {
      return stored;
    }
    try {
      return RECORDS.convertValue(stored, holder);
    } catch (IllegalArgumentException e) {
      throw bad(field, "JSON that is no " + holder.getSimpleName());
    }
  }

  /**
   * The text to store for a value.
   *
   * @throws BadField if it is of another type than the field's, or does not pass its check
   */
  <T> String encode(Field<T> field, Object value, FieldSeal.Place place) {
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
      return Decorated.format(storable(field, field.type(), value, place));
    } catch (IllegalArgumentException e) {
      throw new BadField("field '%s': %s".formatted(field, e.getMessage()));
    }
  }

  private Object storable(Field<?> field, FieldType type, Object value, FieldSeal.Place place) {
    return switch (type.kind()) {
      case SECRET ->
          value instanceof Secret secret
              ? seal.seal(place, secret.reveal().getBytes(StandardCharsets.UTF_8), now.get())
              : wrong(field, value);
      case JSON -> RECORDS.convertValue(value, Object.class);
      case LIST ->
          ((List<?>) value).stream().map(e -> storable(field, type.of().get(0), e, place)).toList();
      case SET -> {
        Set<Object> set = new LinkedHashSet<>();
        ((Set<?>) value).forEach(e -> set.add(storable(field, type.of().get(0), e, place)));
        yield set;
      }
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (k, v) ->
                    map.put(
                        storable(field, type.of().get(0), k, place),
                        storable(field, type.of().get(1), v, place)));
        yield map;
      }
      case TEXT, INTEGER, DECIMAL, BOOL, INSTANT, DURATION, URI, UUID, REF, TASK_REF ->
          type.kind().holder().isInstance(value) ? value : wrong(field, value);
    };
  }

  private static Object wrong(Field<?> field, Object value) {
    throw bad(field, name(value));
  }

  private static String name(@org.jspecify.annotations.Nullable Object value) {
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

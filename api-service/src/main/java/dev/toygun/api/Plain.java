package dev.toygun.api;

import dev.toygun.FieldType;
import dev.toygun.Ref;
import dev.toygun.Secret;
import dev.toygun.TaskRef;
import dev.toygun.codec.Decorated;
import dev.toygun.crypto.Sealed;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value that somebody sent as plain JSON, by the type of its field. Whatever is wrong is an
 * {@link IllegalArgumentException} that says what was expected, and never quotes what was sent.
 */
final class Plain {
  private Plain() {}

  /**
   * The value, of the class that the store keeps.
   *
   * @param sealer closes a secret
   */
  static Object value(FieldType type, Object sent, Function<String, Sealed> sealer) {
    return switch (type.kind()) {
      case TEXT -> text(sent, "text");
      case INTEGER -> integer(sent);
      case DECIMAL -> decimal(sent);
      case BOOL -> {
        if (sent instanceof Boolean) {
          yield sent;
        }
        throw expected("true or false");
      }
      case INSTANT -> instant(text(sent, "a time such as \"2026-03-01T12:00:00Z\""));
      case DURATION -> duration(sent);
      case URI -> uri(text(sent, "a URI"));
      case UUID -> uuid(text(sent, "a uuid"));
      case SECRET -> sealer.apply(secret(sent));
      case JSON -> tree(sent);
      case LIST -> new ArrayList<>(elements(type, sent, sealer));
      case SET -> new LinkedHashSet<>(elements(type, sent, sealer));
      case MAP -> map(type, sent, sealer);
      case REF ->
          new Ref(
              type.target(), uuid(text(sent, "the uuid of a resource of type " + type.target())));
      case TASK_REF -> taskRef(sent);
    };
  }

  private static IllegalArgumentException expected(String what) {
    return new IllegalArgumentException(what + " is expected");
  }

  private static String text(Object sent, String what) {
    if (sent instanceof String s) {
      return s;
    }
    throw expected(what);
  }

  /* Whoever sends back what he was shown means to keep it. */
  private static String secret(Object sent) {
    String text = text(sent, "text, which is kept secret");
    if (text.equals(Secret.STARS)) {
      throw new IllegalArgumentException(
          "a secret is shown as %s: leave it out to keep it as it is".formatted(Secret.STARS));
    }
    return text;
  }

  private static Long integer(Object sent) {
    if (sent instanceof Integer || sent instanceof Long) {
      return ((Number) sent).longValue();
    }
    throw expected("a whole number of at most 64 bits");
  }

  private static BigDecimal decimal(Object sent) {
    try {
      // With room for a sign, a point and an exponent.
      boolean may = sent instanceof Number || sent instanceof String;
      if (may && sent.toString().length() <= ExactJson.MOST_DIGITS + 20) {
        BigDecimal decimal = new BigDecimal(sent.toString());
        if (ExactJson.fits(decimal)) {
          return decimal;
        }
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw expected(
        "a number, or the text of one, of at most 1,000 digits and with an exponent of at most"
            + " 1,000,");
  }

  private static Instant instant(String sent) {
    try {
      // RFC 3339 has years of four digits; Java has more.
      OffsetDateTime time = OffsetDateTime.parse(sent);
      if (time.getYear() >= 0 && time.getYear() <= 9999) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw expected("a time such as \"2026-03-01T12:00:00Z\"");
  }

  private static Duration duration(Object sent) {
    try {
      if (sent instanceof Integer || sent instanceof Long) {
        return Duration.ofSeconds(((Number) sent).longValue());
      }
      if (sent instanceof String s) {
        return Duration.parse(s);
      }
    } catch (DateTimeException | ArithmeticException e) {
      // said below
    }
    throw expected("a number of seconds, or a duration such as \"PT1M30S\"");
  }

  private static URI uri(String sent) {
    try {
      return new URI(sent);
    } catch (URISyntaxException e) {
      throw expected("a URI");
    }
  }

  private static UUID uuid(String sent) {
    try {
      UUID uuid = UUID.fromString(sent);
      if (uuid.toString().equalsIgnoreCase(sent)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw expected("a uuid");
  }

  private static List<Object> elements(
      FieldType type, Object sent, Function<String, Sealed> sealer) {
    if (!(sent instanceof JsonArray array)) {
      throw expected("an array of " + type.of().get(0));
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Object one = array.getValue(i);
      if (one == null) {
        throw expected("an array without null");
      }
      elements.add(element(i, type.of().get(0), one, sealer));
    }
    return elements;
  }

  private static Map<Object, Object> map(
      FieldType type, Object sent, Function<String, Sealed> sealer) {
    if (!(sent instanceof JsonObject object)) {
      throw expected("an object whose values are " + type.of().get(1));
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : object) {
      if (entry.getValue() == null) {
        throw expected("an object without null");
      }
      map.put(
          typed(type.of().get(0), entry.getKey()),
          element(entry.getKey(), type.of().get(1), entry.getValue(), sealer));
    }
    return map;
  }

  private static Object element(
      Object at, FieldType type, Object sent, Function<String, Sealed> sealer) {
    try {
      return value(type, sent, sealer);
    } catch (IllegalArgumentException e) {
      throw new InElement(at, String.valueOf(e.getMessage()));
    }
  }

  private static TaskRef taskRef(Object sent) {
    if (sent instanceof JsonObject object
        && object.getValue("resource") instanceof String resource
        && object.getValue("task") instanceof String task) {
      return new TaskRef(uuid(resource), uuid(task));
    }
    throw expected("{\"resource\": a uuid, \"task\": a uuid}");
  }

  /** JSON as Java's own collections, which is what the store writes. */
  private static Object tree(Object sent) {
    if (sent instanceof JsonObject object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.forEach(e -> map.put(e.getKey(), e.getValue() == null ? null : tree(e.getValue())));
      return map;
    }
    if (sent instanceof JsonArray array) {
      List<@Nullable Object> list = new ArrayList<>();
      array.forEach(one -> list.add(one == null ? null : tree(one)));
      return list;
    }
    if (sent instanceof BigDecimal decimal && !ExactJson.fits(decimal)) {
      throw expected("JSON whose numbers have at most 1,000 digits");
    }
    return sent instanceof Integer i ? (Object) i.longValue() : sent;
  }

  /** The value that stands in a place where there is only text: a filter, the key of a map. */
  static Object typed(FieldType type, String text) {
    Object sent =
        switch (type.kind()) {
          case TEXT, INSTANT, URI, UUID, REF, SECRET -> text;
          case INTEGER, DECIMAL, BOOL, DURATION, JSON, LIST, SET, MAP, TASK_REF -> json(text);
        };
    return value(
        type,
        sent,
        secret -> {
          throw new IllegalArgumentException("it is secret");
        });
  }

  private static Object json(String text) {
    try {
      Object value = ExactJson.read(text);
      return value == null ? text : value;
    } catch (io.vertx.core.json.DecodeException e) {
      return text;
    }
  }

  /** A stored value, as people see it; a secret as stars. */
  static @Nullable Object shown(@Nullable Object value, boolean decorated) {
    if (decorated) {
      return Json.decodeValue(Decorated.format(starred(value)));
    }
    return plain(value);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number) {
      return value;
    }
    if (value instanceof Sealed) {
      return Fields.STARS;
    }
    if (value instanceof Ref ref) {
      return ref.uuid().toString();
    }
    if (value instanceof TaskRef ref) {
      return new JsonObject()
          .put("resource", ref.resource().toString())
          .put("task", ref.task().toString());
    }
    if (value instanceof Iterable<?> elements) {
      JsonArray array = new JsonArray();
      elements.forEach(one -> array.add(plain(one)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, one) -> object.put(String.valueOf(plain(key)), plain(one)));
      return object;
    }
    return value.toString();
  }

  private static @Nullable Object starred(@Nullable Object value) {
    if (value instanceof Sealed) {
      return Fields.STARS;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, one) -> copy.put(key, starred(one)));
      return copy;
    }
    if (value instanceof java.util.Set<?> set) {
      java.util.Set<@Nullable Object> copy = new LinkedHashSet<>();
      set.forEach(one -> copy.add(starred(one)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(one -> copy.add(starred(one)));
      return copy;
    }
    return value;
  }
}

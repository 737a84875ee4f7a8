package dev.toygun.codec;

import dev.toygun.Ref;
import dev.toygun.TaskRef;
import dev.toygun.crypto.Sealed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads decorated values out of JSON that was parsed. */
final class Undecorate {
  private Undecorate() {}

  static @Nullable Object value(@Nullable Object json) {
    if (json instanceof List<?> list) {
      return elements(list);
    }
    if (!(json instanceof Map<?, ?> map)) {
      return json;
    }
    if (map.size() == 1) {
      Map.Entry<?, ?> only = map.entrySet().iterator().next();
      Tag tag = Tag.of(String.valueOf(only.getKey()));
      if (tag != null) {
        return tagged(tag, only.getValue());
      }
    }
    return entries(map);
  }

  /** The entries of a map whose own keys are never tags. */
  static Map<String, @Nullable Object> entries(Map<?, ?> map) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put(String.valueOf(key), value(value)));
    return entries;
  }

  private static List<@Nullable Object> elements(List<?> list) {
    List<@Nullable Object> elements = new ArrayList<>(list.size());
    list.forEach(element -> elements.add(value(element)));
    return elements;
  }

  static Object tagged(Tag tag, @Nullable Object inside) {
    try {
      return switch (tag) {
        case TIME -> Instant.parse(text(inside));
        case DURATION -> Duration.parse(text(inside));
        case URI -> URI.create(text(inside));
        case UUID -> UUID.fromString(text(inside));
        case DECIMAL -> new BigDecimal(text(inside));
        case INTEGER -> new BigInteger(text(inside));
        case FLOAT -> Double.valueOf(text(inside));
        case TEXT -> Texts.unescape(text(inside));
        case SET -> new LinkedHashSet<>(elements(list(inside)));
        case HASH -> hash(inside);
        case SECRET -> new Sealed(((Number) list(inside).get(0)).intValue(), second(inside));
        case MODEL -> new Ref(first(inside), UUID.fromString(second(inside)));
        case TASK_MODEL ->
            new TaskRef(UUID.fromString(first(inside)), UUID.fromString(second(inside)));
      };
    } catch (DateTimeException | ClassCastException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a malformed " + tag.word);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a malformed " + tag.word);
    }
  }

  private static Map<?, @Nullable Object> hash(@Nullable Object inside) {
    if (inside instanceof Map<?, ?> map) {
      return entries(map);
    }
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object pair : list(inside)) {
      List<?> two = list(pair);
      map.put(value(two.get(0)), value(two.get(1)));
    }
    return map;
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("no list");
  }

  private static String first(@Nullable Object pair) {
    Object first = value(list(pair).get(0));
    return first instanceof String s ? s : text(null);
  }

  private static String second(@Nullable Object pair) {
    return text(list(pair).get(1));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String s) {
      return s;
    }
    throw new IllegalArgumentException("no text");
  }
}

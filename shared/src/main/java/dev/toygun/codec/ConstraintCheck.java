package dev.toygun.codec;

import dev.toygun.Constraints;
import dev.toygun.FieldType;
import dev.toygun.FieldType.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges values by the constraints of their fields: for the worker that writes one, and for the API
 * that is sent one. No secret is constrained, so what came may be quoted.
 */
public final class ConstraintCheck {
  /** The most characters of all texts of a collection that are matched one by one. */
  private static final int MOST_MATCHED = 16 * Constraints.MOST_MATCHED;

  private static final int MOST_NAMED = 20;
  private static final int LONGEST = 40;
  private static final String CHARACTERS = "characters";
  private static final String ELEMENTS = "elements";

  private ConstraintCheck() {}

  /**
   * What is wrong with a value.
   *
   * @param at the index or the key of the element that it is; null where it is the whole
   * @param nth which of the elements that is, from 1 on; 0 for the whole
   * @param said what was expected, and what came
   */
  public record Wrong(@Nullable Object at, int nth, String said) {
    @Override
    public String toString() {
      return nth == 0 ? said : "element %d: %s".formatted(nth, said);
    }
  }

  /** What is wrong with a value, for people to read; nothing if it may be. */
  public static Optional<String> problem(Constraints constraints, Object value) {
    return find(constraints, value).map(Wrong::toString);
  }

  /** What is wrong with a value first; nothing if it may be. */
  public static Optional<Wrong> find(Constraints constraints, Object value) {
    if (constraints.isNone()) {
      return Optional.empty();
    }
    String whole = wrong(constraints, value);
    return Optional.ofNullable(
        whole != null
            ? new Wrong(null, 0, whole)
            : constraints.each() == null ? null : wrongElement(constraints.each(), value));
  }

  /** What values have to be, for people to read; nothing where anything of the type will do. */
  public static Optional<String> expected(Constraints constraints, FieldType type) {
    String words =
        String.join(", ", words(constraints, type.kind() == Kind.TEXT ? CHARACTERS : ELEMENTS));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  private static List<String> words(Constraints constraints, String unit) {
    List<String> words = new ArrayList<>();
    if (constraints.oneOf() != null) {
      words.add("one of " + named(constraints.oneOf()));
    }
    if (constraints.min() != null || constraints.max() != null) {
      words.add(range(constraints.min(), constraints.max()));
    }
    if (constraints.minLength() != null || constraints.maxLength() != null) {
      words.add(range(constraints.minLength(), constraints.maxLength()) + " " + unit);
    }
    if (constraints.pattern() != null) {
      words.add("text that matches " + constraints.pattern());
    }
    if (constraints.each() != null) {
      words.add("each " + String.join(", ", words(constraints.each(), CHARACTERS)));
    }
    return words;
  }

  static String named(List<?> values) {
    String some =
        values.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    int more = values.size() - MOST_NAMED;
    return more > 0 ? "%s and %d others".formatted(some, more) : some;
  }

  private static String range(@Nullable Object least, @Nullable Object most) {
    if (least == null) {
      return "at most " + most;
    }
    if (least.equals(most)) {
      return "exactly " + most;
    }
    return most == null ? "at least " + least : least + " to " + most;
  }

  private static @Nullable String wrong(Constraints c, Object value) {
    if (c.oneOf() != null && c.oneOf().stream().noneMatch(one -> same(one, value))) {
      return "one of %s is expected, not %s".formatted(named(c.oneOf()), quoted(value));
    }
    if (beyond(value, c.min(), -1) || beyond(value, c.max(), 1)) {
      return "%s is expected, not %s".formatted(range(c.min(), c.max()), quoted(value));
    }
    int length = length(value);
    if ((c.minLength() != null && length < c.minLength())
        || (c.maxLength() != null && length > c.maxLength())) {
      return "%s %s are expected, not %d"
          .formatted(
              range(c.minLength(), c.maxLength()),
              value instanceof String ? CHARACTERS : ELEMENTS,
              length);
    }
    if (c.pattern() != null
        && value instanceof String text
        && !Patterns.matches(c.pattern(), text)) {
      return "text that matches %s is expected, not %s".formatted(c.pattern(), quoted(value));
    }
    return null;
  }

  private static @Nullable Wrong wrongElement(Constraints each, Object value) {
    boolean isMap = value instanceof Map<?, ?>;
    Collection<?> elements =
        value instanceof Map<?, ?> map
            ? map.entrySet()
            : value instanceof Collection<?> many ? many : List.of();
    int matched = 0;
    int n = 0;
    for (Object one : elements) {
      n++;
      Object element = isMap ? ((Map.Entry<?, ?>) one).getValue() : one;
      matched += element instanceof String text ? text.length() : 0;
      if (each.pattern() != null && matched > MOST_MATCHED) {
        return new Wrong(
            null,
            0,
            "elements of at most %d characters together are expected".formatted(MOST_MATCHED));
      }
      String wrong = wrong(each, element);
      if (wrong != null) {
        return new Wrong(isMap ? ((Map.Entry<?, ?>) one).getKey() : n - 1, n, wrong);
      }
    }
    return null;
  }

  /** By value: 1.10 is 1.1. */
  static boolean same(Object one, Object other) {
    return (one instanceof BigDecimal decimal && other instanceof BigDecimal that)
        ? decimal.compareTo(that) == 0
        : one.equals(other);
  }

  /* What is of another class is of another type, which is told elsewhere. */
  @SuppressWarnings("unchecked")
  private static boolean beyond(Object value, @Nullable Comparable<?> bound, int side) {
    return bound != null
        && bound.getClass().isInstance(value)
        && Integer.signum(((Comparable<Object>) value).compareTo(bound)) == side;
  }

  private static int length(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    return value instanceof Map<?, ?> map
        ? map.size()
        : value instanceof Collection<?> many ? many.size() : 0;
  }

  private static String quoted(Object value) {
    String text = String.valueOf(value);
    String some =
        text.codePointCount(0, text.length()) <= LONGEST
            ? text
            : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    return value instanceof String ? "'" + some + "'" : some;
  }
}

package dev.toygun;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a field have to be, as data: it is published with the type, so that a value is
 * judged where it comes in, by a program that has none of the user's classes.
 *
 * @param oneOf the values that there are; null for any
 * @param min the least value, itself included; or null
 * @param max the greatest value, itself included; or null
 * @param minLength the fewest characters of a text, as code points, or elements of a collection; or
 *     null
 * @param maxLength the most of them; or null
 * @param pattern what the whole of a text matches, as RE2 reads it; or null
 * @param each what each element of a list or set, or value of a map, has to be; or null
 */
public record Constraints(
    @Nullable List<Object> oneOf,
    @Nullable Comparable<?> min,
    @Nullable Comparable<?> max,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable String pattern,
    @Nullable Constraints each) {
  /** Anything of the field's type. */
  public static final Constraints NONE = new Constraints(null, null, null, null, null, null, null);

  /**
   * The most characters of a text that is matched: matching is linear in them, and not for free.
   */
  public static final int MOST_MATCHED = 4_096;

  public Constraints {
    oneOf = oneOf == null ? null : List.copyOf(oneOf);
  }

  /** Whether anything of the field's type will do. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** The same, but any of the values that the rest of it allows. */
  public Constraints withoutOneOf() {
    return new Constraints(null, min, max, minLength, maxLength, pattern, each);
  }

  Constraints oneOf(List<?> values) {
    return new Constraints(List.copyOf(values), min, max, minLength, maxLength, pattern, each);
  }

  Constraints min(Comparable<?> least) {
    return new Constraints(oneOf, least, max, minLength, maxLength, pattern, each);
  }

  Constraints max(Comparable<?> most) {
    return new Constraints(oneOf, min, most, minLength, maxLength, pattern, each);
  }

  Constraints length(@Nullable Integer least, int most) {
    return new Constraints(oneOf, min, max, least, most, pattern, each);
  }

  /** A text without a length of its own has the longest that is matched. */
  Constraints matching(String regex) {
    Integer most = maxLength == null ? Integer.valueOf(MOST_MATCHED) : maxLength;
    return new Constraints(oneOf, min, max, minLength, most, regex, each);
  }

  Constraints each(Constraints element) {
    return new Constraints(
        oneOf, min, max, minLength, maxLength, pattern, element.isNone() ? null : element);
  }
}

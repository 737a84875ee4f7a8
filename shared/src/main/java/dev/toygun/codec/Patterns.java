package dev.toygun.codec;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The expressions of fields that are matched: compiled once, by an engine whose time is linear. */
final class Patterns {
  /* Those of the types of one database; what is beyond is compiled each time. */
  private static final int MOST = 1_000;
  private static final int LONGEST = 1_000;
  private static final int LARGEST = 1_000;
  private static final Map<String, Optional<Pattern>> COMPILED = new ConcurrentHashMap<>();

  private Patterns() {}

  /** Whether the whole text matches. What only a newer worker can compile, it judges. */
  static boolean matches(String regex, String text) {
    Optional<Pattern> known = COMPILED.get(regex);
    if (known == null) {
      known = compiled(regex);
      if (COMPILED.size() < MOST) {
        COMPILED.put(regex, known);
      }
    }
    return known.isEmpty() || known.get().matches(text);
  }

  private static Optional<Pattern> compiled(String regex) {
    try {
      return Optional.of(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Why a field cannot be matched by this expression. */
  static Optional<String> problem(String regex) {
    if (regex.length() > LONGEST) {
      return Optional.of("it has %d characters: at most %d".formatted(regex.length(), LONGEST));
    }
    try {
      int size = Pattern.compile(regex).programSize();
      return size <= LARGEST
          ? Optional.empty()
          : Optional.of(
              "it is compiled to %d instructions: at most %d; count less".formatted(size, LARGEST));
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "RE2 does not read it: %s. It has no back references, and cannot look ahead or behind: that is for .check(…)"
              .formatted(e.getDescription()));
    }
  }
}

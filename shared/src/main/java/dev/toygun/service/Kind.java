package dev.toygun.service;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a setting may be.
 *
 * @param expected says it in words, after "expected"
 * @param reading reads the text; fails with an {@link IllegalArgumentException}
 * @param explains whether the message of that failure says what is wrong, and shows no secret
 */
public record Kind<T>(String expected, Reading<T> reading, boolean explains) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  Kind(String expected, Reading<T> reading) {
    this(expected, reading, false);
  }

  /** Reads the text of a setting. */
  @FunctionalInterface
  public interface Reading<T> {
    /** The value; fails with an {@link IllegalArgumentException} where the text is not one. */
    T read(String text);
  }

  static Kind<String> text() {
    return new Kind<>("a text", text -> text);
  }

  static Kind<Integer> integer(int least, int most) {
    return new Kind<>(
        "a whole number from " + least + " to " + most,
        text -> {
          int number = Integer.parseInt(text);
          check(number >= least && number <= most);
          return number;
        });
  }

  static Kind<Duration> duration() {
    return new Kind<>(
        "a time such as 500ms, 30s, 5m or 1h",
        text -> {
          Matcher matcher = DURATION.matcher(text);
          check(matcher.matches());
          long amount = Long.parseLong(matcher.group(1));
          return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
          };
        });
  }

  static Kind<Duration> days() {
    return new Kind<>(
        "a number of days such as 400d, 1d at least",
        text -> {
          check(text.matches("[1-9][0-9]{0,4}d"));
          return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
        });
  }

  static Kind<Path> path() {
    return new Kind<>("a path", Path::of);
  }

  static Kind<List<Path>> paths() {
    return new Kind<>(
        "paths with '" + File.pathSeparator + "' between them",
        text -> split(text, File.pathSeparator).stream().map(Path::of).toList());
  }

  static Kind<List<String>> names() {
    return new Kind<>(
        "names with ',' between them, each of a-z, 0-9, '-' and '_'",
        text -> {
          List<String> names = split(text, ",");
          check(!names.isEmpty() && names.stream().allMatch(n -> n.matches("[a-z0-9_-]{1,63}")));
          return names;
        });
  }

  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(word -> word.name().toLowerCase(Locale.ROOT))
            .toList();
    return new Kind<>(
        "one of " + String.join(", ", words),
        text -> {
          check(words.contains(text));
          return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
  }

  /** A URL of one of these schemes that names a host. */
  static Kind<URI> url(String example, String... schemes) {
    return new Kind<>(
        "a URL such as " + example,
        text -> {
          URI uri = URI.create(text);
          check(
              List.of(schemes).contains(String.valueOf(uri.getScheme())) && uri.getHost() != null);
          return uri;
        });
  }

  static void check(boolean right) {
    if (!right) {
      throw new IllegalArgumentException("not what was expected");
    }
  }

  private static List<String> split(String text, String between) {
    return Arrays.stream(text.split(Pattern.quote(between), -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}

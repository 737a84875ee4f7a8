package dev.toygun.api;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what the contract expects where a body has something else. */
final class Expected {
  /* Only that is shown which should have been one of a few words: all else may be secret. */
  private static final int MOST_SHOWN = 60;

  private record Rule(Pattern said, Function<MatchResult, String> words) {
    static Rule of(String said, String words) {
      return new Rule(
          Pattern.compile(said),
          found ->
              words.formatted(
                  IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group).toArray()));
    }
  }

  private static final Map<String, String> KINDS =
      Map.of(
          "string", "text",
          "integer", "a whole number",
          "number", "a number",
          "boolean", "true or false",
          "object", "an object",
          "array", "a list");

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "String does not match pattern",
              "text of the form that /openapi.json gives is expected"),
          Rule.of(
              "String does not match format \"date-time\"",
              "a time is expected, such as 2030-01-31T12:00:00Z"),
          Rule.of("String does not match format \"uuid\"", Parameters.UUID_EXPECTED),
          new Rule(
              Pattern.compile("Instance type (\\w+) is invalid\\. Expected (.+)"),
              found ->
                  "%s is expected, not %s".formatted(kinds(found.group(2)), kinds(found.group(1)))),
          Rule.of("String is too short \\(0 < 1\\)", "text that is not empty is expected"),
          Rule.of(
              "String is too short \\((\\d+) < (\\d+)\\)",
              "text of %2$s characters or more is expected, not of %1$s"),
          Rule.of(
              "String is too long \\((\\d+) > (\\d+)\\)",
              "text of %2$s characters at most is expected, not of %1$s"),
          Rule.of(
              "Array has too few items \\( \\+ (\\d+) < (\\d+)\\)",
              "a list of %2$s or more is expected, not of %1$s"),
          Rule.of(
              "Array has too many items \\( \\+ (\\d+) > (\\d+)\\)",
              "a list of %2$s at most is expected, not of %1$s"),
          Rule.of(
              "Duplicate items at indexes (\\d+) and (\\d+)",
              "each is expected once, and %1$s and %2$s are alike"),
          Rule.of("(\\S+) is less than (\\S+)", "%2$s or more is expected, not %1$s"),
          Rule.of("(\\S+) is greater than (\\S+)", "%2$s at most is expected, not %1$s"));

  private static final Pattern ONE_OF =
      Pattern.compile("Instance does not match any of (\\[.*])", Pattern.DOTALL);

  private Expected() {}

  /**
   * The words for what the checker of schemas says; its own where there are none.
   *
   * @param sent gives what it says that of
   */
  static String of(String said, Supplier<@Nullable Object> sent) {
    Matcher oneOf = ONE_OF.matcher(said);
    if (oneOf.matches()) {
      String all =
          new JsonArray(oneOf.group(1))
              .stream().map(String::valueOf).collect(Collectors.joining(", "));
      return "one of %s is expected, not %s".formatted(all, shown(sent.get()));
    }
    for (Rule rule : RULES) {
      Matcher found = rule.said().matcher(said);
      if (found.matches()) {
        return rule.words().apply(found.toMatchResult());
      }
    }
    return said;
  }

  private static String kinds(String types) {
    return Stream.of(types.split(", ", -1))
        .map(type -> KINDS.getOrDefault(type, type))
        .collect(Collectors.joining(" or "));
  }

  private static String shown(@Nullable Object sent) {
    String text = Json.encode(sent);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}

package dev.toygun.client;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Options} gives: it is of every kind, and the caller sees only those that it may be.
 */
record Given(Map<String, @Nullable Object> sent)
    implements Option.Label,
        Option.Parent,
        Option.Reason,
        Option.State,
        Option.IfMatch,
        Option.Availability,
        Option.OrderBy,
        Option.PageSize,
        Option.Timeout,
        Option.OfTask,
        Option.Since,
        Option.UntilTime,
        Option.Resource,
        Option.Most,
        Option.Under,
        Option.OfTypes,
        Option.MinSeverity,
        Option.TypeVersion,
        Option.Days {

  static Given of(String name, Object value) {
    return new Given(Map.of(name, value));
  }

  /**
   * All that was given, by name.
   *
   * @throws IllegalArgumentException where something is given twice; but conditions come together
   */
  static Map<String, @Nullable Object> all(Option... options) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (Option option : options) {
      option
          .sent()
          .forEach(
              (name, value) -> {
                if (name.equals("filter") && all.get(name) instanceof List<?> before) {
                  all.put(name, Stream.of(before, (List<?>) value).flatMap(List::stream).toList());
                } else if (all.containsKey(name)) {
                  throw new IllegalArgumentException(name + ": it is given twice");
                } else {
                  all.put(name, value);
                }
              });
    }
    return all;
  }

  /** Sent as null. */
  static Given nothing(String name) {
    Map<String, @Nullable Object> sent = new HashMap<>();
    sent.put(name, null);
    return new Given(Collections.unmodifiableMap(sent));
  }
}

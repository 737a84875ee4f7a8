package dev.toygun;

import java.util.List;
import java.util.regex.Pattern;

/** The rule for names of types, fields, tasks, states and signals. */
final class Names {
  private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  private Names() {}

  static List<String> problems(String what, String name) {
    if (BuiltIn.reserved(name)) {
      return List.of(
          "%s %s: names that begin and end with two underscores are reserved"
              .formatted(what, name));
    }
    return RULE.matcher(name).matches()
        ? List.of()
        : List.of(
            ("%s '%s': a name begins with a lower-case letter, then up to 62 lower-case letters,"
                    + " digits, underscores or hyphens")
                .formatted(what, name));
  }
}

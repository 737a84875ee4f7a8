package dev.toygun;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A field of text. */
public final class TextField extends ScalarField<String, TextField> {
  TextField(FieldParts<String> parts) {
    super(parts);
  }

  @Override
  TextField of(FieldParts<String> changed) {
    return new TextField(changed);
  }

  /** The same field, whose value is the name of one of these in lower case, as states have it. */
  public TextField oneOf(Class<? extends Enum<?>> values) {
    List<String> names =
        Arrays.stream(values.getEnumConstants()).<String>map(Machine::nameOf).toList();
    return constrained(c -> c.oneOf(names));
  }

  /** The same field, with at most so many characters (code points). */
  public TextField length(int most) {
    return constrained(c -> c.length(null, most));
  }

  /** The same field, with so many characters (code points), both included. */
  public TextField length(int least, int most) {
    return constrained(c -> c.length(least, most));
  }

  /**
   * The same field, whose whole value matches. The expression is one of RE2, which takes time
   * linear in the text: it has no back references, and cannot look ahead or behind. A text that is
   * matched has at most {@link Constraints#MOST_MATCHED} characters.
   */
  public TextField matching(String regex) {
    Objects.requireNonNull(regex);
    return constrained(c -> c.matching(regex));
  }
}

package dev.toygun;

import java.util.List;

/** Resource types that cannot be used, with everything that is wrong with them in one message. */
public final class InvalidTypes extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  /** All of these. */
  public InvalidTypes(List<String> problems) {
    super("the resource types cannot be used:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each thing that is wrong, as a sentence that begins with the type's name. */
  public List<String> problems() {
    return problems;
  }
}

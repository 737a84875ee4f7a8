package dev.toygun.api;

/** Something is wrong with an element of what was sent, and where that is. */
final class InElement extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * An element.
   *
   * @param at its index, or its key
   */
  InElement(Object at, String wrong) {
    super(wrong);
    pointer = "/" + step(at.toString());
  }

  /** From what was sent to the element, as a JSON pointer. */
  String pointer() {
    return pointer;
  }

  /** A name, as it stands in a JSON pointer. */
  static String step(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

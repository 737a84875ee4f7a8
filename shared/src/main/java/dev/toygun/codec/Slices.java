package dev.toygun.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cuts the text of a JSON object into its members, each left as the text it was. Postgres has
 * checked that the text is JSON; here only quotes and brackets are counted.
 */
final class Slices {
  private final String text;
  private int at;

  private Slices(String text) {
    this.text = text;
  }

  /**
   * The members, by name, in their order.
   *
   * @throws IllegalArgumentException if the text is no object
   */
  static Map<String, String> of(String text) {
    return new Slices(text).members();
  }

  private Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    expect('{');
    if (peek() == '}') {
      return members;
    }
    while (true) {
      String name = name();
      expect(':');
      skipSpace();
      int from = at;
      skipValue();
      members.put(name, text.substring(from, at).stripTrailing());
      if (peek() != ',') {
        expect('}');
        return members;
      }
      at++;
    }
  }

  private String name() {
    skipSpace();
    int from = at;
    skipString();
    String quoted = text.substring(from, at);
    if (quoted.indexOf('\\') >= 0 && JsonTree.parse(quoted) instanceof String name) {
      return name;
    }
    return quoted.substring(1, quoted.length() - 1);
  }

  private void skipValue() {
    int depth = 0;
    for (; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '"' -> {
          skipString();
          at--;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth-- == 0) {
            return;
          }
        }
        case ',' -> {
          if (depth == 0) {
            return;
          }
        }
        default -> {}
      }
    }
  }

  private void skipString() {
    expect('"');
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        return;
      }
    }
    throw new IllegalArgumentException("the fields of a row end inside a string");
  }

  private char peek() {
    skipSpace();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalArgumentException("the fields of a row are no JSON object");
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }
}

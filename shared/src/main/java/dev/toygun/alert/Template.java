package dev.toygun.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text with holes: {@code {{name}}}, or {@code {{task|the resource}}} with what stands there
 * where the variable has no value. It is read when a sink is saved, so that a variable that does
 * not exist is found by who wrote it and not by who is to be woken.
 */
public final class Template {
  /** How long the text of a template may be. */
  static final int LONGEST = 4000;

  /** How long what it says may be; more is cut off. */
  static final int LONGEST_RENDERED = 8000;

  private final List<Piece> pieces;

  private Template(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /** A text, or a variable and what stands for its absence. */
  private record Piece(String text, @Nullable Variable variable) {}

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Template parse(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException("a template has 1 to %d characters".formatted(LONGEST));
    }
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("text without the character of code 0 is expected");
    }
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
      int close = text.indexOf("}}", open);
      if (close < 0) {
        throw new IllegalArgumentException(
            "'%s' has no end: expected }}".formatted(excerpt(text.substring(open))));
      }
      if (open > at) {
        pieces.add(new Piece(text.substring(at, open), null));
      }
      pieces.add(hole(text.substring(open + 2, close)));
      at = close + 2;
    }
    if (at < text.length()) {
      pieces.add(new Piece(text.substring(at), null));
    }
    return new Template(pieces);
  }

  private static Piece hole(String inside) {
    int bar = inside.indexOf('|');
    String name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
    Optional<Variable> variable = Variable.ofStored(name);
    if (variable.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no variable '%s'; there are %s".formatted(excerpt(name), Variable.known()));
    }
    return new Piece(bar < 0 ? "" : inside.substring(bar + 1).strip(), variable.get());
  }

  private static String excerpt(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /**
   * What it says of this.
   *
   * @throws IllegalArgumentException where a variable's value is not of its type
   */
  String render(JsonObject body) {
    StringBuilder out = new StringBuilder();
    for (Piece piece : pieces) {
      @Nullable String value = piece.variable() == null ? null : piece.variable().in(body);
      out.append(value == null ? piece.text() : value);
      if (out.length() > LONGEST_RENDERED) {
        return Texts.cut(out.toString(), LONGEST_RENDERED);
      }
    }
    return out.toString();
  }
}

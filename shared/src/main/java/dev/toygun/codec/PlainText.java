package dev.toygun.codec;

import dev.toygun.FieldType.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plainest values, which most are, without a parser: making one costs more than all of a
 * small row.
 */
final class PlainText {
  private PlainText() {}

  /**
   * What a parser would make of the text; null if it has to be asked.
   *
   * @throws IllegalArgumentException if a tag is malformed
   */
  static @Nullable Object read(Kind kind, String json) {
    if (json.isEmpty()) {
      return null;
    }
    return switch (kind) {
      case INTEGER -> integer(json);
      case BOOL -> json.equals("true") ? Boolean.TRUE : json.equals("false") ? Boolean.FALSE : null;
      case TEXT -> {
        int last = json.length() - 1;
        boolean simple = json.charAt(0) == '"' && json.indexOf('"', 1) == last;
        yield simple && json.indexOf('\\') < 0 ? json.substring(1, last) : null;
      }
      case DECIMAL -> tagged(Tag.DECIMAL, json);
      case INSTANT -> tagged(Tag.TIME, json);
      case DURATION -> tagged(Tag.DURATION, json);
      case URI -> tagged(Tag.URI, json);
      case UUID -> tagged(Tag.UUID, json);
      case SECRET, JSON, LIST, SET, MAP, REF, TASK_REF -> null;
    };
  }

  private static @Nullable Object tagged(Tag tag, String json) {
    String inside = tag.inside(json);
    return inside == null ? null : Undecorate.tagged(tag, inside);
  }

  private static @Nullable Long integer(String json) {
    int digits = json.charAt(0) == '-' ? 1 : 0;
    if (json.length() == digits || json.length() > 18) {
      return null;
    }
    for (int i = digits; i < json.length(); i++) {
      if (json.charAt(i) < '0' || json.charAt(i) > '9') {
        return null;
      }
    }
    return Long.valueOf(json);
  }
}

package dev.toygun.store;

import dev.toygun.store.TypeDefinition.FieldDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a history says of fields that somebody has changed: short, and without what is secret. */
final class FieldText {
  private static final int MOST_FIELDS = 5;
  private static final int MOST_CHARACTERS = 60;

  private FieldText() {}

  /** One field, as {@code sets size to 3 (was 2)}. */
  static String change(FieldDefinition field, @Nullable Object before, @Nullable Object now) {
    if (isLong(field, before) || isLong(field, now)) {
      return (now == null ? "unsets " : "sets ") + field.name();
    }
    String was = before == null ? "" : " (was " + shown(before) + ")";
    return now == null
        ? "unsets " + field.name() + was
        : "sets " + field.name() + " to " + shown(now) + was;
  }

  /** All of them, of which only so many are told in full. */
  static String changes(List<String> each) {
    String told = each.stream().limit(MOST_FIELDS).collect(Collectors.joining(", "));
    int more = each.size() - MOST_FIELDS;
    return more > 0 ? told + ", and " + more + " more" : told;
  }

  /* A collection, or a record, is too much for a line, and may have secrets in it. */
  private static boolean isLong(FieldDefinition field, @Nullable Object value) {
    return field.secret()
        || field.type().equals("json")
        || value instanceof Collection<?>
        || value instanceof Map<?, ?>;
  }

  private static String shown(Object value) {
    String text = value.toString();
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MOST_CHARACTERS)
        .map(FieldText::storable)
        .forEach(line::appendCodePoint);
    if (text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
      line.append('…');
    }
    return value instanceof String ? "'" + line + "'" : line.toString();
  }

  /* A field may hold what a column of text may not. */
  private static int storable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.SURROGATE -> '\uFFFD';
      default -> character;
    };
  }
}

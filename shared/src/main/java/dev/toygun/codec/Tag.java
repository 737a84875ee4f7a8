package dev.toygun.codec;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words that decorate a value in JSON. */
enum Tag {
  TIME("Time"),
  DURATION("Duration"),
  SET("Set"),
  HASH("Hash"),
  SECRET("Secret"),
  MODEL("Model"),
  TASK_MODEL("TaskModel"),
  DECIMAL("Decimal"),
  INTEGER("Integer"),
  FLOAT("Float"),
  URI("URI"),
  UUID("UUID"),
  TEXT("Text");

  private static final Map<String, Tag> BY_WORD = new HashMap<>();

  static {
    for (Tag tag : values()) {
      BY_WORD.put(tag.word, tag);
    }
  }

  final String word;

  /** What stands before the value, up to its colon. */
  final String opening;

  Tag(String word) {
    this.word = word;
    this.opening = "{\"" + word + "\":";
  }

  static @Nullable Tag of(String word) {
    return BY_WORD.get(word);
  }

  /** Whether a map with only this key would be taken for a tag, today's or a later one. */
  static boolean like(String key) {
    return !key.isEmpty() && key.charAt(0) >= 'A' && key.charAt(0) <= 'Z';
  }

  /** The string that this tag decorates, or null if the text has to be read with more care. */
  @Nullable String inside(String json) {
    int from = opening.length();
    if (!json.startsWith(opening)) {
      return null;
    }
    while (from < json.length() && json.charAt(from) == ' ') {
      from++;
    }
    int to = json.length() - 2;
    boolean simple =
        from < to
            && json.charAt(from) == '"'
            && json.indexOf('"', from + 1) == to
            && json.endsWith("}")
            && json.indexOf('\\', from) < 0;
    return simple ? json.substring(from + 1, to) : null;
  }
}

package dev.toygun.worker;

import dev.toygun.Field;
import dev.toygun.Secret;
import dev.toygun.codec.Attrs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a subject's secrets out of a text before it is stored: an exception's message, say, which
 * quotes the connection string it failed with.
 */
final class Redaction {
  private static final int SHORTEST = 4;
  private static final Logger LOG = LoggerFactory.getLogger(Redaction.class);

  String clean(Subject subject, String text) {
    String clean = clean(subject.type().fields(), subject.fields(), text);
    return subject.task() == null ? clean : clean(subject.task().fields(), subject.own(), clean);
  }

  private static String clean(List<Field<?>> fields, Attrs attrs, String text) {
    String clean = text;
    for (Field<?> field : fields) {
      if (field.type().secret()) {
        for (Secret secret : secrets(attrs, field)) {
          clean = clean.replace(secret.reveal(), secret.toString());
        }
      }
    }
    return clean;
  }

  /** The secrets of a field, the longest first: one may be a part of another. */
  private static List<Secret> secrets(Attrs attrs, Field<?> field) {
    List<Secret> found = new ArrayList<>();
    try {
      collect(attrs.find(field).orElse(null), found);
    } catch (RuntimeException e) {
      // What cannot be read cannot have been quoted either; and the error is stored all the same.
      LOG.warn("field '{}' is not looked into for secrets: {}", field, e.getMessage());
    }
    found.removeIf(secret -> secret.reveal().length() < SHORTEST);
    found.sort((a, b) -> Integer.compare(b.reveal().length(), a.reveal().length()));
    return found;
  }

  private static void collect(@Nullable Object value, List<Secret> found) {
    if (value instanceof Secret secret) {
      found.add(secret);
    } else if (value instanceof Collection<?> many) {
      many.forEach(one -> collect(one, found));
    } else if (value instanceof Map<?, ?> map) {
      collect(map.keySet(), found);
      collect(map.values(), found);
    }
  }
}

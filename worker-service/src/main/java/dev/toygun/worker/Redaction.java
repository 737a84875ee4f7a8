package dev.toygun.worker;

import dev.toygun.Field;
import dev.toygun.Secret;
import dev.toygun.codec.Attrs;
import dev.toygun.codec.Decorated;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes secrets out of what is stored of what a subject's code says: of an exception's message,
 * say, which quotes the connection string it failed with.
 */
final class Redaction {
  /** The most characters of a text that are kept. */
  static final int LONGEST = 2_000;

  private static final int SHORTEST = 4;
  private static final String STARS = Secret.of("").toString();
  private static final Logger LOG = LoggerFactory.getLogger(Redaction.class);

  /** The text with stars for secrets, as it can be stored: Postgres takes no U+0000. */
  String clean(Subject subject, String text) {
    if (text.isEmpty()) {
      return text; // As of most ticks: then nobody's secrets are looked for.
    }
    String clean = clean(secrets(subject), text).replace('\0', '\ufffd');
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  /** An error's attributes as decorated JSON: stars for secrets, an odd value as its text. */
  String json(Subject subject, Map<String, Object> attributes) {
    List<String> secrets = secrets(subject);
    Map<String, @Nullable Object> clean = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) ->
            clean.put(
                clean(secrets, name),
                isStorable(value) ? value(secrets, value) : clean(secrets, text(value))));
    return Decorated.formatFields(clean);
  }

  private static String clean(List<String> secrets, String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, STARS);
    }
    return clean;
  }

  /* Before it is JSON: there a secret may be escaped, and stars are not a number. */
  private static @Nullable Object value(List<String> secrets, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> clean = new LinkedHashMap<>();
      map.forEach((key, inside) -> clean.put(value(secrets, key), value(secrets, inside)));
      return clean;
    }
    if (value instanceof Collection<?> many) {
      Collection<@Nullable Object> clean =
          many instanceof Set<?> ? new LinkedHashSet<>() : new ArrayList<>();
      many.forEach(one -> clean.add(value(secrets, one)));
      return clean;
    }
    String text = String.valueOf(value);
    String clean = clean(secrets, text);
    return clean.equals(text) ? value : clean;
  }

  private static boolean isStorable(Object value) {
    try {
      Decorated.format(value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String text(Object value) {
    try {
      return String.valueOf(value);
    } catch (Throwable e) {
      return "something of class %s whose toString() fails".formatted(value.getClass().getName());
    }
  }

  /**
   * What a subject has, and what its code has opened; the longest first: one may be a part of
   * another.
   */
  private static List<String> secrets(Subject subject) {
    Opened own = new Opened();
    open(subject.type().fields(), subject.fields(), own);
    if (subject.task() != null) {
      open(subject.task().fields(), subject.own(), own);
    }
    List<String> found = own.secrets();
    found.addAll(subject.opened().secrets());
    found.removeIf(secret -> secret.length() < SHORTEST);
    found.sort(Comparator.comparingInt(String::length).reversed());
    return found;
  }

  private static void open(List<Field<?>> fields, Attrs attrs, Opened all) {
    for (Field<?> field : fields) {
      try {
        if (field.type().secret()) {
          attrs.find(field).ifPresent(all);
        }
      } catch (RuntimeException e) {
        // What cannot be read cannot have been quoted either; and the error is stored all the same.
        LOG.warn("field '{}' is not looked into for secrets: {}", field, e.getMessage());
      }
    }
  }
}

package dev.toygun.worker;

import dev.toygun.Field;
import dev.toygun.Secret;
import dev.toygun.codec.Attrs;
import java.util.List;

/**
 * Takes a subject's secrets out of a text before it is stored: an exception's message, say, which
 * quotes the connection string it failed with.
 */
final class Redaction {
  private static final int SHORTEST = 4;

  String clean(Subject subject, String text) {
    String clean = clean(subject.type().fields(), subject.fields(), text);
    return subject.task() == null ? clean : clean(subject.task().fields(), subject.own(), clean);
  }

  private static String clean(List<Field<?>> fields, Attrs attrs, String text) {
    String clean = text;
    for (Field<?> field : fields) {
      if (field.type().secret()
          && attrs.find(field).orElse(null) instanceof Secret secret
          && secret.reveal().length() >= SHORTEST) {
        clean = clean.replace(secret.reveal(), secret.toString());
      }
    }
    return clean;
  }
}

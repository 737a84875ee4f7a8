package dev.toygun.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Takes a sink's secrets out of what the other side answered: who refuses a request may quote it,
 * and an answer is stored, logged and shown.
 */
final class Redaction {
  /** What is shorter is a word that says nothing by itself. */
  private static final int SHORTEST = 4;

  /** An answer may be cut off within a secret; less than this of one does not give it away. */
  private static final int BEGINNING = 8;

  private Redaction() {}

  /**
   * The text with stars for secrets.
   *
   * @param settings as they were before they were sealed
   */
  static String clean(SinkKind kind, JsonObject settings, String text) {
    String clean = text;
    for (String secret : secrets(kind, settings)) {
      clean = clean(secret, clean);
    }
    return clean;
  }

  private static String clean(String secret, String text) {
    String clean = text.replace(secret, SinkSettings.STARS);
    for (int length = secret.length() - 1; length >= BEGINNING; length--) {
      clean = clean.replace(secret.substring(0, length), SinkSettings.STARS);
    }
    return clean;
  }

  /** The longest first: one may be a part of another. */
  private static List<String> secrets(SinkKind kind, JsonObject settings) {
    List<String> found = new ArrayList<>();
    for (Part part : kind.parts()) {
      if (part.secret() && settings.getValue(part.name()) instanceof String secret) {
        found.add(secret);
        if (part.check() == Part.Check.DSN) {
          found.add(Dsn.parse(secret).key());
        }
        if (part.check() == Part.Check.URL) {
          // A server quotes what it was asked for, and may escape what stands between its parts.
          Arrays.stream(secret.split("[/?&=]", -1))
              .skip(3)
              .filter(piece -> piece.length() >= BEGINNING)
              .forEach(found::add);
        }
      }
    }
    found.removeIf(secret -> secret.length() < SHORTEST);
    found.sort(Comparator.comparingInt(String::length).reversed());
    return found;
  }
}

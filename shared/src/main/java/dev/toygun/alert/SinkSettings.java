package dev.toygun.alert;

import dev.toygun.Secret;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.crypto.FieldSeal.Place;
import dev.toygun.crypto.Sealed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The settings of sinks: what they may be, and how they are stored. What is secret in them is
 * sealed for its sink and its name, like a field of a resource, and opened only to send or to
 * change.
 */
public final class SinkSettings {
  static final String STARS = Secret.STARS;
  private static final String SECRET = "Secret";
  private static final String TYPE = "__sink__";

  /** The settings that say who is told. */
  private static final List<String> WHERE_TO = List.of("url", "host", "port", "security", "ca");

  private final FieldSeal seal;

  /** Seals with these keys. */
  public SinkSettings(FieldSeal seal) {
    this.seal = seal;
  }

  /** Something that is wrong with a setting. */
  public record Wrong(String name, String detail) {}

  /** All that is wrong with these settings; empty where they may be saved. */
  public static List<Wrong> wrongs(SinkKind kind, JsonObject settings) {
    List<Wrong> wrongs = new ArrayList<>();
    for (String name : settings.fieldNames()) {
      if (kind.parts().stream().noneMatch(part -> part.name().equals(name))) {
        wrongs.add(
            new Wrong(
                name,
                "a sink of kind %s has no such setting; it has %s"
                    .formatted(kind.stored(), names(kind))));
      }
    }
    for (Part part : kind.parts()) {
      Object value = settings.getValue(part.name());
      if (value == null && part.needed()) {
        wrongs.add(new Wrong(part.name(), "a sink of kind %s needs it".formatted(kind.stored())));
      } else if (value != null) {
        String wrong =
            part.secret() && STARS.equals(value)
                ? "a secret is shown like that: leave it out to keep it as it is"
                : part.check().wrong(value);
        if (wrong != null) {
          wrongs.add(new Wrong(part.name(), wrong));
        }
      }
    }
    if (kind == SinkKind.EMAIL
        && settings.containsKey("username") != settings.containsKey("password")) {
      wrongs.add(new Wrong("password", "username and password come together"));
    }
    return wrongs;
  }

  /**
   * Secrets that have to be given again: whoever sends a sink elsewhere would else be sent what it
   * never shows.
   *
   * @param before the settings as they were, secrets opened
   * @param change what is changed of them
   */
  public static List<Wrong> neededAgain(SinkKind kind, JsonObject before, JsonObject change) {
    boolean elsewhere =
        WHERE_TO.stream()
            .anyMatch(
                name ->
                    change.containsKey(name)
                        && !Objects.equals(before.getValue(name), change.getValue(name)));
    List<Wrong> wrongs = new ArrayList<>();
    for (Part part : kind.parts()) {
      if (elsewhere
          && part.secret()
          && before.containsKey(part.name())
          && !change.containsKey(part.name())) {
        wrongs.add(new Wrong(part.name(), "it is needed again where a sink is sent elsewhere"));
      }
    }
    return wrongs;
  }

  private static String names(SinkKind kind) {
    return String.join(", ", kind.parts().stream().map(Part::name).toList());
  }

  /** As they are used: with what is usual where nothing is said. */
  static JsonObject whole(SinkKind kind, JsonObject settings) {
    JsonObject whole = settings.copy();
    for (Part part : kind.parts()) {
      if (part.usual() != null && !whole.containsKey(part.name())) {
        whole.put(part.name(), part.usual());
      }
    }
    return whole;
  }

  /** As they are stored: secrets sealed for this sink. */
  public JsonObject seal(UUID sink, SinkKind kind, JsonObject plain, Instant now) {
    JsonObject stored = plain.copy();
    for (Part part : kind.parts()) {
      if (part.secret() && stored.getValue(part.name()) instanceof String text) {
        Sealed sealed = seal.seal(place(sink, part), text.getBytes(StandardCharsets.UTF_8), now);
        stored.put(
            part.name(),
            new JsonObject().put(SECRET, new JsonArray().add(sealed.key()).add(sealed.token())));
      }
    }
    return stored;
  }

  /**
   * As they were before they were sealed.
   *
   * @throws FieldSeal.CannotOpen where a secret cannot be opened, saying why
   */
  public JsonObject open(UUID sink, SinkKind kind, JsonObject stored) {
    JsonObject plain = stored.copy();
    for (Part part : kind.parts()) {
      if (part.secret() && plain.getValue(part.name()) instanceof JsonObject sealed) {
        JsonArray pair = Objects.requireNonNull(sealed.getJsonArray(SECRET));
        Sealed token = new Sealed(pair.getInteger(0), pair.getString(1));
        plain.put(
            part.name(), new String(seal.open(place(sink, part), token), StandardCharsets.UTF_8));
      }
    }
    return plain;
  }

  /** Whether a secret of these is sealed by an older key than would seal it now. */
  public boolean isSealedByOlderKey(SinkKind kind, JsonObject stored) {
    return kind.parts().stream()
        .anyMatch(
            part ->
                part.secret()
                    && stored.getValue(part.name()) instanceof JsonObject sealed
                    && sealed.getJsonArray(SECRET).getInteger(0) < seal.sealingKey());
  }

  private static Place place(UUID sink, Part part) {
    return new Place(TYPE, sink, part.name());
  }

  /** As they are shown: stars for secrets. */
  public static JsonObject shown(SinkKind kind, JsonObject stored) {
    JsonObject shown = whole(kind, stored);
    for (Part part : kind.parts()) {
      if (part.secret() && shown.containsKey(part.name())) {
        shown.put(part.name(), STARS);
      }
    }
    return shown;
  }
}

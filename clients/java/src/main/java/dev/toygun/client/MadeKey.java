package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * An API key that was just made, with what only its owner may know. Its text does not have that.
 *
 * @param json the whole of it, the key itself too: do not print it
 */
public record MadeKey(JsonNode json) implements Answer, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** What it is called. */
  public String name() {
    return Part.text(json, "name");
  }

  /** The key itself: this once. */
  public String key() {
    return Part.text(json, "key");
  }

  @Override
  public String toString() {
    return "MadeKey[name=%s]".formatted(json.path("name").asText());
  }
}

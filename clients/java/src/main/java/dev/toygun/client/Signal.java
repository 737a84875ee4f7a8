package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A signal that was sent, and is kept until code consumes it.
 *
 * @param json the whole of it
 */
public record Signal(JsonNode json) implements Answer, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** The name of its type. */
  public String type() {
    return Part.text(json, "type");
  }
}

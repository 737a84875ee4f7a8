package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A resource of a tree.
 *
 * @param json the whole of it
 */
public record TreeItem(JsonNode json) implements Answer, NamedResource {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  @Override
  public String type() {
    return Part.text(json, "type");
  }

  /** What people call it. */
  public String label() {
    return Part.text(json, "label");
  }

  /** The state it is in. */
  public String state() {
    return Part.text(json, "state");
  }

  /** How many are above it in the tree. */
  public long depth() {
    return Part.number(json, "depth");
  }
}

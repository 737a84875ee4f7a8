package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What keeps things from being ticked.
 *
 * @param json the whole of it
 */
public record Hold(JsonNode json) implements OfParent, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** Such as {@code subtree} or {@code type}. */
  public String scope() {
    return Part.text(json, "scope");
  }

  /** Why. */
  public String reason() {
    return Part.text(json, "reason");
  }

  /** When it is over by itself; empty where it stays until it is released. */
  public Optional<Instant> until() {
    return Part.maybeTime(json, "until");
  }
}

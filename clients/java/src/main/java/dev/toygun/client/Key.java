package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An API key, without what only its owner knows.
 *
 * @param json the whole of it
 */
public record Key(JsonNode json) implements Answer, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** What it is called. */
  public String name() {
    return Part.text(json, "name");
  }

  /** What it may do. */
  public String role() {
    return Part.text(json, "role");
  }

  /** When it ends by itself; empty where it does not. */
  public Optional<Instant> expiresAt() {
    return Part.maybeTime(json, "expires_at");
  }

  /** When it was ended; empty where it was not. */
  public Optional<Instant> revokedAt() {
    return Part.maybeTime(json, "revoked_at");
  }
}

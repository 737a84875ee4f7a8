package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who changed something, or was not allowed to.
 *
 * @param json the whole of it
 */
public record Audited(JsonNode json) implements Answer {
  /** When. */
  public Instant at() {
    return Part.time(json, "at");
  }

  /** Who, such as {@code key:ci}. */
  public String actor() {
    return Part.text(json, "actor");
  }

  /** Which operation. */
  public String action() {
    return Part.text(json, "action");
  }

  /** {@code allowed} or {@code denied}. */
  public String outcome() {
    return Part.text(json, "outcome");
  }

  /** What was asked for. */
  public String target() {
    return Part.text(json, "target");
  }

  /** Of which thing; empty where it is of none. */
  public Optional<UUID> subject() {
    return Part.maybeUuid(json, "subject");
  }
}

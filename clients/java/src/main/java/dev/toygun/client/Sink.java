package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who is told of alarms and errors.
 *
 * @param json the whole of it; what is secret in its settings reads as stars
 */
public record Sink(JsonNode json) implements Answer, Versioned {
  /** What it is called. */
  public String name() {
    return Part.text(json, "name");
  }

  /** Such as {@code webhook} or {@code email}. */
  public String kind() {
    return Part.text(json, "kind");
  }

  /** Whether it is told of anything. */
  public boolean active() {
    return Part.is(json, "active");
  }

  @Override
  public long version() {
    return Part.number(json, "version");
  }
}

package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What keeps tasks from running while what they need does not work.
 *
 * @param json the whole of it
 */
public record Breaker(JsonNode json) implements Answer {
  /** What it is called. */
  public String name() {
    return Part.text(json, "name");
  }

  /** {@code closed}, {@code open} or {@code half_open}. */
  public String state() {
    return Part.text(json, "state");
  }

  /** How many runs wait for it. */
  public long waiting() {
    return Part.number(json, "waiting");
  }

  /** When it is tried again; empty where a person has to close it. */
  public Optional<Instant> until() {
    return Part.maybeTime(json, "until");
  }
}

package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What waits in a queue, of a type, a version and a priority.
 *
 * @param json the whole of it
 */
public record Queue(JsonNode json) implements Answer {
  /** What it is called. */
  public String queue() {
    return Part.text(json, "queue");
  }

  /** Of which type. */
  public String type() {
    return Part.text(json, "type");
  }

  /** How many wait. */
  public long tickets() {
    return Part.number(json, "tickets");
  }

  /** Why nobody takes them; empty where somebody does. */
  public Optional<String> problem() {
    return Part.maybe(json, "problem");
  }
}

package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How often a task was under way while an alarm was open.
 *
 * @param json the whole of it
 */
public record Repair(JsonNode json) implements Answer {
  /** The type that says that it does. */
  public String type() {
    return Part.text(json, "type");
  }

  /** The alarm. */
  public String alarm() {
    return Part.text(json, "alarm");
  }

  /** The task that should put it right. */
  public String task() {
    return Part.text(json, "task");
  }

  /** How well it does, in a sentence. */
  public String summary() {
    return Part.text(json, "summary");
  }
}

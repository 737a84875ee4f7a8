package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether the runs of a task ask for approval, since it did not work.
 *
 * @param json the whole of it
 */
public record Demotion(JsonNode json) implements Answer {
  /** The type whose task it is. */
  public String type() {
    return Part.text(json, "type");
  }

  /** The task. */
  public String task() {
    return Part.text(json, "task");
  }

  /** Whether they do. */
  public boolean demoted() {
    return Part.is(json, "demoted");
  }
}

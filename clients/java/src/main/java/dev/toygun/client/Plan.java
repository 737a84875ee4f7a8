package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What would go with a resource if it were deleted.
 *
 * @param json the whole of it: the resources, tasks and alarms
 */
public record Plan(JsonNode json) implements Answer {
  /** What stands for just this plan: {@link Options#plan}. */
  public String plan() {
    return Part.text(json, "plan");
  }

  /** How many resources would go, itself included. */
  public long resources() {
    return Part.number(json.path("resources"), "total");
  }
}

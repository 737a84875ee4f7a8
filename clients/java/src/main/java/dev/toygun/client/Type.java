package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A type of resources that workers have published.
 *
 * @param json the whole of it: its fields, states, tasks, alarms
 */
public record Type(JsonNode json) implements Answer {
  /** What it is called. */
  public String name() {
    return Part.text(json, "name");
  }

  /** Which version of its definition this is. */
  public long version() {
    return Part.number(json, "version");
  }

  /** The state in which a resource of it begins. */
  public String first() {
    return Part.text(json, "first");
  }
}

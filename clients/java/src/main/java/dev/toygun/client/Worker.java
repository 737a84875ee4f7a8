package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A worker that lives, as it last said of itself.
 *
 * @param json the whole of it
 */
public record Worker(JsonNode json) implements Answer {
  /** What it is called. */
  public String id() {
    return Part.text(json, "id");
  }

  /** Which build it runs. */
  public String build() {
    return Part.text(json, "build");
  }
}

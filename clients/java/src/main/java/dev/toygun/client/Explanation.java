package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Why something waits.
 *
 * @param json the whole of it: each thing that waits, and what keeps it
 */
public record Explanation(JsonNode json) implements Answer {
  /** In a sentence. */
  public String summary() {
    return Part.text(json, "summary");
  }
}

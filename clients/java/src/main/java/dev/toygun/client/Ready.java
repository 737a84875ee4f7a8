package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Whether the API can do its work.
 *
 * @param json the whole of it
 */
public record Ready(JsonNode json) implements Answer {
  /** Whether it can. */
  public boolean ready() {
    return Part.is(json, "ready");
  }

  /** What is missing if it cannot. */
  public List<String> reasons() {
    return Part.list(json, "reasons", JsonNode::asText);
  }
}

package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;

/**
 * Whether a resource answers, and how long it did.
 *
 * @param json the whole of it: seconds of each kind, and the periods
 */
public record Availability(JsonNode json) implements Answer {
  /** Such as {@code online}. */
  public String availability() {
    return Part.text(json, "availability");
  }

  /** For which part of the time it was online, from 0 to 1; empty where nobody knows. */
  public OptionalDouble onlineShare() {
    JsonNode share = json.path("online_share");
    return share.isNumber() ? OptionalDouble.of(share.asDouble()) : OptionalDouble.empty();
  }
}

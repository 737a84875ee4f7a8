package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What ticks have used, and who used it.
 *
 * @param json the whole of it: of all in {@code total}, and of each in {@code items}
 */
public record UsageReport(JsonNode json) implements Answer {
  /** Since when. */
  public Instant from() {
    return Part.time(json, "from");
  }

  /** Until when. */
  public Instant to() {
    return Part.time(json, "to");
  }
}

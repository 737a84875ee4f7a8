package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;

/**
 * One thing done with many resources, one after the other.
 *
 * @param json the whole of it
 */
public record Bulk(JsonNode json) implements Answer, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** The type of the resources. */
  public String type() {
    return Part.text(json, "type");
  }

  /** What is done, such as {@code delete}. */
  public String action() {
    return Part.text(json, "action");
  }

  /** Such as {@code running}, {@code paused} or {@code done}. */
  public String state() {
    return Part.text(json, "state");
  }

  /** How many there are by what became of them, and in {@code total}. */
  public Map<String, Long> counts() {
    return Part.counts(json);
  }

  /** How many resources it would be, where it was only checked ({@link Toygun#dry}). */
  public long count() {
    return Part.number(json, "count");
  }
}

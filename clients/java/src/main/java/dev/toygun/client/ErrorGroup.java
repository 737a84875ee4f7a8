package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * What happens again and again.
 *
 * @param json the whole of it
 */
public record ErrorGroup(JsonNode json) implements Answer {
  /** What kind of thing. */
  public String kind() {
    return Part.text(json, "kind");
  }

  /** How often. */
  public long count() {
    return Part.number(json, "count");
  }

  /** With how many resources. */
  public long resources() {
    return Part.number(json, "resources");
  }

  /** The last {@link TaskError} of it. */
  public UUID last() {
    return Part.uuid(json, "last");
  }

  /** What that says. */
  public String message() {
    return Part.text(json, "message");
  }
}

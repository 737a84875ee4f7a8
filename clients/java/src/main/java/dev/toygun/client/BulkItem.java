package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * What became of a resource in a bulk run.
 *
 * @param json the whole of it
 */
public record BulkItem(JsonNode json) implements Answer {
  /** The resource. */
  public UUID resource() {
    return Part.uuid(json, "resource");
  }

  /** Such as {@code done} or {@code failed}. */
  public String result() {
    return Part.text(json, "result");
  }

  /** Why, where there is something to say. */
  public String message() {
    return Part.text(json, "message");
  }
}

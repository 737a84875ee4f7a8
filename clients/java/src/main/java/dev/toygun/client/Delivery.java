package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;

/**
 * A message about an alarm or an error.
 *
 * @param json the whole of it
 */
public record Delivery(JsonNode json) implements Answer, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** To which sink. */
  public String sink() {
    return Part.text(json, "sink");
  }

  /** {@code open}, {@code resolve} or {@code error}. */
  public String event() {
    return Part.text(json, "event");
  }

  /** {@code pending}, {@code sent} or {@code failed}. */
  public String state() {
    return Part.text(json, "state");
  }

  /** Why it was not taken the last time; empty where nothing went wrong. */
  public Optional<String> lastError() {
    return Part.maybe(json, "last_error");
  }
}

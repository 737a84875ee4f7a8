package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What went wrong in users' code.
 *
 * @param json the whole of it; of one alone, with its stack
 */
public record TaskError(JsonNode json) implements OfParent, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** The resource in whose code, or whose task's. */
  public UUID resource() {
    return Part.uuid(json, "resource");
  }

  /** The task in whose code; empty where it is the resource's own. */
  public Optional<String> task() {
    return Part.maybe(json, "task");
  }

  /** What kind of thing, such as the name of an exception. */
  public String kind() {
    return Part.text(json, "kind");
  }

  /** What it says. */
  public String message() {
    return Part.text(json, "message");
  }

  /** In which state. */
  public String state() {
    return Part.text(json, "state");
  }

  /** When. */
  public Instant at() {
    return Part.time(json, "at");
  }
}

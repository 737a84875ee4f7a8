package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An alarm of a resource or a task. It shows no version: {@link Options#ifMatch} takes its ETag.
 *
 * @param json the whole of it; of one alone, who was told of it too
 */
public record Alarm(JsonNode json) implements OfParent, Named {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** The resource that it is of, or whose task it is of. */
  public UUID resource() {
    return Part.uuid(json, "resource");
  }

  /** What it is called in the type. */
  public String name() {
    return Part.text(json, "name");
  }

  /** The task that it is of; empty where it is the resource's own. */
  public Optional<String> task() {
    return Part.maybe(json, "task");
  }

  /** Such as {@code open} or {@code acknowledged}. */
  public String state() {
    return Part.text(json, "state");
  }

  /** Such as {@code error} or {@code critical}. */
  public String severity() {
    return Part.text(json, "severity");
  }

  /** What it tells. */
  public String message() {
    return Part.text(json, "message");
  }

  /** When it was closed; empty while it is not. */
  public Optional<Instant> endedAt() {
    return Part.maybeTime(json, "ended_at");
  }
}

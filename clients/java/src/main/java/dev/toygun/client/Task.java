package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A run of a task. {@link Tasks#get} gives all of it; one of {@link Tasks#runs} has no version, and
 * one of {@link Resource#tasks} neither that nor its resource, and no uuid if it has never run.
 *
 * @param json the whole of it
 */
public record Task(JsonNode json) implements OfParent, Named, Versioned {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  /** The resource whose task it is. */
  public UUID resource() {
    return Part.uuid(json, "resource");
  }

  /** The name of the task. */
  public String name() {
    return Part.text(json, "name");
  }

  /** Which run of that task of its resource: 1 for the first. */
  public long run() {
    return Part.number(json, "run");
  }

  /** The state it is in. */
  public String state() {
    return Part.text(json, "state");
  }

  /** Such as {@code running}, {@code panicked} or {@code finished}. */
  public String status() {
    return Part.text(json, "status");
  }

  @Override
  public long version() {
    return Part.number(json, "version");
  }

  /** Whether it has not ended. */
  public boolean active() {
    return Part.is(json, "active");
  }

  /** Whether it ran already where it was asked to start. */
  public boolean alreadyRunning() {
    return json.path("already_running").asBoolean();
  }

  /** What its code keeps, by name; what is secret reads as stars. */
  public JsonNode fields() {
    return json.path("fields");
  }

  /** When it ended; empty while it has not. */
  public Optional<Instant> endedAt() {
    return Part.maybeTime(json, "ended_at");
  }

  /** How it is, in a few words. */
  String words() {
    return "run %d of %s is %s, in %s".formatted(run(), name(), status(), state());
  }
}

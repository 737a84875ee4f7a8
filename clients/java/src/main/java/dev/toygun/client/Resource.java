package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A resource. One of a list has no tasks and alarms, which {@link Resources#get} gives.
 *
 * @param json the whole of it
 */
public record Resource(JsonNode json) implements OfParent, NamedResource, Versioned {
  @Override
  public UUID uuid() {
    return Part.uuid(json, "uuid");
  }

  @Override
  public String type() {
    return Part.text(json, "type");
  }

  /** What people call it. */
  public String label() {
    return Part.text(json, "label");
  }

  /** The state it is in; that in which it ended, if it has. */
  public String state() {
    return Part.text(json, "state");
  }

  @Override
  public long version() {
    return Part.number(json, "version");
  }

  /** The number of its last move. */
  public long step() {
    return Part.number(json, "step");
  }

  /** Whether it has not ended. */
  public boolean active() {
    return Part.is(json, "active");
  }

  /** Whether it was asked to go. */
  public boolean deleting() {
    return Part.is(json, "deleting");
  }

  /** Such as {@code online}. */
  public String availability() {
    return Part.text(json, "availability");
  }

  /** What its type keeps of it, by name; what is secret reads as stars. */
  public JsonNode fields() {
    return json.path("fields");
  }

  /**
   * One of its fields; where none of this name is set it is Jackson's missing node ({@link
   * JsonNode#isMissingNode}), whose text is empty.
   */
  public JsonNode field(String name) {
    return fields().path(name);
  }

  /** When it was made. */
  public Instant createdAt() {
    return Part.time(json, "created_at");
  }

  /** When it ended; empty while it has not. */
  public Optional<Instant> endedAt() {
    return Part.maybeTime(json, "ended_at");
  }

  /** Each of its tasks, with its latest run. */
  public List<Task> tasks() {
    return Part.list(json, "tasks", Task::new);
  }

  /** One of its tasks by its name, with its latest run; empty where it has none of this name. */
  public Optional<Task> task(String name) {
    return tasks().stream().filter(task -> task.name().equals(name)).findFirst();
  }

  /** Those alarms of it and its tasks that are not closed. */
  public List<Alarm> alarms() {
    return Part.list(json, "alarms", Alarm::new);
  }

  /** How it is, in a few words. */
  String words() {
    String how =
        active() ? "is %s, its availability %s".formatted(state(), availability()) : "has ended";
    return "%s \"%s\" %s".formatted(type(), label(), how);
  }
}

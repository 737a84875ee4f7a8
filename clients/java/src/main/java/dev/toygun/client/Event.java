package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One event.
 *
 * @param kind {@code moved}, {@code alarm} for a move of an alarm, or {@code reset}: what was
 *     missed is not known any more, so read anew what you show
 * @param id what to give as {@link Options#lastEventId} to go on behind it
 * @param json what it says: the resource, its task or alarm, and the move
 */
public record Event(String kind, String id, JsonNode json) implements Answer {
  /** Whether something was missed that nobody can tell any more. */
  public boolean isReset() {
    return kind.equals("reset");
  }

  /** Whose move it is; empty for a reset. */
  public Optional<NamedResource> resource() {
    JsonNode resource = json.path("resource");
    return resource.isObject()
        ? Optional.of(NamedResource.of(Part.text(resource, "type"), Part.uuid(resource, "uuid")))
        : Optional.empty();
  }

  /** The run that has moved, with its uuid, name and number; empty where it is no task's. */
  public Optional<Task> task() {
    JsonNode task = json.path("task");
    return task.isObject() ? Optional.of(new Task(task)) : Optional.empty();
  }

  /** The move; empty for a reset. */
  public Optional<Move> move() {
    JsonNode move = json.path("move");
    return move.isObject() ? Optional.of(new Move(move)) : Optional.empty();
  }
}

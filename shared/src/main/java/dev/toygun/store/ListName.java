package dev.toygun.store;

import dev.toygun.Priority;
import dev.toygun.ResourceType;
import java.util.Objects;

/**
 * Names a list of tickets. A worker pops only the lists whose type and version it defines.
 *
 * @param queue which fleet of workers: {@code default} unless said otherwise
 * @param version the schema version of the rows, so that old and new workers run side by side
 * @param priority 0 is served most, 9 least; 5 unless said otherwise
 */
public record ListName(String queue, String type, int version, int priority) {
  public static final String DEFAULT_QUEUE = ResourceType.DEFAULT_QUEUE;
  public static final int DEFAULT_PRIORITY = Priority.NORMAL.stored();

  public ListName {
    Objects.requireNonNull(queue);
    Objects.requireNonNull(type);
  }

  /** Where resources of this type and their tasks belong, by its code. */
  public static ListName of(ResourceType<?> type) {
    return new ListName(type.queue(), type.name(), type.version(), type.priority().stored());
  }

  /** Where those of this version belong. */
  public ListName version(int other) {
    return new ListName(queue, type, other, priority);
  }

  /** The same, of another priority. */
  public ListName priority(Priority other) {
    return new ListName(queue, type, version, other.stored());
  }

  /**
   * What a worker that takes it says in its heartbeat, of whatever priority: {@code
   * queue:type:version}.
   */
  public String taken() {
    return queue + ":" + type + ":" + version;
  }

  @Override
  public String toString() {
    return taken() + ":" + priority;
  }
}

package dev.toygun.store;

import java.util.Objects;

/**
 * Names a list of tickets. A worker pops only the lists whose type and version it defines.
 *
 * @param queue which fleet of workers: {@code default} unless said otherwise
 * @param version the schema version of the rows, so that old and new workers run side by side
 * @param priority 0 is served most, 9 least; 5 unless said otherwise
 */
public record ListName(String queue, String type, int version, int priority) {
  public static final String DEFAULT_QUEUE = "default";
  public static final int DEFAULT_PRIORITY = 5;

  public ListName {
    Objects.requireNonNull(queue);
    Objects.requireNonNull(type);
  }

  @Override
  public String toString() {
    return queue + ":" + type + ":" + version + ":" + priority;
  }
}

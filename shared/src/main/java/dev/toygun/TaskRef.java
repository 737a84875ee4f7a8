package dev.toygun;

import java.util.Objects;
import java.util.UUID;

/** A reference to one run of a task of a resource, stored in a field. */
public record TaskRef(UUID resource, UUID task) {
  public TaskRef {
    Objects.requireNonNull(resource);
    Objects.requireNonNull(task);
  }

  @Override
  public String toString() {
    return resource + "/tasks/" + task;
  }
}

package dev.toygun.store;

import java.util.List;
import java.util.UUID;

/**
 * Where a resource is. It stays there: nothing gives a resource another parent.
 *
 * @param active whether it has not ended
 * @param path what is above it, the root first
 */
public record Place(UUID uuid, String type, String label, boolean active, List<UUID> path) {
  /** Of a resource that was read. */
  public static Place of(ResourceRow row) {
    return new Place(row.uuid(), row.type(), row.label(), row.machine().active(), row.path());
  }

  /** Whether it is this resource, or below it. */
  public boolean isWithin(UUID root) {
    return uuid.equals(root) || path.contains(root);
  }
}

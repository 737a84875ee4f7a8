package dev.toygun.store;

import java.util.Comparator;
import java.util.UUID;

/**
 * Names a subject, which is what is ticked: a resource, or a task of one.
 *
 * @param resource the resource, or the one that the task hangs off: what leases and shards go by
 * @param uuid the subject itself; for a resource the same
 */
public record SubjectKey(UUID resource, UUID uuid) implements Comparable<SubjectKey> {
  /** The order in which Postgres sorts uuids, and so the one order in which rows are locked. */
  public static final Comparator<UUID> UUID_ORDER =
      Comparator.<UUID>comparingLong(u -> u.getMostSignificantBits() ^ Long.MIN_VALUE)
          .thenComparingLong(u -> u.getLeastSignificantBits() ^ Long.MIN_VALUE);

  private static final Comparator<SubjectKey> ORDER =
      Comparator.comparing(SubjectKey::resource, UUID_ORDER)
          .thenComparing(SubjectKey::uuid, UUID_ORDER);

  /** The key of a resource. */
  public static SubjectKey ofResource(UUID resource) {
    return new SubjectKey(resource, resource);
  }

  public boolean isResource() {
    return resource.equals(uuid);
  }

  @Override
  public int compareTo(SubjectKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return isResource() ? resource.toString() : resource + ":" + uuid;
  }
}

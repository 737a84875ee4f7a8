package dev.toygun.store;

import dev.toygun.Availability;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it is stored. Its type and schema version are its list's.
 *
 * @param path its ancestors, the root first; empty for a root
 * @param deleting whether it has been asked to go, and how far that is
 * @param observed what is known of whether it answers
 */
public record ResourceRow(
    UUID uuid,
    @Nullable UUID parent,
    List<UUID> path,
    String label,
    MachineRow machine,
    Deleting deleting,
    Observed observed) {

  /** How far a resource is on its way down. */
  public enum Deleting {
    /** Nobody asked. */
    NO,
    /** Asked: its tasks end, then its children. */
    ASKED,
    /** Nothing hangs off it any more: its own last states run. */
    BEGUN
  }

  /** The same resource, this of its machine, and so far on its way down. */
  public ResourceRow with(MachineRow other, Deleting how) {
    return new ResourceRow(uuid, parent, path, label, other, how, observed);
  }

  public SubjectKey key() {
    return SubjectKey.ofResource(uuid);
  }

  public Availability availability() {
    return observed.availability();
  }

  public String type() {
    return machine.list().type();
  }
}

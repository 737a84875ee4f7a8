package dev.toygun.client;

import java.util.Optional;
import java.util.UUID;

/**
 * What says which resource is above its own: a label is its own below its parent only. All of it is
 * empty for a root, where the parent is not for the key to see, and where the answer does not list
 * or show the thing by itself.
 */
public interface OfParent extends Answer {
  /** What its resource, or it if it is one, is a part of. */
  default Optional<UUID> parent() {
    return Part.maybeUuid(json(), "parent");
  }

  /** The type of that. */
  default Optional<String> parentType() {
    return Part.maybe(json(), "parent_type");
  }

  /** The label of that. */
  default Optional<String> parentLabel() {
    return Part.maybe(json(), "parent_label");
  }
}

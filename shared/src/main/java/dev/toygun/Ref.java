package dev.toygun;

import java.util.Objects;
import java.util.UUID;

/**
 * A reference to a resource, stored in a field. It may dangle: what it points to is looked at with
 * {@link Snapshot#resource(Ref)}, which answers "not there" as a value.
 */
public record Ref(String type, UUID uuid) {
  public Ref {
    Objects.requireNonNull(type);
    Objects.requireNonNull(uuid);
  }

  @Override
  public String toString() {
    return type + "/" + uuid;
  }
}

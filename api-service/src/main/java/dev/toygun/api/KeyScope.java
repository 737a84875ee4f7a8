package dev.toygun.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an API key is limited to.
 *
 * @param types resources of these types, and what hangs off them; null for all there is
 */
record KeyScope(@Nullable Set<String> types) {
  /** Of a key that is not limited. */
  static final KeyScope ALL = new KeyScope(null);

  private static final String TYPES = "types";

  /** Limited to these types; to nothing where there are none. */
  static KeyScope of(Collection<String> types) {
    return types.isEmpty() ? ALL : new KeyScope(new TreeSet<>(types));
  }

  /**
   * As it is stored; empty where it is limited by something that this build does not know, which a
   * newer one may have written.
   */
  static Optional<KeyScope> read(String stored) {
    JsonObject scopes = new JsonObject(stored);
    if (scopes.isEmpty()) {
      return Optional.of(ALL);
    }
    return scopes.fieldNames().equals(Set.of(TYPES))
            && scopes.getValue(TYPES) instanceof JsonArray types
            && !types.isEmpty()
        ? Optional.of(of(types.stream().map(String.class::cast).toList()))
        : Optional.empty();
  }

  /** As it is stored. */
  String stored() {
    JsonObject scopes = new JsonObject();
    if (types != null) {
      scopes.put(TYPES, new JsonArray(types.stream().toList()));
    }
    return scopes.encode();
  }

  /** Whether it is not limited. */
  boolean isAll() {
    return types == null;
  }

  /** Whether resources of this type are within it; those of no type that there is are not. */
  boolean has(@Nullable String type) {
    return types == null || (type != null && types.contains(type));
  }
}

package dev.toygun.api;

import dev.toygun.Ref;
import dev.toygun.store.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an API key is limited to.
 *
 * @param types resources of these types, and what hangs off them; null for all there are
 * @param under this resource, and what is below it; null for all there is
 * @param named of what one request names, what is within; nothing else is referred to
 */
record KeyScope(@Nullable Set<String> types, @Nullable UUID under, Set<UUID> named) {
  /** Of a key that is not limited. */
  static final KeyScope ALL = new KeyScope(null, null, Set.of());

  private static final String TYPES = "types";
  private static final String UNDER = "under";

  /** Limited to these types; to nothing where there are none. */
  static KeyScope of(Collection<String> types) {
    return types.isEmpty() ? ALL : new KeyScope(new TreeSet<>(types), null, Set.of());
  }

  /** Limited to what is below a resource, and to that itself, besides; to nothing for null. */
  KeyScope under(@Nullable UUID root) {
    return new KeyScope(types, root, Set.of());
  }

  /** The same for one request, of whose names these are within. */
  KeyScope naming(Set<UUID> within) {
    return new KeyScope(types, under, within);
  }

  /**
   * As it is stored; empty where it is limited by something that this build does not know, which a
   * newer one may have written.
   */
  static Optional<KeyScope> read(String stored) {
    JsonObject scopes = new JsonObject(stored);
    Object types = scopes.getValue(TYPES, new JsonArray());
    Object under = scopes.getValue(UNDER, "");
    if (!Set.of(TYPES, UNDER).containsAll(scopes.fieldNames())
        || !(types instanceof JsonArray names && names.isEmpty() != scopes.containsKey(TYPES))
        || !(under instanceof String root && root.isEmpty() != scopes.containsKey(UNDER))) {
      return Optional.empty();
    }
    return Optional.of(
        of(names.stream().map(String.class::cast).toList())
            .under(root.isEmpty() ? null : UUID.fromString(root)));
  }

  /** As it is stored. */
  String stored() {
    JsonObject scopes = new JsonObject();
    if (types != null) {
      scopes.put(TYPES, new JsonArray(types.stream().toList()));
    }
    if (under != null) {
      scopes.put(UNDER, under.toString());
    }
    return scopes.encode();
  }

  /** Whether it is not limited. */
  boolean isAll() {
    return types == null && under == null;
  }

  /**
   * The types that it is limited to, which is all there is to it.
   *
   * @throws Outside where it is limited to a subtree as well: whoever asks has not thought of that
   */
  @Override
  public @Nullable Set<String> types() {
    if (under != null) {
      throw Outside.ofSubtree("that", this);
    }
    return types;
  }

  /** The types that it is limited to, of what is known to be in its subtree. */
  @Nullable Set<String> typesWithin() {
    return types;
  }

  /** Whether it may have resources of this type; it has none of no type that there is. */
  boolean mayHave(@Nullable String type) {
    return types == null || (type != null && types.contains(type));
  }

  /** Whether a resource that is there is within it; one that does not exist is not. */
  boolean has(@Nullable Place place) {
    return place != null && mayHave(place.type()) && (under == null || place.isWithin(under));
  }

  /** Whether a request may refer to this. */
  boolean has(Ref ref) {
    return mayHave(ref.type()) && (under == null || named.contains(ref.uuid()));
  }

  /** As people are told. */
  @Override
  public String toString() {
    String what = under == null ? "" : "to resource %s and what is below it".formatted(under);
    String of = types == null ? "" : (under == null ? "to types " : ", of types ") + types;
    return what + of;
  }
}

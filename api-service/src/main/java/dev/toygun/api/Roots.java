package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.store.Place;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The resources to which something else is limited, a key or a sink, with what is below them. */
final class Roots {
  private final Views views;

  Roots(Views views) {
    this.views = views;
  }

  /** Where they are. */
  Future<Map<UUID, Place>> places(Collection<@Nullable UUID> roots) {
    Set<UUID> named = roots.stream().filter(Objects::nonNull).collect(Collectors.toSet());
    return named.isEmpty() ? Future.succeededFuture(Map.of()) : views.places(named);
  }

  /** The root in a body's {@code under}; fails where it is not there, or has ended. */
  Future<Map<UUID, Place>> living(@Nullable UUID under) {
    return places(under == null ? List.of() : List.of(under))
        .map(
            places -> {
              Place place = under == null ? null : places.get(under);
              if (under != null
                  && (place == null || !place.active() || BuiltIn.reserved(place.type()))) {
                throw Problem.invalid(
                    List.of(
                        new Problem.Wrong(
                            "/under",
                            "there is no resource %s that has not ended".formatted(under))));
              }
              return places;
            });
  }

  /** What is shown of one. Where that was removed, nobody can say what it was. */
  static @Nullable JsonObject show(@Nullable UUID root, Map<UUID, Place> places) {
    if (root == null) {
      return null;
    }
    Place place = places.get(root);
    String state = place == null ? "removed" : place.active() ? "active" : "ended";
    return new JsonObject()
        .put("uuid", root.toString())
        .put("type", place == null ? null : place.type())
        .put("label", place == null ? null : place.label())
        .put("state", state);
  }
}

package dev.toygun.api;

import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.Place;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds, as they are shown: by themselves, and beside what they hold. */
final class HoldShow {
  private final Supplier<Future<List<Hold>>> active;
  private final Views views;

  /**
   * @param active all that are in force
   */
  HoldShow(Supplier<Future<List<Hold>>> active, Views views) {
    this.active = active;
    this.views = views;
  }

  /** A resource, where it is and where it is ticked. */
  record Held(UUID uuid, List<UUID> path, ListName list) {}

  /** What is in force. */
  Future<List<Hold>> active() {
    return active.get();
  }

  /** What abandons these, or else the first that holds them, by their uuid. */
  Future<Map<UUID, JsonObject>> of(Collection<Held> resources) {
    return active
        .get()
        .compose(
            holds -> {
              Map<UUID, Hold> held = new HashMap<>();
              for (Held one : resources) {
                Hold.first(holds, one.path(), one.uuid(), one.list(), null)
                    .ifPresent(hold -> held.put(one.uuid(), hold));
              }
              return all(Set.copyOf(held.values()))
                  .map(
                      shown -> {
                        Map<UUID, JsonObject> by = new HashMap<>();
                        held.forEach(
                            (uuid, hold) ->
                                by.put(uuid, Objects.requireNonNull(shown.get(hold.uuid()))));
                        return by;
                      });
            });
  }

  /** These, by their uuid, in their order. */
  Future<Map<UUID, JsonObject>> all(Collection<Hold> holds) {
    Set<UUID> resources =
        holds.stream()
            .map(Hold::resource)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    return (resources.isEmpty()
            ? Future.succeededFuture(Map.<UUID, Place>of())
            : views.places(resources))
        .map(
            places -> {
              Map<UUID, JsonObject> shown = new LinkedHashMap<>();
              for (Hold hold : holds) {
                UUID of = hold.resource();
                shown.put(hold.uuid(), show(hold, of == null ? null : places.get(of)));
              }
              return shown;
            });
  }

  /**
   * A hold.
   *
   * @param of the resource that it is of; null where it is of none, or that was removed since
   */
  static JsonObject show(Hold hold, @Nullable Place of) {
    boolean ofOne = hold.resource() != null;
    return new JsonObject()
        .put("uuid", hold.uuid().toString())
        .put("scope", hold.scope().stored())
        .put("resource", ofOne ? Objects.toString(hold.resource()) : null)
        .put("type", ofOne && of != null ? of.type() : null)
        .put("label", ofOne && of != null ? of.label() : null)
        .put("name", hold.name())
        .put("reason", hold.reason())
        .put("actor", hold.actor())
        .put("created_at", hold.createdAt().toString())
        .put("effective_at", hold.effectiveAt().toString())
        .put("until", TypeShow.time(hold.until()))
        .put("abandons", hold.abandons());
  }
}

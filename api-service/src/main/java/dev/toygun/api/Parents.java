package dev.toygun.api;

import dev.toygun.store.Place;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says of what hangs off resources whose children those are: a label is its own below one parent
 * only, and a list of many shows it beside others that are the same.
 */
final class Parents {
  private static final List<String> OPERATIONS =
      List.of("listAlarms", "getAlarm", "listErrors", "getError", "listRuns", "listHolds");

  private final Views views;

  Parents(Views views) {
    this.views = views;
  }

  /** The same operations, whose answers say so. */
  void addTo(Map<String, Action> actions) {
    for (String operation : OPERATIONS) {
      Action plain = Objects.requireNonNull(actions.get(operation), operation);
      actions.put(
          operation,
          call ->
              plain
                  .answer(call)
                  .compose(
                      answer ->
                          named(call.caller().scope(), shown(Objects.requireNonNull(answer.body())))
                              .map(answer)));
    }
  }

  private static List<JsonObject> shown(JsonObject body) {
    return body.getValue("items") instanceof JsonArray items
        ? items.stream().map(JsonObject.class::cast).toList()
        : List.of(body);
  }

  private Future<?> named(KeyScope scope, List<JsonObject> shown) {
    return places(shown.stream().map(Parents::resource))
        .compose(
            resources ->
                places(resources.values().stream().map(Parents::parent))
                    .onSuccess(
                        parents -> shown.forEach(one -> name(scope, one, resources, parents))));
  }

  private static void name(
      KeyScope scope, JsonObject one, Map<UUID, Place> resources, Map<UUID, Place> parents) {
    UUID resource = resource(one);
    UUID above = resource == null ? null : parent(resources.get(resource));
    Place found = above == null ? null : parents.get(above);
    Place parent = scope.has(found) ? found : null;
    one.put("parent", parent == null ? null : parent.uuid().toString())
        .put("parent_type", parent == null ? null : parent.type())
        .put("parent_label", parent == null ? null : parent.label());
  }

  private static @Nullable UUID resource(JsonObject shown) {
    String resource = shown.getString("resource");
    return resource == null ? null : UUID.fromString(resource);
  }

  private static @Nullable UUID parent(@Nullable Place place) {
    return place == null || place.path().isEmpty()
        ? null
        : place.path().get(place.path().size() - 1);
  }

  private Future<Map<UUID, Place>> places(Stream<@Nullable UUID> resources) {
    Set<UUID> asked = resources.filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    return asked.isEmpty() ? Future.succeededFuture(Map.of()) : views.places(asked);
  }
}

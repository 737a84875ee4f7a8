package dev.toygun.api;

import dev.toygun.store.Hold;
import dev.toygun.store.Place;
import dev.toygun.store.Subtrees;
import dev.toygun.store.Views;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes out of an answer what is outside of what the key of its caller is limited to. */
final class Narrowed {
  private static final String FOLDED = "folded";

  private final Views views;
  private final Subtrees subtrees;

  Narrowed(Views views, Subtrees subtrees) {
    this.views = views;
    this.subtrees = subtrees;
  }

  /** The answer, as it is for this scope. */
  Future<Answer> of(Within within, KeyScope scope, Answer answer) {
    @Nullable JsonObject body = answer.body();
    return body == null
        ? Future.succeededFuture(answer)
        : narrowed(within, scope, body).map(answer);
  }

  private Future<?> narrowed(Within within, KeyScope scope, JsonObject body) {
    return switch (within) {
      case NOTHING, ALL, TASK, HOLD, BULK, NEW_HOLD, NEW_BULK, UNDER, ITSELF ->
          Future.succeededFuture();
      case TYPE, CHILD -> {
        all(body, "signals").filter(signal -> !isOfAPerson(signal)).forEach(s -> s.putNull("from"));
        yield named(scope, body).compose(named -> folded(scope, all(body, "alarms")));
      }
      case ITEMS_BY_NAME -> keep(body, "items", it -> scope.mayHave(it.getString("name")));
      case ITEMS_BY_TYPE ->
          keep(body, "items", it -> scope.mayHave(it.getString("type")))
              .compose(kept -> named(scope, body))
              .compose(named -> folded(scope, all(body, "items")));
      case ITEMS_BY_RESOURCE, HOLDS -> keepByResource(scope, body, "items");
      case ERROR -> keepByResource(scope, body, "hops");
      case ALARM, BRAKE -> {
        all(body, "items").forEach(FailureShow::within);
        yield keep(body, "deliveries", it -> false).compose(kept -> folded(scope, Stream.of(body)));
      }
    };
  }

  /**
   * Those of an array for which this is so; where there is no such array, as of a history, none.
   */
  private static Future<Void> keep(JsonObject body, String array, Predicate<JsonObject> is) {
    if (body.containsKey(array)) {
      JsonArray kept = new JsonArray();
      all(body, array).filter(is).forEach(kept::add);
      body.put(array, kept);
    }
    return Future.succeededFuture();
  }

  private Future<Void> keepByResource(KeyScope scope, JsonObject body, String array) {
    return places(all(body, array).map(it -> it.getString("resource")))
        .compose(places -> keep(body, array, it -> isWithin(scope, places, it)));
  }

  private static boolean isWithin(KeyScope scope, Map<UUID, Place> places, JsonObject item) {
    String resource = item.getString("resource");
    if (resource != null) {
      return scope.has(places.get(UUID.fromString(resource)));
    }
    // What holds a type, a task or a queue says why, and that is everybody's who is not of a
    // subtree.
    return scope.under() == null
        && (!Hold.Scope.TYPE.stored().equals(item.getString("scope"))
            || scope.mayHave(item.getString("name")));
  }

  /* Else a resource sent it, wherever that is. */
  private static boolean isOfAPerson(JsonObject signal) {
    String from = signal.getString("from", "");
    return Stream.of(Actor.Kind.values()).anyMatch(kind -> kind.has(from));
  }

  /**
   * What resources name others: their parents, and what one of them is held by. Those that are
   * outside are not named.
   */
  private Future<Void> named(KeyScope scope, JsonObject body) {
    Stream<JsonObject> planned =
        body.getValue("resources") instanceof JsonObject part ? all(part, "items") : Stream.of();
    List<JsonObject> resources =
        Stream.concat(Stream.concat(Stream.of(body), all(body, "items")), planned).toList();
    return places(resources.stream().flatMap(one -> Stream.of(parent(one), holder(one))))
        .map(
            places -> {
              for (JsonObject one : resources) {
                @Nullable String holder = holder(one);
                @Nullable String parent = parent(one);
                for (String name : List.of("parent", "parent_type", "parent_label")) {
                  hide(one, name, parent, scope, places);
                }
                for (String name : List.of("resource", "type", "label")) {
                  hide(one.getValue("held"), name, holder, scope, places);
                }
              }
              return null;
            });
  }

  /** Alarms name what they are folded under: not, where that is outside. A hold may be named. */
  private Future<Void> folded(KeyScope scope, Stream<JsonObject> alarms) {
    List<JsonObject> folded =
        alarms
            .filter(alarm -> FOLDED.equals(alarm.getString("state")))
            .filter(alarm -> alarm.getString("under") != null)
            .toList();
    Set<UUID> asked = new HashSet<>();
    folded.forEach(alarm -> asked.add(UUID.fromString(alarm.getString("under"))));
    return asked.isEmpty()
        ? Future.succeededFuture()
        : subtrees
            .ofAlarms(asked)
            .map(
                places -> {
                  folded.forEach(
                      alarm -> hide(alarm, "under", alarm.getString("under"), scope, places));
                  return null;
                });
  }

  private static @Nullable String parent(JsonObject resource) {
    return resource.getValue("parent") instanceof String uuid ? uuid : null;
  }

  private static @Nullable String holder(JsonObject resource) {
    return resource.getValue("held") instanceof JsonObject hold ? hold.getString("resource") : null;
  }

  private static void hide(
      @Nullable Object where,
      String name,
      @Nullable String uuid,
      KeyScope scope,
      Map<UUID, Place> places) {
    if (where instanceof JsonObject object
        && object.containsKey(name)
        && uuid != null
        && !scope.has(places.get(UUID.fromString(uuid)))) {
      object.putNull(name);
    }
  }

  private Future<Map<UUID, Place>> places(Stream<@Nullable String> resources) {
    Set<UUID> asked = new HashSet<>();
    resources.filter(Objects::nonNull).forEach(uuid -> asked.add(UUID.fromString(uuid)));
    return asked.isEmpty() ? Future.succeededFuture(Map.of()) : views.places(asked);
  }

  private static Stream<JsonObject> all(JsonObject body, String array) {
    return !(body.getValue(array) instanceof JsonArray items)
        ? Stream.of()
        : items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }
}

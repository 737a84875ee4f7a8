package dev.toygun.api;

import dev.toygun.BuiltIn;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.TypeDefinition.TaskDefinition;
import dev.toygun.store.Views;
import dev.toygun.store.Views.PublishedType;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Resource types, as workers publish them: all that the API knows of a user's code. What was read
 * is believed for a moment, since every request needs its type. Used by one event loop.
 */
final class Types {
  private static final Duration BELIEVED = Duration.ofSeconds(2);
  private static final int MOST = 1_000;

  private final Views views;
  private final Time time;
  private final TypeShow show;
  private final Map<String, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  private record Known(PublishedType type, long at) {}

  Types(Views views, Time time, TypeShow show) {
    this.views = views;
    this.time = time;
    this.show = show;
  }

  /** {@code GET /v1/types}. */
  Future<Answer> list(Call call) {
    return views
        .types()
        .map(
            types -> {
              JsonArray items = new JsonArray();
              types.forEach(type -> items.add(show.type(type)));
              return Answer.ok(
                  new JsonObject().put("items", items).put("next_page_token", (Object) null));
            });
  }

  /** {@code GET /v1/types/{type}}. */
  Future<Answer> get(Call call) {
    Integer version = call.number("version");
    return published(
            call.text("type"), version == null ? OptionalInt.empty() : OptionalInt.of(version))
        .map(type -> Answer.ok(show.type(type)));
  }

  /** The newest version of a type; fails with a problem 404 where nobody publishes it. */
  Future<TypeDefinition> newest(String name) {
    return published(name, OptionalInt.empty()).map(PublishedType::definition);
  }

  /** Fails with a problem 404 where no type that is published has this task in any version. */
  Future<Void> anyWithTask(String task) {
    return views
        .hasTask(task)
        .map(
            found -> {
              if (!found) {
                throw Problem.notFound(
                    "unknown_task",
                    "no type that a worker has published has a task '%s': GET /v1/types lists them"
                        .formatted(task));
              }
              return null;
            });
  }

  /** A version of a type; fails with a problem 404 where nobody publishes it. */
  Future<TypeDefinition> definition(String name, int version) {
    return published(name, OptionalInt.of(version)).map(PublishedType::definition);
  }

  private Future<PublishedType> published(String name, OptionalInt version) {
    String key = version.isPresent() ? name + " " + version.getAsInt() : name;
    Known remembered = known.get(key);
    if (remembered != null && time.nanos() - remembered.at() < BELIEVED.toNanos()) {
      return Future.succeededFuture(remembered.type());
    }
    return views
        .type(name, version)
        .map(
            type -> {
              if (type == null) {
                throw unknown(name, version);
              }
              known.put(key, new Known(type, time.nanos()));
              return type;
            });
  }

  /** What is said of a type that nobody publishes. */
  static Problem unknown(String name, OptionalInt version) {
    String what =
        version.isPresent()
            ? "'%s' in version %d".formatted(name, version.getAsInt())
            : "'" + name + "'";
    return Problem.notFound(
        "unknown_type",
        "no worker has published a type %s: GET /v1/types lists those there are; start a worker that"
                .formatted(what)
            + " defines it");
  }

  /** A task of a type that somebody may start. */
  static TaskDefinition startable(TypeDefinition type, String name) {
    if (name.equals(BuiltIn.RESTART_TASK.value())) {
      throw Problem.conflict("reserved", "%s: POST …:restart starts it".formatted(name));
    }
    if (BuiltIn.reserved(name)) {
      throw Problem.conflict(
          "reserved", "%s: Toygun itself starts it, as part of a resource's life".formatted(name));
    }
    TaskDefinition task = task(type, name);
    if (task.internal()) {
      throw Problem.conflict(
          "internal",
          "%s/%s is internal: only its resource starts it".formatted(type.name(), name));
    }
    return task;
  }

  /** The task that restarts a resource of a type. */
  static TaskDefinition restart(TypeDefinition type) {
    return type.task(BuiltIn.RESTART_TASK.value())
        .orElseThrow(
            () ->
                Problem.conflict(
                    "no_restart",
                    "type '%s' does not say how one is restarted: .onRestart(task)"
                        .formatted(type.name())));
  }

  /** A task of a type. */
  static TaskDefinition task(TypeDefinition type, String name) {
    return type.task(name)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "unknown_task",
                    "type '%s' has no task '%s': it has %s"
                        .formatted(
                            type.name(),
                            name,
                            type.tasks().stream().map(TaskDefinition::name).toList())));
  }
}

package dev.toygun.api;

import dev.toygun.store.Abandonment;
import dev.toygun.store.AlarmOperations;
import dev.toygun.store.Hold;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds: put, listed, released; and those that abandon what they hold. */
final class Holds {
  private final HoldShow show;
  private final AlarmOperations operations;
  private final Resources resources;
  private final Types types;
  private final Time time;

  Holds(HoldShow show, AlarmOperations operations, Resources resources, Types types, Time time) {
    this.show = show;
    this.operations = operations;
    this.resources = resources;
    this.types = types;
    this.time = time;
  }

  /** {@code GET /v1/holds}. */
  Future<Answer> list(Call call) {
    return show.active().compose(show::all).map(Holds::items);
  }

  private static Answer items(Map<UUID, JsonObject> holds) {
    return Answer.ok(new JsonObject().put("items", new JsonArray(List.copyOf(holds.values()))));
  }

  private Future<Answer> shown(Hold hold, int status) {
    return show.all(List.of(hold))
        .map(all -> Answer.of(status, Objects.requireNonNull(all.get(hold.uuid()))));
  }

  /** {@code POST /v1/holds}. */
  Future<Answer> create(Call call) {
    JsonObject body = call.body();
    String of = body.getString("resource");
    return put(
        call,
        Hold.Scope.valueOf(body.getString("scope").toUpperCase(Locale.ROOT)),
        of == null ? null : Parameters.uuid("resource", of),
        body.getString("name"));
  }

  /** {@code POST /v1/resources/{type}/{uuid}:hold}. */
  Future<Answer> ofResource(Call call) {
    return resources
        .family(call)
        .compose(family -> put(call, Hold.Scope.SUBTREE, family.resource().uuid(), null));
  }

  private Future<Answer> put(
      Call call, Hold.Scope scope, @Nullable UUID resource, @Nullable String name) {
    Instant until = Bodies.time(call.body(), "until");
    if (until != null && !until.isAfter(time.now())) {
      throw Problem.invalid(
          List.of(new Problem.Wrong("/until", "it is past already: name a time to come")));
    }
    Hold.Request request =
        new Hold.Request(call.makes(time), scope, resource, name, call.reason(), until);
    return there(scope, name)
        .compose(
            there -> {
              if (!call.validateOnly()) {
                return operations.hold(request, call.by()).compose(hold -> shown(hold, 201));
              }
              return resource == null
                  ? Future.succeededFuture(Answer.valid())
                  : resources.isActive(resource).map(active -> puttable(request, active));
            });
  }

  /* Whoever holds a name that nothing has would work on what goes on. A queue may have rows though no type names it any more. */
  private Future<?> there(Hold.Scope scope, @Nullable String name) {
    return switch (scope) {
      case TYPE -> types.newest(Objects.requireNonNull(name));
      case TASK -> types.anyWithTask(Objects.requireNonNull(name));
      case ALL, SUBTREE, QUEUE, BREAKER -> Future.succeededFuture();
    };
  }

  private static Answer puttable(Hold.Request request, boolean active) {
    if (!active) {
      throw request.refused();
    }
    return Answer.valid();
  }

  /** {@code POST /v1/holds/{uuid}:release}. */
  Future<Answer> release(Call call) {
    return operations.release(call.uuid("uuid"), call.by()).compose(hold -> shown(hold, 200));
  }

  /** {@code POST /v1/resources/{type}/{uuid}:release}: every hold of just this subtree. */
  Future<Answer> releaseResource(Call call) {
    UUID uuid = call.uuid("uuid");
    return resources
        .family(call)
        .compose(family -> show.active())
        .compose(
            holds -> {
              Set<UUID> ours =
                  holds.stream()
                      .filter(hold -> uuid.equals(hold.resource()) && !hold.abandons())
                      .map(Hold::uuid)
                      .collect(Collectors.toUnmodifiableSet());
              return operations.release(ours, call.by());
            })
        .compose(
            released -> {
              if (released.isEmpty()) {
                throw Problem.conflict(
                    "not_held",
                    "nobody holds resource %s itself; /v1/holds has what is held".formatted(uuid));
              }
              return show.all(released).map(Holds::items);
            });
  }

  /** {@code POST /v1/resources/{type}/{uuid}:abandon}. */
  Future<Answer> abandon(Call call) {
    return resources
        .family(call)
        .compose(
            family -> {
              Alive.check("the resource", family.resource().machine(), call.version());
              Abandonment asked =
                  new Abandonment(
                      call.makes(time), family.resource().uuid(), call.version(), call.reason());
              return call.validateOnly()
                  ? Future.succeededFuture(Answer.valid())
                  : operations.abandon(asked, call.by()).compose(hold -> shown(hold, 202));
            });
  }
}

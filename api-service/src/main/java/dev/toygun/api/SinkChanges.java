package dev.toygun.api;

import dev.toygun.alert.Message.Event;
import dev.toygun.alert.NotDelivered;
import dev.toygun.alert.SinkKind;
import dev.toygun.alert.SinkSettings;
import dev.toygun.alert.Sinks;
import dev.toygun.crypto.FieldSeal;
import dev.toygun.store.AlarmSinks;
import dev.toygun.store.Place;
import dev.toygun.store.SinkRow;
import dev.toygun.store.SinkScope;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Sinks of alarms and errors: made, listed, changed, removed, tried. */
final class SinkChanges {
  private final AlarmSinks rows;
  private final Sinks sinks;
  private final Types types;
  private final Roots roots;
  private final Time time;

  SinkChanges(AlarmSinks rows, Sinks sinks, Types types, Roots roots, Time time) {
    this.rows = rows;
    this.sinks = sinks;
    this.types = types;
    this.roots = roots;
    this.time = time;
  }

  /** {@code GET /v1/sinks}. */
  Future<Answer> list(Call call) {
    return rows.list()
        .compose(
            all ->
                roots
                    .places(all.stream().map(row -> row.scope().under()).toList())
                    .map(
                        places -> {
                          JsonArray items = new JsonArray();
                          all.forEach(row -> items.add(show(row, places)));
                          return Answer.ok(new JsonObject().put("items", items));
                        }));
  }

  /** {@code GET /v1/sinks/{name}}. */
  Future<Answer> get(Call call) {
    return row(call).compose(row -> shown(row, 200));
  }

  /** {@code POST /v1/sinks}. */
  Future<Answer> create(Call call) {
    SinkKind kind = kind(call.body().getString("kind"));
    JsonObject settings = call.object("settings");
    SinkScope scope = scope(call, SinkScope.from(SinkScope.ALL));
    return checked(call, kind, settings, scope)
        .compose(
            right -> {
              if (call.validateOnly()) {
                return free(call.body().getString("name"));
              }
              UUID uuid = time.uuid();
              JsonObject sealed = sinks.settings().seal(uuid, kind, settings, time.now());
              return rows.insert(
                      call.body().getString("name"),
                      uuid,
                      kind.stored(),
                      sealed.encode(),
                      scope,
                      call.body().getBoolean("active", true),
                      call.caller().stored())
                  .compose(row -> shown(row, 201))
                  .map(
                      made ->
                          made.header("Location", "/v1/sinks/" + call.body().getString("name")));
            });
  }

  private Future<Answer> free(String name) {
    return rows.find(name)
        .map(
            there -> {
              if (there != null) {
                throw AlarmSinks.exists(name);
              }
              return Answer.valid();
            });
  }

  /** {@code PATCH /v1/sinks/{name}}. */
  Future<Answer> change(Call call) {
    return row(call)
        .compose(
            row -> {
              fresh(call, row);
              SinkKind kind = kind(row.kind());
              JsonObject before = open(row, kind);
              JsonObject change = call.object("settings");
              List<SinkSettings.Wrong> needed = SinkSettings.neededAgain(kind, before, change);
              if (!needed.isEmpty()) {
                throw invalid(needed);
              }
              JsonObject settings = merged(before, change);
              SinkScope scope = scope(call, row.scope());
              return checked(call, kind, settings, scope)
                  .compose(right -> change(call, row, kind, settings, scope));
            });
  }

  private Future<Answer> change(
      Call call, SinkRow row, SinkKind kind, JsonObject settings, SinkScope scope) {
    if (call.validateOnly()) {
      return Future.succeededFuture(Answer.valid());
    }
    return rows.update(
            row,
            sinks.settings().seal(row.uuid(), kind, settings, time.now()).encode(),
            scope,
            call.body().getBoolean("active", row.active()))
        .compose(changed -> shown(changed, 200));
  }

  /** Which alarms it is to be told of; what the body does not name stays. */
  private static SinkScope scope(Call call, SinkScope before) {
    JsonObject body = call.body();
    JsonArray types = body.getJsonArray("types");
    String under = body.getString("under");
    return new SinkScope(
        body.getString("min_severity", before.minSeverity()),
        types != null
            ? types.stream().map(String.class::cast).toList()
            : body.containsKey("types") ? List.of() : before.types(),
        under != null
            ? Parameters.uuid("under", under)
            : body.containsKey("under") ? null : before.under());
  }

  private static JsonObject merged(JsonObject settings, JsonObject change) {
    JsonObject merged = settings.copy();
    change.forEach(
        one -> {
          if (one.getValue() == null) {
            merged.remove(one.getKey());
          } else {
            merged.put(one.getKey(), one.getValue());
          }
        });
    return merged;
  }

  private JsonObject open(SinkRow row, SinkKind kind) {
    try {
      return sinks.settings().open(row.uuid(), kind, new JsonObject(row.settings()));
    } catch (FieldSeal.CannotOpen e) {
      throw Problem.conflict(
          "cannot_open", e.getMessage() + "; or remove the sink, and make it again");
    }
  }

  /** {@code DELETE /v1/sinks/{name}}. */
  Future<Answer> delete(Call call) {
    return rows.delete(call.text("name"), call.version())
        .map(gone -> new Answer(204, null, Map.of(), null));
  }

  /** {@code POST /v1/sinks/{name}:test}. */
  Future<Answer> test(Call call) {
    return row(call)
        .compose(
            row -> {
              SinkKind kind = kind(row.kind());
              Sinks.Stored sink =
                  new Sinks.Stored(row.uuid(), kind, new JsonObject(row.settings()));
              JsonObject body = example(row, call);
              return sinks
                  .send(sink, time.uuid(), Event.OPEN, body)
                  .compose(
                      told ->
                          sinks.send(
                              sink,
                              time.uuid(),
                              Event.RESOLVE,
                              body.copy().put("closed_at", now())));
            })
        .map(told -> Answer.ok(new JsonObject().put("sent", true)))
        .recover(
            error ->
                Future.failedFuture(
                    error instanceof NotDelivered why
                        ? new Problem(
                            502,
                            "not_delivered",
                            "the sink was not told: %s".formatted(why.getMessage()))
                        : error));
  }

  private JsonObject example(SinkRow row, Call call) {
    String uuid = time.uuid().toString();
    return new JsonObject()
        .put("alarm", uuid)
        .put("name", "test")
        .put("severity", row.scope().minSeverity())
        .put(
            "message",
            "This is a test of sink %s, by %s.".formatted(row.name(), call.caller().name()))
        .put("resource", new UUID(0, 0).toString())
        .put("resource_type", SinkScope.SYSTEM)
        .put("resource_label", "system")
        .put("opened_at", now())
        .put("dedup_key", "toygun/" + uuid);
  }

  private String now() {
    return time.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
  }

  private Future<SinkRow> row(Call call) {
    String name = call.text("name");
    return rows.find(name)
        .map(
            row -> {
              if (row == null) {
                throw Problem.notFound("not_found", "there is no sink " + name);
              }
              return row;
            });
  }

  private static void fresh(Call call, SinkRow row) {
    if (call.version().isPresent() && call.version().getAsLong() != row.version()) {
      throw new Problem(
          412,
          "stale",
          "sink %s was changed by somebody else: look at it, and decide again"
              .formatted(row.name()));
    }
  }

  private static SinkKind kind(String stored) {
    return SinkKind.ofStored(stored)
        .orElseThrow(
            () ->
                Problem.conflict(
                    "unknown_kind",
                    "this build knows no sink of kind %s, but %s"
                        .formatted(stored, SinkKind.known())));
  }

  /** Fails with a problem that names all that is wrong. */
  private Future<Void> checked(Call call, SinkKind kind, JsonObject settings, SinkScope scope) {
    List<SinkSettings.Wrong> wrongs = SinkSettings.wrongs(kind, settings);
    if (!wrongs.isEmpty()) {
      return Future.failedFuture(invalid(wrongs));
    }
    if (kind.isOfErrors() && !scope.minSeverity().equals(SinkScope.ALL)) {
      return Future.failedFuture(
          Problem.invalid(
              List.of(
                  new Problem.Wrong(
                      "/min_severity",
                      "a sink of kind %s is told of errors, which have no severity: leave it out"
                          .formatted(kind.stored())))));
    }
    // What it was limited to may have ended since: that is no reason to refuse another change.
    return known(call.body().containsKey("types") ? scope.types() : List.of(), 0)
        .compose(known -> roots.living(call.body().containsKey("under") ? scope.under() : null))
        .compose(living -> sinks.reachable(kind, settings))
        .compose(
            wrong ->
                wrong == null
                    ? Future.succeededFuture()
                    : Future.failedFuture(invalid(List.of(wrong))));
  }

  private static Problem invalid(List<SinkSettings.Wrong> wrongs) {
    return Problem.invalid(
        wrongs.stream()
            .map(wrong -> new Problem.Wrong("/settings/" + wrong.name(), wrong.detail()))
            .toList());
  }

  /** Fails where no worker has published one of the types: nobody would be told of anything. */
  private Future<Void> known(List<String> names, int from) {
    if (from == names.size()) {
      return Future.succeededFuture();
    }
    String name = names.get(from);
    return (name.equals(SinkScope.SYSTEM) ? Future.succeededFuture() : types.newest(name))
        .recover(
            error ->
                Future.failedFuture(
                    error instanceof Problem unknown && unknown.status() == 404
                        ? Problem.invalid(
                            List.of(
                                new Problem.Wrong(
                                    "/types/" + from,
                                    Objects.requireNonNull(unknown.getMessage()))))
                        : error))
        .compose(found -> known(names, from + 1));
  }

  private Future<Answer> shown(SinkRow row, int status) {
    return roots
        .places(row.scope().under() == null ? List.of() : List.of(row.scope().under()))
        .map(places -> Answer.of(status, show(row, places)).version(row.version()));
  }

  private static JsonObject show(SinkRow row, Map<UUID, Place> places) {
    JsonObject settings = new JsonObject(row.settings());
    return new JsonObject()
        .put("name", row.name())
        .put("kind", row.kind())
        .put(
            "settings",
            SinkKind.ofStored(row.kind())
                .map(kind -> SinkSettings.shown(kind, settings))
                .orElseGet(JsonObject::new))
        .put("min_severity", row.scope().minSeverity())
        .put("types", row.scope().types().isEmpty() ? null : new JsonArray(row.scope().types()))
        .put("under", Roots.show(row.scope().under(), places))
        .put("active", row.active())
        .put("version", row.version())
        .put("created_by", row.createdBy())
        .put("created_at", row.createdAt().toString())
        .put("updated_at", row.updatedAt().toString());
  }
}

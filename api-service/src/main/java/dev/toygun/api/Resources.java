package dev.toygun.api;

import dev.toygun.store.ChildCreate;
import dev.toygun.store.Commands;
import dev.toygun.store.Family;
import dev.toygun.store.Place;
import dev.toygun.store.ResourceRow;
import dev.toygun.store.Subtrees;
import dev.toygun.store.TypeDefinition;
import dev.toygun.store.UuidRange;
import dev.toygun.store.Views;
import dev.toygun.store.Views.Around;
import dev.toygun.store.Views.Order;
import dev.toygun.store.Views.Page;
import dev.toygun.store.Views.ResourceQuery;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads resources: lists, and one with all that hangs off it. */
final class Resources {
  private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);

  private final Types types;
  private final Commands store;
  private final Views views;
  private final Subtrees subtrees;
  private final Fields fields;
  private final MachineShow show;
  private final HoldShow holds;
  private final Time time;
  private final Map<String, Counted> counted =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counted> eldest) {
          return size() > 1_000;
        }
      };

  /* A future, so that all who ask while it is being counted wait for one scan. */
  private record Counted(Future<JsonObject> counts, long at) {}

  Resources(
      Types types,
      Commands store,
      Views views,
      Subtrees subtrees,
      Fields fields,
      MachineShow show,
      HoldShow holds,
      Time time) {
    this.types = types;
    this.store = store;
    this.views = views;
    this.subtrees = subtrees;
    this.fields = fields;
    this.show = show;
    this.holds = holds;
    this.time = time;
  }

  /** {@code GET /v1/resources/{type}}. */
  Future<Answer> list(Call call) {
    return types
        .newest(call.text("type"))
        .compose(
            type -> {
              Filters filters = Filters.read(call.texts("filter"), type, fields);
              ResourceQuery query = query(call, type, filters);
              UUID root = call.caller().scope().under();
              return (root == null ? views.resources(query) : subtrees.resources(root, query))
                  .compose(rows -> listed(call, type, query, rows))
                  .map(page -> noted(page, filters.note()));
            });
  }

  private static Answer noted(JsonObject page, @Nullable String note) {
    return Answer.ok(note == null ? page : page.put("note", note));
  }

  private Future<JsonObject> listed(
      Call call, TypeDefinition type, ResourceQuery query, Page<ResourceRow> rows) {
    Future<Map<UUID, JsonObject>> held =
        holds.of(rows.rows().stream().map(Resources::held).toList());
    Future<Map<UUID, Place>> parents =
        places(rows.rows().stream().map(ResourceRow::parent).filter(Objects::nonNull).toList());
    Future<JsonObject> page =
        Future.all(held, parents)
            .map(
                both ->
                    Pages.page(
                        call,
                        rows,
                        row ->
                            show.summary(
                                type,
                                row,
                                row.parent() == null ? null : parents.result().get(row.parent()),
                                held.result().get(row.uuid()),
                                call.shown()),
                        row -> end(query, row)));
    return call.flag("counts")
        ? page.compose(
            shown ->
                counts(call.caller().scope().under(), type.name())
                    .map(counts -> shown.put("counts", counts)))
        : page;
  }

  private static HoldShow.Held held(ResourceRow row) {
    return new HoldShow.Held(row.uuid(), row.path(), row.machine().list());
  }

  private static List<String> end(ResourceQuery query, ResourceRow row) {
    return switch (query.order()) {
      case CREATED_AT, CREATED_AT_DESC ->
          List.of(row.machine().createdAt().toString(), row.uuid().toString());
      case LABEL, LABEL_DESC -> List.of(row.label(), row.uuid().toString());
    };
  }

  private Future<JsonObject> counts(@Nullable UUID root, String type) {
    String what = root == null ? type : type + " " + root;
    Counted last = counted.get(what);
    if (last != null && time.nanos() - last.at() < COUNTED_EVERY.toNanos()) {
      return last.counts();
    }
    Future<JsonObject> counts =
        (root == null ? views.resourceCounts(type) : subtrees.counts(root, type))
            .map(
                found -> {
                  JsonObject shown = new JsonObject();
                  found.forEach(shown::put);
                  return shown;
                });
    counted.put(what, new Counted(counts, time.nanos()));
    return counts;
  }

  private ResourceQuery query(Call call, TypeDefinition type, Filters filters) {
    Order order = Order.valueOf(call.text("order_by").replace(' ', '_').toUpperCase(Locale.ROOT));
    boolean byTime = order == Order.CREATED_AT || order == Order.CREATED_AT_DESC;
    @Nullable List<String> parts = Pages.after(call, 2);
    return new ResourceQuery(
        type.name(),
        filters.label(),
        filters.states(),
        filters.parent(),
        filters.availability(),
        filters.fields(),
        call.flag("ended"),
        uuids(call.maybe("uuid_prefix")),
        order,
        parts == null ? null : after(parts.get(0), parts.get(1), byTime),
        call.pageSize());
  }

  private static @Nullable UuidRange uuids(@Nullable String prefix) {
    return prefix == null
        ? null
        : UuidRange.of(prefix)
            .orElseThrow(
                () ->
                    Parameters.bad(
                        "uuid_prefix",
                        "the beginning of a uuid is expected, %d hexadecimal digits or more, such as 0190f3c4-7b"
                            .formatted(UuidRange.LEAST)));
  }

  /** What a page ended with, read from its token. */
  static Views.After after(String value, String uuid, boolean byTime) {
    if (byTime) {
      try {
        Instant.parse(value);
      } catch (DateTimeException e) {
        throw Pages.unknownToken();
      }
    }
    return new Views.After(value, Parameters.uuid("page_token", uuid));
  }

  /** {@code GET /v1/resources/{type}/{uuid}}. */
  Future<Answer> get(Call call) {
    return family(call).compose(family -> shown(call, family, 200));
  }

  /** The resource that a path names; fails with a problem 404 where there is none. */
  Future<ResourceRow> row(Call call) {
    return store
        .row(call.uuid("uuid"))
        .compose(row -> isMeant(call, row) ? Future.succeededFuture(row) : missing(call, row));
  }

  /** As {@link #row}, with its tasks and signals. */
  Future<Family> family(Call call) {
    return store
        .family(call.uuid("uuid"))
        .compose(
            family -> {
              ResourceRow row = family == null ? null : family.resource();
              return isMeant(call, row) ? Future.succeededFuture(family) : missing(call, row);
            });
  }

  /** Fails with the refusal of the store where the label of what is to be made is taken. */
  Future<Void> checkLabel(@Nullable UUID parent, ChildCreate made) {
    return views
        .isTaken(parent, made.list().type(), made.label())
        .map(
            taken -> {
              if (taken) {
                throw made.exists();
              }
              return null;
            });
  }

  /** Whether there is such a resource, and it has not ended. */
  Future<Boolean> isActive(UUID uuid) {
    return store.row(uuid).map(row -> row != null && row.machine().active());
  }

  private static boolean isMeant(Call call, @Nullable ResourceRow row) {
    return row != null && row.type().equals(call.text("type"));
  }

  private <T> Future<T> missing(Call call, @Nullable ResourceRow other) {
    String type = call.text("type");
    String where =
        other == null || !call.caller().scope().has(Place.of(other))
            ? ""
            : "; but there is " + MachineShow.self(other);
    // An unknown type is what is wrong first.
    return types
        .newest(type)
        .compose(
            known ->
                Future.failedFuture(
                    Problem.notFound(
                        "not_found",
                        "there is no %s %s%s".formatted(type, call.uuid("uuid"), where))));
  }

  /** The resource as it is now, after something was done with it. */
  Future<Answer> now(Call call, UUID uuid, int status) {
    return store
        .family(uuid)
        .compose(
            family ->
                family == null
                    ? Future.failedFuture(
                        Problem.notFound("not_found", "there is no resource " + uuid))
                    : shown(call, family, status));
  }

  private Future<Answer> shown(Call call, Family family, int status) {
    ResourceRow row = family.resource();
    return types
        .definition(row.type(), row.machine().list().version())
        .compose(
            type ->
                Future.all(
                        around(row, call.caller().scope().typesWithin()),
                        TurnShow.of(views, row.uuid(), family.tasks()))
                    .map(
                        both -> {
                          Held held = both.resultAt(0);
                          return Answer.of(
                                  status,
                                  show.resource(
                                          type,
                                          family,
                                          held.around(),
                                          held.places(),
                                          both.resultAt(1),
                                          call.shown())
                                      .put("ancestors", ancestors(call, row, held.places())))
                              .version(row.machine().version());
                        }));
  }

  /** What is above it, the root first, as far as the caller may know of it. */
  private static JsonArray ancestors(Call call, ResourceRow row, Map<UUID, Place> places) {
    JsonArray ancestors = new JsonArray();
    for (UUID above : row.path()) {
      Place place = places.get(above);
      if (place != null && call.caller().scope().has(place)) {
        ancestors.add(
            new JsonObject()
                .put("uuid", above.toString())
                .put("type", place.type())
                .put("label", place.label()));
      }
    }
    return ancestors;
  }

  /**
   * What is read around a resource.
   *
   * @param places where it is, and what is above it
   */
  private record Held(Around around, Map<UUID, Place> places) {}

  private Future<Held> around(ResourceRow row, @Nullable Set<String> types) {
    return Future.all(views.around(row, types), places(row.path()))
        .map(
            both -> {
              Map<UUID, Place> places = new HashMap<>(both.<Map<UUID, Place>>resultAt(1));
              places.put(row.uuid(), Place.of(row));
              return new Held(both.resultAt(0), places);
            });
  }

  private Future<Map<UUID, Place>> places(Collection<UUID> resources) {
    return resources.isEmpty()
        ? Future.succeededFuture(Map.of())
        : views.places(Set.copyOf(resources));
  }
}

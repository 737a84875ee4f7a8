package dev.toygun.api;

import dev.toygun.Priority;
import dev.toygun.queue.Queue;
import dev.toygun.queue.Queue.Depth;
import dev.toygun.queue.Takers;
import dev.toygun.store.Due;
import dev.toygun.store.Hold;
import dev.toygun.store.ListName;
import dev.toygun.store.Views;
import dev.toygun.store.Views.PublishedType;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What waits, and who takes it. */
final class Queues {
  private static final Comparator<ListName> ORDER =
      Comparator.comparing(ListName::queue)
          .thenComparingInt(ListName::priority)
          .thenComparing(ListName::type)
          .thenComparing((ListName list) -> list.version());

  private final Queue queue;
  private final Due store;
  private final Views views;
  private final Time time;

  Queues(Queue queue, Due store, Views views, Time time) {
    this.queue = queue;
    this.store = store;
    this.views = views;
    this.time = time;
  }

  /** {@code GET /v1/queues}. */
  Future<Answer> list(Call call) {
    Future<Takers> takers = known(queue.workers()).map(Takers::new);
    Future<List<Hold>> holds = store.holds();
    return Future.all(takers, holds, store.lists())
        .compose(
            all -> {
              List<ListName> lists = all.resultAt(2);
              Future<Map<ListName, Depth>> depths = known(queue.depths(lists));
              boolean missing = lists.stream().anyMatch(list -> !takers.result().any(list));
              Future<List<PublishedType>> types =
                  missing ? views.types() : Future.succeededFuture(List.of());
              return Future.all(depths, types)
                  .map(
                      both -> {
                        JsonArray items = new JsonArray();
                        for (ListName list : lists.stream().sorted(ORDER).toList()) {
                          Depth depth =
                              depths.result().getOrDefault(list, new Depth(0, Optional.empty()));
                          items.add(
                              show(list, depth)
                                  .put("workers", new JsonArray(takers.result().of(list)))
                                  .put("held", isHeld(list, holds.result()))
                                  .put("problem", problem(list, takers.result(), types.result())));
                        }
                        return Answer.ok(new JsonObject().put("items", items));
                      });
            });
  }

  private JsonObject show(ListName list, Depth depth) {
    return new JsonObject()
        .put("queue", list.queue())
        .put("type", list.type())
        .put("version", list.version())
        .put("priority", Priority.ofStored(list.priority()).toString())
        .put("tickets", depth.tickets())
        .put("oldest_seconds", depth.head().map(this::seconds).orElse(null));
  }

  /** A subtree or a task that is on hold is a part of a list. */
  private static boolean isHeld(ListName list, List<Hold> holds) {
    return holds.stream().anyMatch(hold -> hold.holds(List.of(), list, null));
  }

  private static @Nullable String problem(ListName list, Takers takers, List<PublishedType> types) {
    if (takers.any(list)) {
      return null;
    }
    String seen =
        types.stream()
            .filter(type -> type.definition().name().equals(list.type()))
            .map(PublishedType::lastSeen)
            .findFirst()
            .map(at -> "; a worker last published the type at " + at)
            .orElse("; no worker has ever published the type");
    return "no worker takes it: " + takers.remedy(list) + seen;
  }

  /** {@code GET /v1/workers}. */
  Future<Answer> workers(Call call) {
    return known(queue.workers())
        .map(
            workers -> {
              JsonArray items = new JsonArray();
              workers.stream()
                  .sorted(Comparator.comparing(Queue.Worker::id))
                  .forEach(worker -> items.add(show(worker)));
              return Answer.ok(new JsonObject().put("items", items));
            });
  }

  /** What it does not say of itself is not known. */
  private JsonObject show(Queue.Worker worker) {
    Queue.About about = worker.about();
    JsonObject json =
        new JsonObject()
            .put("id", worker.id())
            .put("build", worker.build())
            .put("types", types(worker.lists()));
    return about == null
        ? json.put("host", (Object) null)
            .put("queues", new JsonArray())
            .put("started_at", (Object) null)
            .put("heartbeat_seconds", (Object) null)
            .put("in_flight", (Object) null)
            .put("draining", (Object) null)
        : json.put("host", about.host().isEmpty() ? null : about.host())
            .put("queues", new JsonArray(about.queues()))
            .put("started_at", about.started().toString())
            .put("heartbeat_seconds", seconds(about.at()))
            .put("in_flight", about.inFlight())
            .put("draining", about.drains());
  }

  /** Each type once, with the versions that it takes, in whichever queue. */
  private static JsonArray types(List<String> lists) {
    SortedMap<String, TreeSet<Integer>> versions = new TreeMap<>();
    for (String list : lists) {
      String[] parts = list.split(":", -1);
      if (parts.length == 3 && parts[2].matches("[0-9]{1,9}")) {
        versions.computeIfAbsent(parts[1], type -> new TreeSet<>()).add(Integer.valueOf(parts[2]));
      }
    }
    JsonArray types = new JsonArray();
    versions.forEach(
        (type, all) ->
            types.add(
                new JsonObject()
                    .put("name", type)
                    .put("versions", new JsonArray(List.copyOf(all)))));
    return types;
  }

  private double seconds(Instant since) {
    return Math.max(0, Duration.between(since, time.now()).toMillis()) / 1000.0;
  }

  private static <T> Future<T> known(Future<T> asked) {
    return asked.recover(
        away ->
            Future.failedFuture(
                new Problem(
                    503,
                    "unavailable",
                    "Redis does not answer: what waits in it, and who takes it, is not known; see"
                        + " /ready",
                    List.of(),
                    Map.of("Retry-After", "2"))));
  }
}

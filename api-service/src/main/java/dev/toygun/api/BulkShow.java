package dev.toygun.api;

import dev.toygun.store.Bulk;
import dev.toygun.store.Bulk.Result;
import dev.toygun.store.Bulk.State;
import dev.toygun.store.BulkOrder;
import dev.toygun.store.Bulks;
import dev.toygun.time.Time;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bulk runs as they are shown. */
final class BulkShow {
  private final Time time;

  BulkShow(Time time) {
    this.time = time;
  }

  JsonObject bulk(Bulk bulk) {
    BulkOrder order = bulk.order();
    BulkOrder.Going going = order.going();
    UUID under = order.filter().under();
    JsonObject counts = new JsonObject().put("total", bulk.total());
    for (Result result : Result.values()) {
      counts.put(result.stored(), bulk.count(result));
    }
    return new JsonObject()
        .put("uuid", bulk.uuid().toString())
        .put("type", order.type())
        .put("filter", new JsonArray(order.filter().asked()))
        .put("under", under == null ? null : under.toString())
        .put("action", order.action().stored())
        .put("task", order.task())
        .put("signal", order.signal())
        .put("content", Fields.attributes(order.content()))
        .put("rate", BulkRuns.Per.rate(going))
        .put("canary", going.canary())
        .put("watch", going.watch().toSeconds())
        .put("halt_after", going.haltAfter())
        .put("halt_share", going.haltShare())
        .put("state", bulk.state().stored())
        .put("note", bulk.note())
        .put("counts", counts)
        .put("eta", TypeShow.time(eta(bulk)))
        .put("can", can(bulk.state()))
        .put("actor", bulk.actor())
        .put("reason", bulk.reason())
        .put("created_at", bulk.createdAt().toString())
        .put("updated_at", bulk.updatedAt().toString())
        .put("ended_at", TypeShow.time(bulk.endedAt()));
  }

  private static JsonArray can(State state) {
    return switch (state) {
      case GATHERING, RUNNING -> new JsonArray().add("pause").add("cancel");
      case CANARY -> new JsonArray().add("pause").add("resume").add("cancel");
      case PAUSED, HALTED -> new JsonArray().add("resume").add("cancel");
      case DONE, CANCELLED -> new JsonArray();
    };
  }

  /** When its last item will have been done, by its rate, or as fast as it went until now. */
  private @Nullable Instant eta(Bulk bulk) {
    long waiting = bulk.count(Result.WAITING);
    if (bulk.state() != State.RUNNING || waiting == 0) {
      return null;
    }
    Instant now = time.now();
    BulkOrder.Going going = bulk.order().going();
    if (going.rate() != null) {
      return now.plus(Duration.ofMillis(going.per().toMillis() * waiting / going.rate()));
    }
    long tried = bulk.total() - waiting;
    Duration took = Duration.between(bulk.createdAt(), now);
    return tried == 0 ? null : now.plus(took.multipliedBy(waiting).dividedBy(tried));
  }

  JsonObject item(Bulk bulk, Bulks.Seen seen) {
    Bulk.Item item = seen.item();
    return new JsonObject()
        .put("resource", item.resource().toString())
        .put("type", bulk.order().type())
        .put("label", seen.label())
        .put("result", item.result().stored())
        .put(
            "task",
            bulk.order().task() == null || item.subject() == null
                ? null
                : Objects.toString(item.subject()))
        .put("code", item.code())
        .put("message", item.message())
        .put("at", TypeShow.time(item.at()));
  }

  JsonObject preview(Bulks.Preview found) {
    JsonArray few = new JsonArray();
    found
        .few()
        .forEach(
            one ->
                few.add(
                    new JsonObject()
                        .put("uuid", one.uuid().toString())
                        .put("label", one.label())
                        .put("state", one.state())));
    return new JsonObject()
        .put("valid", true)
        .put("count", found.count())
        .put("more", found.more())
        .put("few", few);
  }
}

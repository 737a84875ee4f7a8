package dev.toygun.queue;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker says of itself, as text. What is read is not trusted. */
final class Heartbeat {
  private Heartbeat() {}

  static String write(Queue.Worker worker) {
    JsonObject json =
        new JsonObject().put("build", worker.build()).put("lists", new JsonArray(worker.lists()));
    Queue.About about = worker.about();
    if (about != null) {
      json.put("host", about.host())
          .put("queues", new JsonArray(about.queues()))
          .put("started", about.started())
          .put("at", about.at())
          .put("in_flight", about.inFlight())
          .put("drains", about.drains());
    }
    return json.encode();
  }

  static Queue.Worker read(String id, String text) {
    try {
      JsonObject json = new JsonObject(text);
      return new Queue.Worker(id, json.getString("build", ""), texts(json, "lists"), about(json));
    } catch (DecodeException | ClassCastException | DateTimeException | NullPointerException e) {
      return new Queue.Worker(id, "", List.of()); // it lives, whatever it says
    }
  }

  private static Queue.@Nullable About about(JsonObject json) {
    return json.getInstant("started") == null || json.getInstant("at") == null
        ? null
        : new Queue.About(
            json.getString("host", ""),
            texts(json, "queues"),
            json.getInstant("started"),
            json.getInstant("at"),
            json.getInteger("in_flight", 0),
            json.getBoolean("drains", false));
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(String::valueOf).toList();
  }
}

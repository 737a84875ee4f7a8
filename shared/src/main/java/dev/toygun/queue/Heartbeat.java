package dev.toygun.queue;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a worker says of itself, as text. What is read is not trusted. */
final class Heartbeat {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final int MOST_IN_FLIGHT = 1_000_000;
  private static final int MOST_QUEUES = 1_000;

  /** As long as a name of a host may be. */
  private static final int LONGEST = 255;

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

  static Queue.Worker read(String id, String text, Instant now) {
    try {
      JsonObject json = new JsonObject(text);
      return new Queue.Worker(
          id, json.getString("build", ""), texts(json, "lists"), about(json, now));
    } catch (DecodeException | ClassCastException | DateTimeException | NullPointerException e) {
      return new Queue.Worker(id, "", List.of()); // it lives, whatever it says
    }
  }

  /** What cannot be is taken for a worker that says nothing of itself. */
  private static Queue.@Nullable About about(JsonObject json, Instant now) {
    Instant started = json.getInstant("started");
    Instant at = json.getInstant("at");
    String host = json.getString("host", "");
    List<String> queues = texts(json, "queues");
    long inFlight = json.getLong("in_flight", 0L);
    return started == null
            || at == null
            || started.isBefore(Instant.EPOCH)
            || started.isAfter(now.plus(YEAR))
            || at.isBefore(now.minus(YEAR))
            || at.isAfter(now.plus(YEAR))
            || inFlight < 0
            || inFlight > MOST_IN_FLIGHT
            || queues.size() > MOST_QUEUES
            || Stream.concat(queues.stream(), Stream.of(host)).anyMatch(Heartbeat::isTooLong)
        ? null
        : new Queue.About(
            host, queues, started, at, (int) inFlight, json.getBoolean("drains", false));
  }

  private static boolean isTooLong(String text) {
    return text.length() > LONGEST;
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.getJsonArray(name, new JsonArray()).stream().map(String::valueOf).toList();
  }
}

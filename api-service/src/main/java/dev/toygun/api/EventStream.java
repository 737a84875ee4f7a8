package dev.toygun.api;

import dev.toygun.store.Events;
import dev.toygun.store.Events.Page;
import dev.toygun.store.Events.Position;
import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller who follows events: reads the table when it is nudged, and each second all the same,
 * and sends on what is new. A caller who does not take what is sent is not read for, and after some
 * time dropped.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final Pattern ID =
      Pattern.compile("([0-9A-F-]{1,40})\\.([0-9]{1,19})\\.([0-9]{1,18})");
  private static final int PAGE = 200;
  private static final Duration NUDGED = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Events events;
  private final Time time;
  private final Duration heartbeat;
  private final Actor actor;
  private final @Nullable UUID resource;
  private final HttpServerResponse response;
  private final HttpConnection connection;
  private final Supplier<Future<?>> admitted;
  private Position position = new Position("", "0", 0);
  private Runnable closed = () -> {};
  private boolean over;
  /* Until it has begun, whatever it is nudged by: nothing may be written before the head. */
  private boolean reading = true;
  private boolean planned;
  private Time.@Nullable Timer look;
  private Time.@Nullable Timer beat;
  private Time.@Nullable Timer slow;

  EventStream(
      Events events,
      Time time,
      Duration heartbeat,
      Actor actor,
      @Nullable UUID resource,
      HttpServerRequest request,
      Supplier<Future<?>> admitted) {
    this.events = events;
    this.time = time;
    this.heartbeat = heartbeat;
    this.actor = actor;
    this.resource = resource;
    this.response = request.response();
    this.connection = request.connection();
    this.admitted = admitted;
  }

  Actor actor() {
    return actor;
  }

  void onClose(Runnable action) {
    closed = action;
  }

  /** Begins after the event with this id, or now. Fails where the database does not answer. */
  Future<Void> begin(@Nullable String last) {
    Future<@Nullable Position> from = last == null ? events.now().map(now -> now) : resumed(last);
    return from.compose(
            found -> found == null ? events.now().map(now -> begin(now, true)) : begun(found))
        .onFailure(e -> close());
  }

  private Future<Void> begun(Position from) {
    return Future.succeededFuture(begin(from, false));
  }

  private @Nullable Void begin(Position from, boolean reset) {
    position = from;
    response
        .setChunked(true)
        .putHeader("Content-Type", Bodies.EVENTS)
        .putHeader("X-Accel-Buffering", "no");
    say(reset ? resetText() : "retry: 1000\n" + idOf(position) + "\n");
    heartbeat();
    reading = false;
    read();
    return null;
  }

  /** Where an id says; null where nobody can go on from there. */
  private Future<@Nullable Position> resumed(String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return Future.succeededFuture();
    }
    Position said = new Position(parts.group(1), parts.group(2), Long.parseLong(parts.group(3)));
    return events
        .isThere(said)
        .compose(there -> there ? events.after(said, resource, 0) : Future.succeededFuture())
        .map(page -> page == null ? null : said);
  }

  /** Something was committed. */
  void nudged() {
    if (!planned && !over) {
      planned = true;
      time.after(
          NUDGED,
          () -> {
            planned = false;
            read();
          });
    }
  }

  private void read() {
    if (over || reading || slow != null) {
      return;
    }
    reading = true;
    cancel(look);
    events
        .after(position, resource, PAGE)
        .onComplete(
            done -> {
              reading = false;
              if (over) {
                return;
              }
              if (done.failed()) {
                LOG.debug("events could not be read: {}", done.cause().toString());
              } else if (done.result() == null) {
                reset();
                return;
              } else {
                send(done.result());
              }
              if (done.succeeded() && done.result().more()) {
                read();
              } else {
                look = time.after(LOOK, this::read);
              }
            });
  }

  private void send(Page page) {
    StringBuilder text = new StringBuilder();
    page.events().stream()
        .filter(event -> actor.scope().has(event.place()))
        .forEach(
            event ->
                text.append(event.alarm() == null ? "event: moved\n" : "event: alarm\n")
                    .append(idOf(event.position()))
                    .append("data: ")
                    .append(shown(event, actor.scope()).encode())
                    .append("\n\n"));
    position = page.end();
    if (!text.isEmpty()) {
      say(text.toString());
    }
  }

  /* What was read so far has no meaning here any more: the caller has to look at everything anew. */
  private void reset() {
    events
        .now()
        .onSuccess(
            now -> {
              position = now;
              say(resetText());
            })
        .onComplete(done -> look = time.after(LOOK, this::read));
  }

  private String resetText() {
    return "event: reset\n"
        + idOf(position)
        + "data: {\"detail\":\"what happened since your last event is not known here: read anew\"}\n\n";
  }

  private static String idOf(Position position) {
    return "id: %s.%s.%d\n".formatted(position.epoch(), position.xid(), position.seq());
  }

  private static JsonObject shown(Events.Event event, KeyScope scope) {
    JsonObject shown =
        new JsonObject()
            .put(
                "resource",
                new JsonObject()
                    .put("uuid", event.subject().resource().toString())
                    .put("type", event.place().type())
                    .put("label", event.place().label()));
    JsonObject move = FailureShow.moved(event.moved());
    Events.Alarmed alarm = event.alarm();
    if (alarm != null) {
      return shown
          .put(
              "alarm",
              new JsonObject()
                  .put("uuid", event.subject().uuid().toString())
                  .put("name", alarm.name())
                  .put("severity", alarm.severity())
                  .put("task", alarm.task()))
          .put("move", scope.isAll() ? move : FailureShow.within(move));
    }
    shown.put(
        "task",
        event.task() == null
            ? null
            : new JsonObject()
                .put("uuid", event.subject().uuid().toString())
                .put("name", event.task())
                .put("run", event.run()));
    return shown.put("move", move);
  }

  private void heartbeat() {
    beat =
        time.after(
            heartbeat,
            () ->
                admitted
                    .get()
                    .onSuccess(
                        still -> {
                          if (!over) {
                            say(": still here\n" + idOf(position) + "\n");
                            heartbeat();
                          }
                        })
                    .onFailure(
                        e -> {
                          if (e instanceof Problem problem
                              && problem.status() != 429
                              && problem.status() != 503) {
                            close();
                          } else if (!over) {
                            heartbeat(); // The database is away: nobody was refused.
                          }
                        }));
  }

  private void say(String text) {
    if (over) {
      return;
    }
    response.write(text).onFailure(e -> close());
    if (slow == null && response.writeQueueFull()) {
      slow = time.after(heartbeat.multipliedBy(2), this::drop);
      response.drainHandler(
          drained -> {
            cancel(slow);
            slow = null;
            read();
          });
    }
  }

  /* Ending the answer would wait for the caller too. */
  private void drop() {
    LOG.info("{} takes no more events, and is dropped", actor.stored());
    close();
    connection.close();
  }

  void close() {
    if (over) {
      return;
    }
    over = true;
    cancel(look);
    cancel(beat);
    cancel(slow);
    closed.run();
    if (response.headWritten() && !response.ended() && !response.closed()) {
      response.end();
    }
  }

  private static void cancel(Time.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}

package dev.toygun.alert;

import dev.toygun.time.Time;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events of Sentry, each in an envelope. The id of an event is that of its error, so one that is
 * sent again is the same one.
 */
final class Sentry implements Sink {
  private static final String CLIENT = "toygun/1";

  private final Post post;
  private final Time time;
  private final Dsn dsn;
  private final @Nullable String ca;
  private final @Nullable String environment;

  Sentry(Post post, Time time, JsonObject settings) {
    this.post = post;
    this.time = time;
    this.dsn = Dsn.parse(settings.getString("dsn"));
    this.ca = settings.getString("ca");
    this.environment = settings.getString("environment");
  }

  @Override
  public Future<Void> send(Message message) {
    if (message.resolves()) {
      return Future.succeededFuture(); // An error is not over: only a test says so.
    }
    JsonObject event = SentryEvent.of(message, environment);
    Buffer payload = event.toBuffer();
    JsonObject head =
        new JsonObject()
            .put("event_id", event.getString("event_id"))
            .put("sent_at", time.now().toString());
    JsonObject item = new JsonObject().put("type", "event").put("length", payload.length());
    return post.send(
        dsn.url(),
        ca,
        head.toBuffer()
            .appendString("\n")
            .appendBuffer(item.toBuffer())
            .appendString("\n")
            .appendBuffer(payload)
            .appendString("\n"),
        Map.of(
            "Content-Type",
            "application/x-sentry-envelope",
            "X-Sentry-Auth",
            "Sentry sentry_version=7, sentry_client=%s, sentry_key=%s"
                .formatted(CLIENT, dsn.key())));
  }
}

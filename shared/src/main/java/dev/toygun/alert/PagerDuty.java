package dev.toygun.alert;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Events, version 2, of PagerDuty. The alarm's key makes one incident of all its messages, and lets
 * the last one resolve it.
 */
final class PagerDuty implements Sink {
  private final Post post;
  private final String url;
  private final String routingKey;

  PagerDuty(Post post, JsonObject settings) {
    this.post = post;
    this.url = settings.getString("url");
    this.routingKey = settings.getString("routing_key");
  }

  @Override
  public Future<Void> send(Message message) {
    JsonObject event =
        new JsonObject()
            .put("routing_key", routingKey)
            .put("event_action", message.resolves() ? "resolve" : "trigger")
            .put("dedup_key", Texts.cut(message.dedupKey(), 255))
            .put("client", "Toygun");
    if (!message.resolves()) {
      JsonObject body = message.body();
      event.put(
          "payload",
          new JsonObject()
              .put("summary", Texts.cut(message.title(), 1024))
              .put("severity", message.severity())
              .put("source", body.getValue("resource_label", "toygun"))
              .put("component", body.getValue("resource_type"))
              .put("class", body.getValue("name"))
              .put("timestamp", body.getValue("opened_at"))
              .put("custom_details", body.copy().put("text", message.text())));
      if (body.getValue("runbook") instanceof String runbook && runbook.startsWith("https://")) {
        event.put(
            "links",
            new JsonArray().add(new JsonObject().put("href", runbook).put("text", "Runbook")));
      }
    }
    return post.send(url, null, event.toBuffer(), Map.of());
  }
}

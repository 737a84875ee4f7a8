package dev.toygun.alert;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * What a sink is to tell, in words.
 *
 * @param delivery the same each time that this is tried
 * @param dedupKey the same in every message about this alarm
 * @param title on one line
 * @param body the variables that it was made from
 */
public record Message(
    UUID delivery,
    Event event,
    String dedupKey,
    String severity,
    String title,
    String text,
    JsonObject body) {

  /** What has happened to the alarm. */
  public enum Event {
    OPEN,
    RESOLVE
  }

  public Message {
    body = body.copy();
  }

  boolean resolves() {
    return event == Event.RESOLVE;
  }
}

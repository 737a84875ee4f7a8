package dev.toygun.api.slack;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A button that somebody has clicked.
 *
 * @param action what the button does
 * @param value what it does that to
 * @param id the same each time that Slack sends this click
 * @param message what the button is in; empty where only they see it
 */
public record Click(
    Sender sender, String action, JsonObject value, String id, Instant at, JsonObject message) {
  public Click {
    value = value.copy();
    message = message.copy();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Click read(Buffer body) {
    JsonObject sent;
    JsonObject action;
    JsonObject value;
    try {
      sent = new JsonObject(Form.read(body).get("payload"));
      JsonArray actions = sent.getJsonArray("actions", new JsonArray());
      action = actions.isEmpty() ? new JsonObject() : actions.getJsonObject(0);
      value = new JsonObject(text(action, "value").isEmpty() ? "{}" : text(action, "value"));
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("a click of Slack is expected, as JSON in its payload");
    }
    JsonObject user = object(sent, "user");
    String at = text(action, "action_ts");
    if (text(user, "id").isEmpty() || !at.matches("[0-9]{1,11}([.][0-9]{1,9})?")) {
      throw new IllegalArgumentException("a click of Slack is expected, with its user and time");
    }
    return new Click(
        // Not the team where it was clicked: in a channel that is shared, others click too.
        new Sender(text(user, "team_id"), text(user, "id"), text(sent, "response_url")),
        text(action, "action_id"),
        value,
        at + ":" + text(action, "action_id"),
        Instant.ofEpochSecond(new BigDecimal(at).longValue()),
        Boolean.TRUE.equals(object(sent, "container").getValue("is_ephemeral"))
            ? new JsonObject()
            : object(sent, "message"));
  }

  private static JsonObject object(JsonObject in, String name) {
    return in.getValue(name) instanceof JsonObject object ? object : new JsonObject();
  }

  private static String text(JsonObject in, String name) {
    return in.getValue(name) instanceof String text ? text : "";
  }

  /** What the button does, without what tells it from others. */
  String verb() {
    int colon = action.indexOf(':');
    return colon < 0 ? action : action.substring(0, colon);
  }

  /**
   * What its value says of this.
   *
   * @throws Unclear where it says nothing
   */
  String said(String name) {
    if (value.getValue(name) instanceof String text) {
      return text;
    }
    throw new Unclear("this button is of another build: ask for the alarm again");
  }
}

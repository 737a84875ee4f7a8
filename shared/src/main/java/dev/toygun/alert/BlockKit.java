package dev.toygun.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Messages of Slack, block by block, and the buttons that the API knows what to do about. Texts of
 * blocks are Slack's markup: whatever else is put into them is {@linkplain #escaped escaped} first.
 */
public final class BlockKit {
  /** Acknowledges an alarm. */
  public static final String ACKNOWLEDGE = "ack";

  /** Snoozes an alarm for an hour. */
  public static final String SNOOZE = "snooze";

  /** Starts a task. */
  public static final String START = "start";

  private static final int LONGEST = 3000;
  private static final int LONGEST_LABEL = 75;
  private static final int LONGEST_QUESTION = 300;
  private static final int MOST_STARTS = 3;

  private BlockKit() {}

  /**
   * Without what Slack takes for markup: a label such as {@code <!channel>} would wake everybody.
   */
  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static String cut(String markup) {
    return Texts.cut(markup, LONGEST);
  }

  /** A paragraph. */
  public static JsonObject section(String markup) {
    return new JsonObject().put("type", "section").put("text", markup(markup));
  }

  /** A line in small letters. */
  public static JsonObject context(String markup) {
    return new JsonObject()
        .put("type", "context")
        .put("elements", new JsonArray().add(markup(markup)));
  }

  /** Buttons in a row. */
  public static JsonObject buttons(List<JsonObject> buttons) {
    return new JsonObject().put("type", "actions").put("elements", new JsonArray(buttons));
  }

  /**
   * A button.
   *
   * @param action what is done; what stands after a colon tells it from others of its row
   * @param value what it is done to
   */
  public static JsonObject button(String action, String label, JsonObject value) {
    return new JsonObject()
        .put("type", "button")
        .put("action_id", action)
        .put("text", plain(label, LONGEST_LABEL))
        .put("value", value.encode());
  }

  /** What may be said to an alarm. */
  public static List<JsonObject> toAnAlarm(String alarm) {
    JsonObject value = new JsonObject().put("alarm", alarm);
    return List.of(button(ACKNOWLEDGE, "Acknowledge", value), button(SNOOZE, "Snooze 1 h", value));
  }

  /**
   * The same, and what is suggested to put it right: that is started once, however often it is
   * clicked.
   *
   * @param delivery of the message that this is in
   */
  static JsonObject toAnAlarm(UUID delivery, JsonObject body) {
    List<JsonObject> buttons = new ArrayList<>(toAnAlarm(body.getString("alarm")));
    body.getJsonArray("suggested", new JsonArray()).stream()
        .limit(MOST_STARTS)
        .forEach(task -> buttons.add(start(String.valueOf(task), delivery, body)));
    return buttons(buttons);
  }

  private static JsonObject start(String task, UUID delivery, JsonObject body) {
    String what =
        "%s of %s %s"
            .formatted(task, body.getString("resource_type"), body.getString("resource_label"));
    JsonObject value =
        new JsonObject()
            .put("type", body.getString("resource_type"))
            .put("uuid", body.getString("resource"))
            .put("task", task)
            .put("once", delivery.toString());
    return button(START + ":" + task, "Start " + task, value)
        .put(
            "confirm",
            new JsonObject()
                .put("title", plain("Start a task?", LONGEST_LABEL))
                .put("text", plain(what, LONGEST_QUESTION))
                .put("confirm", plain("Start", LONGEST_LABEL))
                .put("deny", plain("Leave it", LONGEST_LABEL)));
  }

  private static JsonObject markup(String markup) {
    return new JsonObject().put("type", "mrkdwn").put("text", cut(markup));
  }

  private static JsonObject plain(String text, int most) {
    return new JsonObject().put("type", "plain_text").put("text", Texts.line(text, most));
  }
}

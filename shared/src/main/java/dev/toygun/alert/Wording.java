package dev.toygun.alert;

import dev.toygun.alert.Message.Event;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The words of a sink: its own templates, the usual ones, and a text that always works. */
final class Wording {
  private static final Logger LOG = LoggerFactory.getLogger(Wording.class);
  private static final int LONGEST_TITLE = 250;

  static final String TITLE = "{{severity}}: {{name}} of {{resource_type}} {{resource_label}}";
  static final String TEXT =
      """
      {{message|No more is known.}}

      Resource: {{resource_type}} {{resource_label}} ({{resource}})
      Task: {{task|none}}
      Error: {{error_kind|none}}
      Opened: {{opened_at}}
      Runbook: {{runbook|none}}
      Alarm: {{alarm}}""";

  private Wording() {}

  /** The message of a delivery. Never fails: the worst message is better than none. */
  static Message of(UUID delivery, Event event, JsonObject body, JsonObject settings) {
    JsonObject all = body.copy().put("event", event.name().toLowerCase(Locale.ROOT));
    String severity = text(all, Variable.SEVERITY, "error");
    String title = line(rendered(settings.getString("title", TITLE), all));
    String text = rendered(settings.getString("text", TEXT), all);
    if (event == Event.RESOLVE) {
      title = Texts.cut("Resolved: " + title, LONGEST_TITLE);
    }
    return new Message(
        delivery,
        event,
        text(all, Variable.DEDUP_KEY, "toygun/" + delivery),
        severity,
        title,
        text,
        all);
  }

  private static String line(String text) {
    return Texts.line(text, LONGEST_TITLE);
  }

  private static String rendered(String template, JsonObject body) {
    try {
      String text = Template.parse(template).render(body);
      if (!text.isBlank()) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("a template cannot be used, so the message is the plain one: {}", e.getMessage());
    }
    return fallback(body);
  }

  /** Says what there is, whatever it is. */
  private static String fallback(JsonObject body) {
    StringBuilder text = new StringBuilder("Toygun:");
    for (Variable variable : Variable.values()) {
      Object value = body.getValue(variable.stored());
      if (value != null) {
        text.append(' ')
            .append(variable.stored())
            .append('=')
            .append(Texts.line(value.toString(), 300));
      }
    }
    return Texts.cut(text.toString(), Template.LONGEST_RENDERED);
  }

  private static String text(JsonObject body, Variable variable, String otherwise) {
    @Nullable Object value = body.getValue(variable.stored());
    return value instanceof String text && !text.isBlank() ? text : otherwise;
  }
}

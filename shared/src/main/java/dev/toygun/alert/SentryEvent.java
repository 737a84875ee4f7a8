package dev.toygun.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An error as Sentry has it. */
final class SentryEvent {
  private static final int LONGEST_TAG = 200;
  private static final int LONGEST_MESSAGE = 8_000;
  private static final String CAUSE = "caused by ";
  private static final Pattern FRAME =
      Pattern.compile("\\s*at (?:.*/)?([^/()]+)\\.([^./()]+)\\(([^:()]*)(?::(\\d+))?\\)");
  private static final List<String> NOT_OURS =
      List.of("java.", "javax.", "jdk.", "sun.", "io.vertx.", "io.netty.", "dev.toygun.");

  /** What is searched for, by what it is called there and here. */
  private static final Map<String, String> TAGS =
      Map.of(
          "type", "resource_type",
          "label", "resource_label",
          "resource", "resource",
          "task", "task",
          "state", "state",
          "worker", "worker",
          "build", "build",
          "kind", "error_kind");

  private SentryEvent() {}

  static JsonObject of(Message message, @Nullable String environment) {
    JsonObject body = message.body();
    @Nullable String error = body.getString("error");
    JsonObject event =
        new JsonObject()
            .put("event_id", id(error == null ? message.delivery().toString() : error))
            .put("timestamp", body.getString("opened_at"))
            .put("platform", "java")
            .put("logger", "toygun")
            .put("level", error == null ? "info" : "error")
            .put("exception", new JsonObject().put("values", exceptions(body)))
            .put("tags", tags(body))
            .put("extra", extra(body));
    put(event, "transaction", place(body));
    put(event, "server_name", body.getString("worker"));
    put(event, "release", release(body.getString("build")));
    put(event, "environment", environment);
    put(event, "fingerprint", body.getJsonArray("fingerprint"));
    return event;
  }

  private static void put(JsonObject event, String name, @Nullable Object value) {
    if (value != null) {
      event.put(name, value);
    }
  }

  private static String id(String uuid) {
    return uuid.replace("-", "");
  }

  private static JsonObject tags(JsonObject body) {
    JsonObject tags = new JsonObject();
    TAGS.forEach(
        (tag, variable) -> {
          String value = Texts.line(body.getString(variable, ""), LONGEST_TAG);
          if (!value.isEmpty()) {
            tags.put(tag, value);
          }
        });
    return tags;
  }

  private static JsonObject extra(JsonObject body) {
    JsonObject extra = new JsonObject();
    for (String name : List.of("step", "try", "times")) {
      put(extra, name, body.getValue(name));
    }
    return extra;
  }

  /** Such as {@code website/monitor check}. */
  private static @Nullable String place(JsonObject body) {
    @Nullable String type = body.getString("resource_type");
    @Nullable String task = body.getString("task");
    @Nullable String state = body.getString("state");
    return type == null || state == null
        ? type
        : type + (task == null ? "" : "/" + task) + " " + state;
  }

  /** A release has neither slashes nor what breaks a line. */
  private static @Nullable String release(@Nullable String build) {
    String name = build == null ? "" : Texts.line(build, LONGEST_TAG).replaceAll("[/\\\\]", "-");
    return name.isEmpty() ? null : name;
  }

  /** The first cause first; the last is the error itself. */
  private static JsonArray exceptions(JsonObject body) {
    List<JsonObject> thrown = new ArrayList<>();
    JsonArray frames = new JsonArray();
    thrown.add(
        new JsonObject()
            .put("type", body.getString("error_kind", body.getString("name", "Error")))
            .put("value", Texts.cut(body.getString("message", ""), LONGEST_MESSAGE)));
    for (String line : body.getString("stack", "").split("\n", -1)) {
      Matcher frame = FRAME.matcher(line);
      if (frame.matches()) {
        frames.add(frame(frame));
      } else if (line.startsWith(CAUSE)) {
        end(thrown, frames);
        frames = new JsonArray();
        thrown.add(new JsonObject().put("type", line.substring(CAUSE.length())));
      }
    }
    end(thrown, frames);
    Collections.reverse(thrown);
    return new JsonArray(thrown);
  }

  /** The outermost call first. */
  private static void end(List<JsonObject> thrown, JsonArray frames) {
    if (!frames.isEmpty()) {
      Collections.reverse(frames.getList());
      thrown.get(thrown.size() - 1).put("stacktrace", new JsonObject().put("frames", frames));
    }
  }

  private static JsonObject frame(Matcher frame) {
    String module = frame.group(1);
    JsonObject shown =
        new JsonObject()
            .put("module", module)
            .put("function", frame.group(2))
            .put("in_app", NOT_OURS.stream().noneMatch(module::startsWith));
    put(shown, "filename", frame.group(3).contains(".") ? frame.group(3) : null);
    put(shown, "lineno", frame.group(4) == null ? null : Integer.valueOf(frame.group(4)));
    return shown;
  }
}

package dev.toygun.api.slack;

import static dev.toygun.alert.BlockKit.escaped;

import dev.toygun.alert.BlockKit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers of the API in Slack's blocks. Nobody sees one but who has asked, except for what is said
 * of a click below the message that was clicked.
 */
public final class Answers {
  private static final int SHOWN = 10;

  private Answers() {}

  /** What cannot be carried out, and why. */
  public static JsonObject refused(String why) {
    return note(":warning: " + escaped(why)).put("replace_original", false);
  }

  /** That it takes longer than Slack waits. */
  public static JsonObject working() {
    return note("This takes a moment; the answer comes here.");
  }

  static JsonObject note(String markup) {
    return answer(markup, new JsonArray().add(BlockKit.section(markup)));
  }

  private static JsonObject answer(String text, JsonArray blocks) {
    return new JsonObject()
        .put("response_type", "ephemeral")
        .put("text", text)
        .put("blocks", blocks);
  }

  static JsonObject help(String command) {
    return note("*%s* asks Toygun:\n```%s```".formatted(escaped(command), escaped(Verb.all())));
  }

  /** A time, as each reader's clock has it. */
  static String at(Instant time) {
    return "<!date^%d^{date_short_pretty} {time}|%s>".formatted(time.getEpochSecond(), time);
  }

  static String title(JsonObject alarm) {
    return "*%s: %s of %s*"
        .formatted(
            text(alarm, "severity"),
            text(alarm, "name"),
            (text(alarm, "type") + " " + text(alarm, "label")).strip());
  }

  private static String text(JsonObject in, String name) {
    return in.getValue(name) instanceof String text ? escaped(text) : "";
  }

  private static Stream<JsonObject> all(JsonObject in, String name) {
    return in.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast);
  }

  /** The first of these that are of a type, or of any. */
  static JsonObject alarms(String type, JsonObject page) {
    List<JsonObject> of =
        all(page, "items")
            .filter(alarm -> type.isEmpty() || type.equals(alarm.getValue("type")))
            .toList();
    String what = type.isEmpty() ? "alarm" : "alarm of " + escaped(type);
    boolean more = of.size() > SHOWN || page.getValue("next_page_token") != null;
    String head =
        of.isEmpty()
            ? "No %s is open%s.".formatted(what, more ? " among the newest" : "")
            : "Open: %d%s".formatted(Math.min(of.size(), SHOWN), more ? " of more" : "");
    JsonArray blocks = new JsonArray().add(BlockKit.section(head));
    of.stream().limit(SHOWN).forEach(alarm -> add(blocks, alarm));
    return answer(head, blocks);
  }

  private static void add(JsonArray blocks, JsonObject alarm) {
    blocks
        .add(BlockKit.section(title(alarm) + "\n" + text(alarm, "message")))
        .add(BlockKit.context("`%s`".formatted(text(alarm, "uuid"))))
        .add(BlockKit.buttons(BlockKit.toAnAlarm(alarm.getString("uuid"))));
  }

  static JsonObject resource(JsonObject it) {
    String head =
        "*%s %s*: %s, %s%s"
            .formatted(
                text(it, "type"),
                text(it, "label"),
                text(it, "state"),
                text(it, "availability"),
                it.getValue("held") == null ? "" : ", held");
    String runs =
        all(it, "tasks")
            .filter(task -> "running".equals(task.getValue("status")))
            .map(task -> "%s (%s)".formatted(text(task, "name"), text(task, "state")))
            .collect(Collectors.joining(", "));
    JsonArray blocks =
        new JsonArray()
            .add(BlockKit.section(runs.isEmpty() ? head : head + "\nRuns: " + runs))
            .add(BlockKit.context("`%s`".formatted(text(it, "uuid"))));
    all(it, "alarms").limit(SHOWN).forEach(alarm -> add(blocks, alarm));
    return answer(head, blocks);
  }

  static JsonObject explanation(JsonObject it) {
    String why =
        Stream.concat(
                Stream.of(text(it, "summary")),
                all(it, "items")
                    .limit(SHOWN)
                    .map(
                        one ->
                            "• %s: %s"
                                .formatted(
                                    one.getValue("task") == null
                                        ? text(one, "label")
                                        : text(one, "task"),
                                    text(one, "because"))))
            .filter(line -> !line.isBlank())
            .collect(Collectors.joining("\n"));
    return note(why.isEmpty() ? "It has ended: nothing waits." : why);
  }

  /** Whether a task is to be started. */
  static JsonObject question(String task, String type, String name, JsonObject value) {
    String asked = "Start *%s* of *%s %s*?".formatted(escaped(task), escaped(type), escaped(name));
    return answer(
        asked,
        new JsonArray()
            .add(BlockKit.section(asked))
            .add(
                BlockKit.buttons(
                    List.of(
                        BlockKit.button(BlockKit.START, "Start", value),
                        BlockKit.button(Desk.LEAVE, "Leave it", new JsonObject())))));
  }

  /**
   * The message of a button that was clicked: without it, and with what was done. Where only they
   * see it, a question is replaced by what was done, and a list is left as it is.
   */
  static JsonObject clicked(Click click, String done) {
    String line = "%s by <@%s> %s".formatted(done, escaped(click.sender().user()), at(click.at()));
    if (click.message().isEmpty()) {
      return note(line).put("replace_original", click.verb().equals(BlockKit.START));
    }
    JsonArray blocks = new JsonArray();
    for (JsonObject block : all(click.message(), "blocks").toList()) {
      if (!"actions".equals(block.getValue("type"))) {
        blocks.add(block);
        continue;
      }
      List<JsonObject> others =
          all(block, "elements")
              .filter(button -> !click.action().equals(button.getValue("action_id")))
              .toList();
      if (!others.isEmpty()) {
        blocks.add(BlockKit.buttons(others));
      }
    }
    return new JsonObject()
        .put("replace_original", true)
        .put("text", click.message().getString("text", line))
        .put("blocks", blocks.add(BlockKit.context(line)));
  }
}

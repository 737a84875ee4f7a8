package dev.toygun.api.slack;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What somebody has written after {@code /toygun}.
 *
 * @param name as they have it in their workspace
 * @param id the same each time that Slack sends it
 */
public record Command(Sender sender, String name, List<String> words, String id) {
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Command read(Buffer body) {
    Form form = Form.read(body);
    Sender sender = new Sender(form.get("team_id"), form.get("user_id"), form.get("response_url"));
    if (sender.user().isEmpty() || !form.get("command").startsWith("/")) {
      throw new IllegalArgumentException("a command of Slack is expected, with its user_id");
    }
    String text = form.get("text").strip();
    List<String> words = text.isEmpty() ? List.of() : List.of(SPACES.split(text, -1));
    return new Command(sender, form.get("command"), words, form.get("trigger_id"));
  }

  /** What is asked for; {@code help} where nothing is. */
  String verb() {
    return words.isEmpty() ? "help" : words.get(0);
  }

  /** The words from there on, as they were meant: a reason. */
  String rest(int from) {
    return String.join(" ", words.subList(Math.min(from, words.size()), words.size()));
  }
}

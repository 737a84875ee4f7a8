package dev.toygun.api.slack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may be asked by a command. */
enum Verb {
  ALARMS("[TYPE]", "open alarms, the newest first", 1, 2),
  ACK("ALARM [REASON]", "you take care of it", 2, Integer.MAX_VALUE),
  SNOOZE("ALARM 30m|2h|1d [REASON]", "it is quiet until then", 3, Integer.MAX_VALUE),
  CLOSE("ALARM [REASON]", "it is over", 2, Integer.MAX_VALUE),
  GET("TYPE NAME", "a resource, by its label or uuid", 3, 3),
  EXPLAIN("TYPE NAME", "why it waits, and for what", 3, 3),
  START("TYPE NAME TASK", "starts a task, once you have confirmed it", 4, 4),
  HELP("", "this", 0, Integer.MAX_VALUE);

  private final String words;
  private final String about;
  private final int least;
  private final int most;

  Verb(String words, String about, int least, int most) {
    this.words = words;
    this.about = about;
    this.least = least;
    this.most = most;
  }

  /**
   * What a command asks for.
   *
   * @throws Unclear where it cannot be made out
   */
  static Verb of(Command command) {
    Optional<Verb> verb =
        Arrays.stream(values()).filter(one -> one.said().equals(command.verb())).findFirst();
    if (verb.isEmpty()) {
      throw new Unclear(
          "there is no %s %s; there are\n%s".formatted(command.name(), command.verb(), all()));
    }
    int size = command.words().size();
    if (size < verb.get().least || size > verb.get().most) {
      throw new Unclear("expected: %s %s".formatted(command.name(), verb.get().line()));
    }
    return verb.get();
  }

  private String said() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String line() {
    return (said() + " " + words).strip();
  }

  /** All of them, a line each. */
  static String all() {
    return Arrays.stream(values())
        .map(verb -> "%s: %s".formatted(verb.line(), verb.about))
        .collect(Collectors.joining("\n"));
  }
}

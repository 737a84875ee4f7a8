package dev.toygun.service;

import java.util.List;

/** A configuration that cannot be. The message lists everything wrong with it, and no secret. */
public final class BadConfig extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // Never serialized.
  private final List<String> problems;

  BadConfig(List<String> problems) {
    super(
        "The configuration cannot be used:\n  - " + String.join("\n  - ", problems),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  /** Each thing that is wrong, as a sentence that names the setting. */
  public List<String> problems() {
    return problems;
  }
}

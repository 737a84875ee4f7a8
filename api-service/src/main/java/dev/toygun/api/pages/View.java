package dev.toygun.api.pages;

import java.util.Map;

/**
 * What a template shows.
 *
 * @param url the page's own, with its query
 * @param words the same for a terminal
 * @param it the answer of its operation
 * @param parts what else was asked, by name
 */
public record View(Frame frame, Url url, Words words, Shown it, Map<String, Shown> parts) {
  /** What was asked under this name. */
  public Shown part(String name) {
    return parts.getOrDefault(name, Shown.NOTHING);
  }
}

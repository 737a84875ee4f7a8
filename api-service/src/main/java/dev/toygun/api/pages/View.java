package dev.toygun.api.pages;

import java.util.Map;
import java.util.Set;

/**
 * What a template shows.
 *
 * @param url the page's own, with its query
 * @param words the same for a terminal
 * @param acts what its reader may do
 * @param events where to hear that what it shows has moved; empty where it is only looked at again
 *     from time to time
 * @param it the answer of its operation
 * @param parts what else was asked, by name
 */
public record View(
    Frame frame,
    Url url,
    Words words,
    Set<Act> acts,
    String events,
    Shown it,
    Map<String, Shown> parts) {
  /** Whether its reader may do this with that, as it is: where its actions say so, if they do. */
  public boolean may(Act act, Shown that) {
    return acts.contains(act)
        && that.all("actions").stream()
            .filter(action -> action.text("name").equals(act.action()))
            .allMatch(action -> action.is("allowed"));
  }

  /** What was asked under this name. */
  public Shown part(String name) {
    return parts.getOrDefault(name, Shown.NOTHING);
  }
}

package dev.toygun.store;

/**
 * What a resource takes with it when it goes, as it was at one moment.
 *
 * @param walked how many resources were looked at, itself among them; 0 where it is not active
 * @param token the same as long as nothing of it comes, goes or moves: resources and tasks by their
 *     place, alarms by being there
 */
public record Teardown(long walked, String token, Part resources, Part tasks, Part alarms) {
  /**
   * Some of all.
   *
   * @param total how many there are
   * @param items the first of them, as the text of a JSON array: who goes first comes first
   */
  public record Part(long total, String items) {}
}

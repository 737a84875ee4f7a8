package dev.toygun;

/**
 * When a task stops beginning, since too many resources want it at once: whoever sees a fifth of
 * all servers dead should doubt what he sees with before he rebuilds them. See {@link
 * TaskType#brake}.
 *
 * @param percent of the peers may have an active run of it; one may always
 * @param isPerParent whether the peers of a resource are those of its type under the same parent,
 *     and not all of its type
 */
public record Brake(int percent, boolean isPerParent) {
  /** So many of all active resources of the type, 1 to 99. */
  public static Brake percent(int percent) {
    return new Brake(percent, false);
  }

  /** So many of those that have the same parent: each parent has a brake of its own. */
  public Brake perParent() {
    return new Brake(percent, true);
  }
}

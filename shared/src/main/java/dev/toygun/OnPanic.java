package dev.toygun;

/**
 * What a resource does about a panic of a task of its own, or of anything below it that nobody
 * nearer has handled. Pure, as a decide is; one that throws, or takes longer than a tick may, has
 * declined.
 */
@FunctionalInterface
public interface OnPanic {
  /**
   * Handles it or declines.
   *
   * @param t the handler's own resource
   * @param who what has panicked
   * @param error what with
   */
  Handling handle(Snapshot t, Panicked who, Failure error);
}

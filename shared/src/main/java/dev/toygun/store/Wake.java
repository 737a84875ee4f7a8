package dev.toygun.store;

/** Who else must look again once an outcome is committed. */
public enum Wake {
  /** The subject's resource. */
  RESOURCE,
  /**
   * The resource's other active tasks whose state waits; and those that may be in the middle of the
   * tick that makes them wait: they stay due, as their code has not seen it.
   */
  WAITERS,
  /** The resource's parent. */
  PARENT
}

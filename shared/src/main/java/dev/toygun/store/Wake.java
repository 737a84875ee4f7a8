package dev.toygun.store;

/** Who else must look again once an outcome is committed. */
public enum Wake {
  /** The subject's resource. */
  RESOURCE,
  /** The resource's other active tasks whose state waits. */
  WAITERS,
  /** The resource's parent. */
  PARENT
}

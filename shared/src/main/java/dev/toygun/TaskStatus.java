package dev.toygun;

/**
 * How the latest run of a task stands. {@link #FINISHED} is by itself and {@link #STOPPED} by a
 * person or its owner: kept apart, because "the monitor finished" and "somebody stopped the
 * monitor" must not start the same failover.
 */
public enum TaskStatus {
  /** It was never started. */
  ABSENT,
  /** It is active, on its way through its states or its {@code __exit__}. */
  RUNNING,
  /** It is active, and waits for somebody to handle its error. */
  PANICKED,
  /** It ended by itself. */
  FINISHED,
  /** A person or its owner stopped it. */
  STOPPED,
  /** A state took longer than its {@code within}. */
  TIMED_OUT,
  /** A person broke it off. */
  ABORTED
}

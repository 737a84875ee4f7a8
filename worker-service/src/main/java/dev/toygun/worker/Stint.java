package dev.toygun.worker;

/**
 * Where the time of the tick under way goes: to its code, or to what its code waits for. What waits
 * for a thread goes to neither.
 */
final class Stint {
  private static final long NEVER = -1;

  private boolean waits;
  private long left;
  private long threadless;

  void begins() {
    waits = false;
    left = NEVER;
    threadless = 0;
  }

  /** Its code waits for its answer, and is on no thread meanwhile. */
  void waits() {
    waits = true;
  }

  /** The event loop has gone on without its answer, after so many nanoseconds. */
  void left(long nanos) {
    left = nanos;
  }

  /** Its code has a thread, or is never to have one, after so many nanoseconds. */
  void threadless(long nanos) {
    threadless = nanos;
  }

  /** For how long its code ran, of a tick that took so long. */
  long ran(long took) {
    return Math.max(0, took - waited(took) - threadless);
  }

  /** For how long it waited, of a tick that took so long. */
  long waited(long took) {
    return waits && left != NEVER ? took - left : 0;
  }
}

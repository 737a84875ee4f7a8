package dev.toygun.store;

/** A request never left for the database: nothing was done, and it may be made again. */
public final class NotSent extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotSent(String message) {
    super(message);
  }
}

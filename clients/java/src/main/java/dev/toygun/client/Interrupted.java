package dev.toygun.client;

/**
 * The thread was interrupted while it waited for the API; it is marked as interrupted again. What
 * was under way may be carried out all the same.
 */
public final class Interrupted extends ToygunException {
  private static final long serialVersionUID = 1;

  Interrupted(InterruptedException cause) {
    super("interrupted while waiting for the API", cause);
    Thread.currentThread().interrupt();
  }
}

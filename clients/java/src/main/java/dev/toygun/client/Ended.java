package dev.toygun.client;

/** What was waited for has ended otherwise, so that it will never be. */
public final class Ended extends ToygunException {
  private static final long serialVersionUID = 1;

  private final transient Answer last;

  Ended(String message, Answer last) {
    super(message);
    this.last = last;
  }

  /** How it was seen last. */
  public Answer last() {
    return last;
  }
}

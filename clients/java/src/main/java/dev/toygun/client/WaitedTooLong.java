package dev.toygun.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was waited for was not so in time. */
public final class WaitedTooLong extends ToygunException {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Answer last;

  WaitedTooLong(String message, @Nullable Answer last) {
    super(message);
    this.last = last;
  }

  /** How it was seen last; empty where it never was, since the API was away all the time. */
  public Optional<Answer> last() {
    return Optional.ofNullable(last);
  }
}

package dev.toygun.alert;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** A message did not get there. Its message is for people, and holds no secret. */
public final class NotDelivered extends RuntimeException {
  private final boolean forGood;
  private final Optional<Duration> wait;

  private NotDelivered(String message, boolean forGood, Optional<Duration> wait) {
    super(message, null, false, false);
    this.forGood = forGood;
    this.wait = wait;
  }

  /** It may work another time. */
  static NotDelivered now(String message) {
    return new NotDelivered(message, false, Optional.empty());
  }

  /** It may work after this time, says the other side. */
  static NotDelivered before(Duration wait, String message) {
    return new NotDelivered(message, false, Optional.of(wait));
  }

  /** It will never work, unless somebody changes the sink. */
  static NotDelivered ever(String message) {
    return new NotDelivered(message, true, Optional.empty());
  }

  /** The same, without what is secret in these settings. */
  NotDelivered without(SinkKind kind, JsonObject plain) {
    return new NotDelivered(
        Redaction.clean(kind, plain, String.valueOf(getMessage())), forGood, wait);
  }

  /** Whether trying again is no use. */
  public boolean forGood() {
    return forGood;
  }

  /** How long the other side asks us to wait. */
  public Optional<Duration> askedToWait() {
    return wait;
  }
}

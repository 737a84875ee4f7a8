package dev.toygun.queue;

/** Redis did not do what it was asked to: not reached, no answer in time, or an error answered. */
public final class RedisFailure extends RuntimeException {
  RedisFailure(String message, Throwable cause) {
    super(message, cause);
  }

  RedisFailure(String message) {
    super(message);
  }
}

package dev.toygun.cli.client;

import java.time.Duration;

/** A client that asks again after a while. */
final class Pause {
  private Pause() {}

  /** Waits; whether it was left to wait to the end. */
  static boolean of(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

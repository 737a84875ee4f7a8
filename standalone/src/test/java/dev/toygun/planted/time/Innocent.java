package dev.toygun.planted.time;

import java.time.Instant;

/** The one place that may ask. */
public final class Innocent {
  /** Asks. */
  public Instant now() {
    return Instant.now();
  }
}

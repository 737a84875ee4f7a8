package dev.toygun.planted.clock;

import java.time.Instant;

/** An offence: time comes from one place. */
public final class AsksTheTime {
  /** Asks. */
  public Instant ask() {
    return Instant.now();
  }
}

package dev.toygun.planted.api;

import java.util.UUID;

/** An offence: chance comes from one place. */
public final class ThrowsDice {
  /** Throws. */
  public UUID roll() {
    return UUID.randomUUID();
  }
}

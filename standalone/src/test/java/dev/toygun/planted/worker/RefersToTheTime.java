package dev.toygun.planted.worker;

import java.util.function.LongSupplier;

/** An offence: a reference asks the time as well as a call. */
public final class RefersToTheTime {
  /** Refers. */
  public LongSupplier refer() {
    return System::nanoTime;
  }
}

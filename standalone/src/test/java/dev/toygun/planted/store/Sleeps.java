package dev.toygun.planted.store;

/** An offence: an event loop that sleeps serves nobody. */
public final class Sleeps {
  /** Sleeps. */
  public void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}

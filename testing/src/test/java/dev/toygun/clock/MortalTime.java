package dev.toygun.clock;

import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The time of a process that can be killed: from then on nothing it planned happens. */
final class MortalTime implements Time {
  private final Time all;
  private boolean dead;

  MortalTime(Time all) {
    this.all = all;
  }

  void kill() {
    dead = true;
  }

  void revive() {
    dead = false;
  }

  @Override
  public Instant now() {
    return all.now();
  }

  @Override
  public long nanos() {
    return all.nanos();
  }

  /* What is planned for a frozen process waits until it goes on, as a real one's would. */
  @Override
  public Timer after(Duration delay, Runnable action) {
    return all.after(delay, () -> runOrWait(action));
  }

  private void runOrWait(Runnable action) {
    if (dead) {
      all.after(Duration.ofMillis(100), () -> runOrWait(action));
    } else {
      action.run();
    }
  }

  @Override
  public UUID uuid() {
    return all.uuid();
  }

  @Override
  public void random(byte[] bytes) {
    all.random(bytes);
  }

  @Override
  public double random() {
    return all.random();
  }
}

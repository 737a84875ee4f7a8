package dev.toygun.testing;

import dev.toygun.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Time as a process has it: its timers die with it. */
final class MortalTime implements Time {
  private final Time time;
  private final Life life;

  MortalTime(Time time, Life life) {
    this.time = time;
    this.life = life;
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return life.after(delay, action);
  }

  @Override
  public UUID uuid() {
    return time.uuid();
  }

  @Override
  public void random(byte[] bytes) {
    time.random(bytes);
  }

  @Override
  public double random() {
    return time.random();
  }
}

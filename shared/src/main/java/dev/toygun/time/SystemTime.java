package dev.toygun.time;

import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The host's time, moved by what the database's clock is ahead of it. */
public final class SystemTime implements Time {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final SecureRandom secure = new SecureRandom();
  private volatile Duration ahead = Duration.ZERO;

  public SystemTime(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What the host says, for a command that has no database to ask. */
  public static Instant host() {
    return Instant.now();
  }

  /**
   * Takes over the database's clock, unless the answer was long under way: nobody knows when it was
   * right.
   *
   * @param database what it said
   * @param asked the {@link #nanos} before it was asked
   */
  public void follow(Instant database, long asked) {
    Duration took = Duration.ofNanos(nanos() - asked);
    if (took.compareTo(LONGEST) <= 0) {
      ahead = Duration.between(Instant.now(), database.plus(took.dividedBy(2)));
    }
  }

  @Override
  public Instant now() {
    return Instant.now().plus(ahead);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> action.run());
    return () -> vertx.cancelTimer(id);
  }

  @Override
  public UUID uuid() {
    byte[] chance = new byte[10];
    secure.nextBytes(chance);
    return Uuid7.of(System.currentTimeMillis(), chance);
  }

  @Override
  public void random(byte[] bytes) {
    secure.nextBytes(bytes);
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }
}

package dev.toygun;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a task is kept from running because what it needs does not work: {@link TaskType#breaker}.
 *
 * <p>It opens once too many tries fail within some time, over all resources and workers. While it
 * is open what is due waits, with its retries and deadlines untouched; then a few are let go, to
 * see: where they succeed all go on, and where one fails it stays open, each time twice as long.
 *
 * @param name of what several tasks need, of whatever types; null where it is of one task alone
 * @param tries how many tries have to fail; with a ratio, how many there have to be
 * @param ratio the share of them that has to fail, over 0 and up to 1; null where they are counted
 * @param within in which time they count
 * @param openFor how long it stays open at first
 * @param probes how many are let go then
 * @param severity of the alarm that says it is open
 */
public record Breaker(
    @Nullable String name,
    int tries,
    @Nullable Double ratio,
    Duration within,
    Duration openFor,
    int probes,
    Severity severity) {
  private static final int MOST_TRIES = 1_000;
  private static final int MOST_PROBES = 100;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Checks that all of it can be.
   *
   * @throws IllegalArgumentException naming what cannot
   */
  public Breaker {
    Objects.requireNonNull(severity);
    check(tries >= 1 && tries <= MOST_TRIES, "%d tries: from 1 to %d".formatted(tries, MOST_TRIES));
    check(
        ratio == null || (ratio > 0 && ratio <= 1),
        "ratio %s: a share over 0 and up to 1, such as 0.5".formatted(ratio));
    check(fits(within), "within %s: whole seconds, from 1 s to 1 h".formatted(within));
    check(fits(openFor), "openFor(%s): whole seconds, from 1 s to 1 h".formatted(openFor));
    check(
        probes >= 1 && probes <= MOST_PROBES,
        "probes(%d): from 1 to %d".formatted(probes, MOST_PROBES));
  }

  /** It opens once so many tries have failed within this time. */
  public static Breaker failures(int tries, Duration within) {
    return new Breaker(null, tries, null, within, Duration.ofSeconds(30), 3, Severity.ERROR);
  }

  /**
   * It opens once this share of the tries within this time has failed.
   *
   * @param ratio over 0 and up to 1
   * @param tries how many there have to be, for it to say anything
   */
  public static Breaker ratio(double ratio, int tries, Duration within) {
    return new Breaker(null, tries, ratio, within, Duration.ofSeconds(30), 3, Severity.ERROR);
  }

  /** The same, of something that all tasks need which have a breaker of this name. */
  public Breaker named(String other) {
    return new Breaker(other, tries, ratio, within, openFor, probes, severity);
  }

  /**
   * How long it stays open before it is tried whether things work again; 30 s unless said. Each
   * time they do not, it is twice as long, up to 16 times.
   */
  public Breaker openFor(Duration time) {
    return new Breaker(name, tries, ratio, within, time, probes, severity);
  }

  /** How many are let go to try that, all of which have to succeed; 3 unless said. */
  public Breaker probes(int many) {
    return new Breaker(name, tries, ratio, within, openFor, many, severity);
  }

  /** Of the alarm that says it is open; {@code ERROR} unless said. */
  public Breaker severity(Severity other) {
    return new Breaker(name, tries, ratio, within, openFor, probes, other);
  }

  /** Its name over the whole installation: its own, or of the one task that has it. */
  public String nameOf(String type, TaskName task) {
    return name == null ? type + "." + task.value() : name;
  }

  private static boolean fits(Duration time) {
    return time.compareTo(SHORTEST) >= 0
        && time.compareTo(LONGEST) <= 0
        && time.equals(Duration.ofSeconds(time.toSeconds()));
  }

  private static void check(boolean holds, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException("breaker: " + wanted);
    }
  }
}

package dev.toygun.cli.demo;

import dev.toygun.time.Stopwatch;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;

/** Tells a story as it happens, and how long each part takes. */
final class Timeline {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final PrintWriter out;
  private final Stopwatch all = Stopwatch.start();
  private final StringJoiner parts = new StringJoiner(", ");

  Timeline(PrintWriter out) {
    this.out = out;
  }

  /** Something that is done in a part, and may fail. */
  @FunctionalInterface
  interface Deed {
    void run() throws Exception;
  }

  /** Does a part. */
  void part(String name, String what, Deed deed) throws Exception {
    Stopwatch watch = Stopwatch.start();
    say("== " + what);
    deed.run();
    parts.add(String.format(Locale.ROOT, "%s %.1f s", name, watch.seconds()));
  }

  /** A line, with the seconds since the beginning. */
  synchronized void say(String line) {
    out.printf(Locale.ROOT, "%6.1f  %s%n", all.seconds(), line);
    out.flush();
  }

  /** Text as it is. */
  synchronized void show(String text) {
    text.lines().forEach(line -> out.println("        " + line));
    out.flush();
  }

  /** How long each part took, and all of it. */
  String summary() {
    return String.format(Locale.ROOT, "%s, all %.1f s", parts, all.seconds());
  }

  /**
   * Asks again and again until it is so.
   *
   * @throws Failure naming what was waited for, once the time is over
   */
  void until(String what, Duration most, BooleanSupplier so) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    while (!so.getAsBoolean()) {
      if (watch.elapsed().compareTo(most) > 0) {
        throw new Failure("waited %d s in vain until %s".formatted(most.toSeconds(), what));
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  /** Why the demo did not pass. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String reason) {
      super(reason, null, false, false);
    }
  }
}
